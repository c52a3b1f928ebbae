"""Papers told once, as a PDF file and as a Word file: a deputy's dossier, the minutes of an activity."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from app.domain.award import Award, AwardType
from app.domain.cosignature import Cosignature, CosignatureState
from app.domain.dossier import NOTHING, Dossier
from app.domain.life import SuggestionState
from app.domain.outline import Outlined
from app.domain.papers import ALWAYS, PaperName, Trait, year_span
from app.domain.people import Deputy
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.visit import Attendance, Presence, Speech, Visit, VisitKind
from app.errors import Refused
from app.queries.deputy_dossier import deputy_dossier
from app.storage.journal import Journal
from app.use_cases.paper_word import save_word
from app.use_cases.papers import Asked, print_paper, shown_on
from app.workspace import Workspace
from tests.builders import StationHome, a_deputy, an_encounter, an_unbound_suggestion, save
from tests.pdf_text import bare, text_of


def a_visit(workspace: Workspace, kind: VisitKind, deputy: Deputy, **told: Any) -> Visit:
    made = Visit(id=workspace.clock.new_id(), visit_kind=kind, deputies=(deputy.id,), **({"on": date(2026, 3, 5)} | told))
    save(workspace, made)
    return made


@pytest.fixture
def deputy(workspace: Workspace) -> Deputy:
    made = a_deputy(workspace, "代表甲", deputy_group="第一小组", group_convener=True)
    save(workspace, made)
    return made


def titles(dossier: Dossier) -> list[str]:
    return [each.title for each in dossier.parts]


def part(dossier: Dossier, title: str) -> tuple[tuple[tuple[str, ...], ...], str]:
    found = next(each for each in dossier.parts if each.title == title)
    return found.rows, found.summary


def test_an_empty_dossier_has_eight_parts_that_say_so(workspace: Workspace, deputy: Deputy) -> None:
    dossier = deputy_dossier(workspace, deputy.id, ALWAYS)
    told = list(dossier.outline())
    assert titles(dossier) == [
        *("参加会议", "接待走访、视察调研", "学习培训", "小组活动和其他活动"),
        *("提出代表建议", "向选民述职", "表彰奖励"),
    ]
    assert [getattr(each, "text", "") for each in told].count(NOTHING) == 7
    assert ("代表小组", "第一小组　召集人") in dossier.facts
    assert dossier.records == 0


@pytest.mark.parametrize("kind", list(VisitKind))
def test_an_activity_of_any_kind_stands_in_one_part(workspace: Workspace, deputy: Deputy, kind: VisitKind) -> None:
    a_visit(workspace, kind, deputy, theme="示例主题")
    dossier = deputy_dossier(workspace, deputy.id, ALWAYS)
    assert sum(len(each.rows) for each in dossier.parts) == 1


def test_who_was_away_is_told_and_counted(workspace: Workspace, deputy: Deputy) -> None:
    new_id = workspace.clock.new_id
    for presence in (Presence.PRESENT, Presence.ON_LEAVE):
        visit = a_visit(workspace, VisitKind.OUTREACH, deputy)
        save(workspace, Attendance(id=new_id(), visit=visit.id, deputy=deputy.id, presence=presence))
        save(workspace, an_encounter(workspace, visit=visit.id, people=3))
    rows, summary = part(deputy_dossier(workspace, deputy.id, ALWAYS), "接待走访、视察调研")
    assert [each[3] for each in rows] == ["实到", "请假"]
    assert summary == "合计2次，实到1次，请假、缺席1次。接待走访群众3人（与其他代表一同接待的各计一次）。"


def test_a_plan_and_what_others_did_are_not_the_deputy_s(workspace: Workspace, deputy: Deputy) -> None:
    other = a_deputy(workspace, "代表乙")
    save(workspace, other)
    a_visit(workspace, VisitKind.RECEPTION, deputy, on=date(2099, 1, 1))
    a_visit(workspace, VisitKind.RECEPTION, other, remarks=f"代替{deputy.id}")
    assert deputy_dossier(workspace, deputy.id, ALWAYS).records == 0


def test_suggestions_led_and_signed_are_told_and_confidential_ones_only_counted(workspace: Workspace, deputy: Deputy) -> None:
    def submitted(subject: str, lead: Id, **told: Any) -> Suggestion:
        bare_one = an_unbound_suggestion(workspace, subject=subject, lead_deputy=lead, **told)
        made = replace(bare_one, submitted_on=date(2026, 2, 1), state=SuggestionState.SUBMITTED)
        save(workspace, made)
        return made

    submitted("关于路灯的建议", deputy.id)
    submitted("关于保密的建议", deputy.id, confidential_identity=True)
    beside = submitted("关于公交的建议", a_deputy(workspace, "代表乙").id)
    signed = Cosignature(id=workspace.clock.new_id(), suggestion=beside.id, deputy=deputy.id, state=CosignatureState.SIGNED)
    save(workspace, signed)
    save(workspace, an_unbound_suggestion(workspace, subject="关于草稿的建议", lead_deputy=deputy.id))
    dossier = deputy_dossier(workspace, deputy.id, year_span(2026))
    rows, summary = part(dossier, "提出代表建议")
    assert sorted((each[2], each[3]) for each in rows) == [("关于公交的建议", "联名"), ("关于路灯的建议", "领衔")]
    assert summary == "合计2件：领衔1件，联名1件。另有代表身份保密的1件，未列明。"
    assert part(deputy_dossier(workspace, deputy.id, year_span(2025)), "提出代表建议") == ((), "")


def test_an_award_without_a_day_counts_by_its_year(workspace: Workspace, deputy: Deputy) -> None:
    award = Award(id=workspace.clock.new_id(), of=deputy.id, award_type=AwardType.DEPUTY, year=2025, issuer="示例机关")
    save(workspace, award)
    assert len(part(deputy_dossier(workspace, deputy.id, year_span(2025)), "表彰奖励")[0]) == 1
    assert len(part(deputy_dossier(workspace, deputy.id, year_span(2026)), "表彰奖励")[0]) == 0


def meeting(workspace: Workspace, deputy: Deputy) -> Visit:
    new_id = workspace.clock.new_id
    visit = a_visit(
        workspace,
        VisitKind.SYMPOSIUM,
        deputy,
        theme="托幼恳谈",
        place="东二社区",
        course="一、座谈\n逐户走访。",
        conclusions="建议三条。",
    )
    said = (("代表甲", "配套园移交。"), ("群众乙", "早点开办。"))
    save(workspace, *(Speech(id=new_id(), visit=visit.id, order=n, name=who, words=what) for n, (who, what) in enumerate(said)))
    return visit


def test_the_minutes_tell_what_was_said_in_order(workspace: Workspace, deputy: Deputy, program: Callable[[str], str]) -> None:
    visit = meeting(workspace, deputy)
    told = bare(
        text_of(program("pdftotext"), print_paper(workspace, Asked(name=PaperName.ACTIVITY_MINUTES, id=visit.id)).content)
    )
    places = [
        told.index(each)
        for each in (
            "托幼恳谈纪要",
            "2026年3月5日",
            "1.代表甲：配套园移交。",
            "2.群众乙：早点开办。",
            "记录人" if visit.recorder else "参加人员：代表甲",
        )
    ]
    assert places == sorted(places)
    assert "建议三条。" in told
    assert "打印时间" not in told  # an outward paper
    assert "—1—" in told


TEXTS = [each for each in PaperName if Trait.WORD in each.traits and Trait.TEXT not in each.traits]
"""Bulletins, the text of which is asked for beside, have tests of their own."""


@pytest.mark.parametrize("name", TEXTS)
def test_the_word_file_tells_what_the_paper_tells(
    workspace: Workspace, deputy: Deputy, name: PaperName, tmp_path: Path, program: Callable[[str], str]
) -> None:
    visit = meeting(workspace, deputy)
    ids = {PaperName.DEPUTY_DOSSIER: deputy.id, PaperName.ACTIVITY_MINUTES: visit.id}
    asked = Asked(name=name, id=ids.get(name, ""))
    save_word(workspace, asked, tmp_path / "a.docx")
    told = bare(text_of(program("pdftotext"), print_paper(workspace, asked).content))
    document = docx.Document(BytesIO((tmp_path / "a.docx").read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    texts = [*(each.text for each in document.paragraphs), *cells]
    assert isinstance(shown_on(workspace, asked), Outlined)
    assert [each for each in texts if bare(each) not in told] == []
    assert len("".join(texts)) > 100
    assert (document.core_properties.author, document.core_properties.last_modified_by) == ("", "")
    with workspace.reading() as connection:
        noted = [line for line in Journal(connection).lines() if line.kind == "print"]
    assert len(noted) == 2


def test_what_is_no_text_or_ends_otherwise_is_refused_and_leaves_no_file(home: StationHome, workspace: Workspace) -> None:
    for asked, file, code in (
        (Asked(name=PaperName.VISIT_LOG), "a.docx", "paper_is_no_text"),
        (Asked(name=PaperName.ACTIVITY_MINUTES, id="x"), "a.doc", "word_format"),
    ):
        with pytest.raises(Refused, match=code):
            save_word(workspace, asked, home.home / file)
        assert not (home.home / file).exists()
