"""The ledgers of suggestions: every row of the period, B items until they are struck off, what lies with each unit."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.handling import CommitmentState
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.papers import ALWAYS, Span, year_span
from app.domain.people import Operator, Role
from app.domain.reply import ReplyScheme
from app.domain.step import Step
from app.domain.suggestion import Suggestion
from app.domain.suggestion_papers import COMMITMENT_COLUMNS, SUGGESTION_COLUMNS, CommitmentLine, SuggestionLine
from app.errors import Refused
from app.queries.commitment_ledger import commitment_ledger
from app.queries.suggestion_ledger import suggestion_ledger
from app.workspace import Workspace
from tests.builders import save
from tests.handled_suggestion import Handled, handled


@pytest.fixture
def known(workspace: Workspace) -> Handled:
    return handled(workspace)


def test_a_row_tells_what_became_of_a_suggestion(workspace: Workspace, known: Handled) -> None:
    (line,) = suggestion_ledger(workspace, year_span(2025)).lines
    assert (line.number, line.session, line.subject) == ("2025年第018号", "2025年\n闭会期间", known.suggestion.subject)
    assert (line.lead, line.cosigners, line.submitted_on, line.review) == ("代表甲", "2", "2025-01-06", "通过")
    assert line.units == "主办：某某区城管局\n会办：某某区供电公司\n分办：某某区交通局（补画标线）"
    assert line.due == "3月：2025-04-20\n顺延2025-04-21\n6月：2025-07-20\n顺延2025-07-21"
    assert (line.assigned_on, line.replied_on) == ("2025-01-20", "2025-03-18\n2025-10-08")
    assert (line.reply_class, line.attitude, line.result) == ("B 计划解决\nA 采纳解决", "满意", "不满意")
    assert (line.disclosed, line.tracked, line.round) == ("未公开", "跟踪中1项", "1")


def test_the_units_are_counted_at_the_end_and_helpers_are_not(workspace: Workspace, known: Handled) -> None:
    handled(workspace, case_number="2025年第019号")
    ledger = suggestion_ledger(workspace, ALWAYS)
    assert [(each.unit, each.numbers) for each in ledger.units] == [
        ("某某区交通局", (1, 1, 0, 0)),
        ("某某区交通局", (1, 1, 0, 0)),
        ("某某区城管局", (1, 1, 0, 1)),
        ("某某区城管局", (1, 1, 0, 1)),
    ]
    assert ledger.head.summary == "合计2件，其中已交办2件，已答复2件。"


def test_a_period_holds_what_was_handed_in_then_and_no_draft(workspace: Workspace, known: Handled) -> None:
    new_id = workspace.clock.new_id
    save(
        workspace,
        Suggestion(id=new_id(), subject="草稿", state=SuggestionState.DRAFT),
        Suggestion(id=new_id(), subject="无日期", state=SuggestionState.ASSIGNED),
        *(
            Suggestion(id=new_id(), subject=f"{day}", state=SuggestionState.SUBMITTED, submitted_on=day)
            for day in (date(2025, 12, 31), date(2026, 1, 1))
        ),
    )
    assert [each.subject for each in suggestion_ledger(workspace, year_span(2025)).lines] == [
        known.suggestion.subject,
        "2025-12-31",
    ]
    assert {each.subject for each in suggestion_ledger(workspace, ALWAYS).lines} == {
        "无日期",
        known.suggestion.subject,
        "2025-12-31",
        "2026-01-01",
    }


def test_promises_are_followed_until_they_are_struck_off(workspace: Workspace, known: Handled) -> None:
    ledger = commitment_ledger(workspace, ALWAYS)
    promised, planned = ledger.lines
    assert (promised.promise, promised.promised_by, promised.unit) == ("年底前修好全部路灯", "2025-12-31", "某某区城管局")
    assert (promised.progress, promised.cleared) == ("已修四十盏", "")
    assert (planned.promise, planned.unit) == ("B 计划解决（某交函〔2025〕3号）", "某某区交通局")
    assert (planned.change, planned.cleared) == ("2025-10-08 B→A 已解决：竣工验收单", "转A类\n2025-10-08")
    assert [(each.unit, each.numbers) for each in ledger.units] == [
        ("某某区交通局", (1, 1, 0, 0)),
        ("某某区城管局", (1, 0, 1, 1)),
    ]
    assert ledger.head.summary == "合计2项：已销号1项，未销号1项，其中已逾期1项。"


def test_an_earlier_year_s_item_stands_in_a_year_as_long_as_it_is_open(workspace: Workspace, known: Handled) -> None:
    assert [each.unit for each in commitment_ledger(workspace, year_span(2026)).lines] == ["某某区城管局"]
    assert len(commitment_ledger(workspace, year_span(2025)).lines) == 2
    assert commitment_ledger(workspace, year_span(2024)).lines == ()
    struck = replace(known.commitment, state=CommitmentState.CLEARED, cleared_on=date(2026, 5, 1))
    save(workspace, struck)
    assert [each.cleared for each in commitment_ledger(workspace, year_span(2026)).lines] == ["已销号\n2026-05-01"]
    assert commitment_ledger(workspace, year_span(2027)).lines == ()


def test_a_b_item_without_a_promise_is_struck_off_by_its_step(workspace: Workspace, known: Handled) -> None:
    with workspace.writing() as books:
        books.records.remove([known.commitment.id, known.replies[1].id, known.replies[2].id])
    (line,) = commitment_ledger(workspace, ALWAYS).lines
    assert (line.promise, line.cleared) == ("B 计划解决（某城函〔2025〕7号）", "")
    step = Step(id=workspace.clock.new_id(), of=known.suggestion.id, event=SuggestionEvent.CLEAR, on=date(2026, 3, 1))
    save(workspace, step)
    (line,) = commitment_ledger(workspace, ALWAYS).lines
    assert line.cleared == "已销号\n2026-03-01"
    assert suggestion_ledger(workspace, ALWAYS).lines[0].tracked == "已销号"


def test_a_letter_means_what_its_scheme_says(workspace: Workspace, known: Handled) -> None:
    save(workspace, *(replace(each, scheme=ReplyScheme.CITY_4, reply_class="A") for each in known.replies))
    with workspace.writing() as books:
        books.records.remove([known.commitment.id])
    assert commitment_ledger(workspace, ALWAYS).lines == ()
    assert suggestion_ledger(workspace, ALWAYS).lines[0].reply_class == "A 已解决\nA 已解决"


def test_answers_behind_the_unit_s_back_and_confidential_names_are_in_no_ledger(workspace: Workspace, known: Handled) -> None:
    save(workspace, replace(known.evaluation, blind_survey=True))
    save(workspace, replace(known.suggestion, confidential_identity=True))
    save(workspace, replace(known.commitment, progress="已向代表甲说明"))
    (line,) = suggestion_ledger(workspace, ALWAYS).lines
    assert (line.lead, line.attitude, line.result) == ("代表身份保密", "密封", "密封")
    told = repr(commitment_ledger(workspace, ALWAYS).lines)
    assert "已向〔保密〕说明" in told
    assert "代表甲" not in told


def test_a_deputy_s_ledger_holds_what_names_them(workspace: Workspace, known: Handled) -> None:
    handled(workspace, case_number="2025年第019号")
    head = Operator(id=workspace.clock.new_id(), name="站长", roles=(Role.STATION_HEAD,))
    own = Operator(id=workspace.clock.new_id(), name="代表甲", roles=(Role.DEPUTY,), deputy=known.lead.id)
    save(workspace, head, own)
    mine = workspace.acting_as(own.id)
    assert [each.number for each in suggestion_ledger(mine, ALWAYS).lines] == ["2025年第018号"]
    assert {each.number for each in commitment_ledger(mine, ALWAYS).lines} == {"2025年第018号"}
    assert len(suggestion_ledger(workspace.acting_as(head.id), ALWAYS).lines) == 2


def test_every_column_has_its_heading() -> None:
    assert len(SuggestionLine.__slots__) == len(SUGGESTION_COLUMNS)
    assert len(CommitmentLine.__slots__) == len(COMMITMENT_COLUMNS)


def test_a_year_is_its_days_and_no_other_number_is_a_year() -> None:
    assert year_span(2026) == Span(first=date(2026, 1, 1), last=date(2026, 12, 31))
    for wrong in (0, 10000, -1):
        with pytest.raises(Refused, match="year_malformed"):
            year_span(wrong)
