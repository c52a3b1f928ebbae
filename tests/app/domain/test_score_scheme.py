"""Score schemes: vectors of the domain brief, caps, grades, and that the order of entries changes nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.papers import Span
from app.domain.points import PointsEntry, PointsState, entry_problems
from app.domain.score_basis import Basis, Done, bases_of_suggestion, bases_of_visit, is_open_again, proposed
from app.domain.score_scheme import (
    Grade,
    Item,
    OwnScheme,
    Rate,
    Score,
    ScoreScheme,
    content_of,
    own_scheme_problems,
    points_told,
    scheme_from,
    scheme_problems,
    scheme_told,
)
from app.domain.suggestion import Suggestion
from app.reference import score_schemes

RUZHOU = score_schemes()["ruzhou"]
DAY = date(2026, 3, 5)


@dataclass(frozen=True)
class Counted:
    """An entry of so many."""

    item: str
    quantity: int = 1
    sub_item: str = ""


def points(*entries: Counted, scheme: ScoreScheme = RUZHOU, level: str = "") -> str:
    score = Score(scheme, level)
    for each in entries:
        score.add(each)
    return points_told(score.total)


# --- vectors of the domain brief 3.2 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("many", "worth"), [(1, "4"), (2, "6"), (5, "12"), (6, "12")])
def test_receptions_are_worth_four_and_two_more_each_up_to_twelve(many: int, worth: str) -> None:
    assert points(*[Counted("reception")] * many) == worth


@pytest.mark.parametrize(("many", "worth"), [(3, "10"), (5, "10")])
def test_suggestions_led_reach_their_cap(many: int, worth: str) -> None:
    assert points(*[Counted("suggestions", sub_item="lead")] * many) == worth


def test_one_led_and_six_signed_are_six_and_four() -> None:
    assert points(Counted("suggestions", sub_item="lead"), *[Counted("suggestions", sub_item="cosign")] * 6) == "10"


def test_five_inspections_are_ten() -> None:
    assert points(Counted("inspection", 5)) == "10"


def test_all_items_at_their_caps_are_a_hundred() -> None:
    every = [Counted(each.code, 50, part) for each in RUZHOU.items for part in ([p.code for p in each.parts] or [""])]
    assert points(*every) == "100"


@pytest.mark.parametrize(
    ("reached", "grade"), [("90", "优秀"), ("89.5", "称职"), ("80", "称职"), ("70", "基本称职"), ("69.9", "未达基本称职")]
)
def test_grades_begin_at_their_points(reached: str, grade: str) -> None:
    assert RUZHOU.grade(Decimal(reached)) == grade


def test_approving_again_adds_nothing_beyond_the_cap() -> None:
    """What the code behind the vectors got wrong: it added the item's amount at every approval."""
    score = Score(RUZHOU)
    brought = [score.add(Counted("reception")) for _each in range(6)]
    assert [points_told(each) for each in brought] == ["4", "2", "2", "2", "2", "0"]
    assert sum(brought) == score.of("reception") == score.total == 12


# --- what holds for every scheme ----------------------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from([(i.code, p) for i in RUZHOU.items for p in ([x.code for x in i.parts] or [""])]), max_size=60),
    st.randoms(),
)
def test_the_order_of_entries_changes_nothing_and_what_they_bring_is_the_sum(told: list[tuple[str, str]], random: object) -> None:
    entries = [Counted(item, 1, part) for item, part in told]
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # what `st.randoms` gives is a `Random`
    one, other = Score(RUZHOU), Score(RUZHOU)
    brought = sum((one.add(each) for each in entries), Decimal(0))
    for each in shuffled:
        other.add(each)
    assert one.total == other.total == brought == sum((one.of(each.code) for each in RUZHOU.items), Decimal(0))
    assert all(one.of(each.code) <= each.cap for each in RUZHOU.items)


def test_deductions_take_away_and_never_below_nothing() -> None:
    example = score_schemes()["example"]
    assert points(Counted("congress"), Counted("leave", 2), scheme=example) == "8"
    assert points(Counted("congress"), Counted("leave", 9), scheme=example) == "5", "the deduction has a cap"
    assert points(Counted("absent", 3), scheme=example) == "0"


def test_assessed_points_are_those_that_were_given() -> None:
    sheet = score_schemes()["ruzhou-sheet"]
    assert points(Counted("training", 7), Counted("deduction", 3), scheme=sheet) == "4"
    assert points(Counted("training", 70), scheme=sheet) == "10"


def test_a_level_has_its_coefficient() -> None:
    scheme = ScoreScheme(
        name="", label="", items=(Item(code="a", name="甲", first=Decimal(10)),), coefficients={"township": Decimal("1.2")}
    )
    assert points(Counted("a"), scheme=scheme, level="township") == "12"
    assert points(Counted("a"), scheme=scheme, level="county") == "10"


def test_an_entry_of_an_item_that_the_scheme_does_not_have_brings_nothing() -> None:
    assert points(Counted("gone"), Counted("training")) == "3"


def test_a_scheme_without_grades_calls_nobody_anything() -> None:
    assert ScoreScheme(name="", label="").grade(Decimal(100)) == ""


# --- as data ------------------------------------------------------------------------------------------------------------------


def test_every_example_can_be_gone_by_and_comes_back_as_it_went() -> None:
    for scheme in score_schemes().values():
        assert list(scheme_problems(scheme)) == []
        assert scheme_from(scheme_told(scheme)) == scheme
        assert scheme.source


def own(name: str = "本县方案", **told: object) -> OwnScheme:
    usual: dict[str, object] = {"id": name, "name": name, "starts_on": date(2026, 1, 1), "content": content_of(RUZHOU)}
    return OwnScheme(**{**usual, **told})  # type: ignore[arg-type]  # what each test says of it


def codes(scheme: OwnScheme, *others: OwnScheme) -> list[str]:
    return [each.code for each in own_scheme_problems(scheme, others)]


def test_what_keeps_a_scheme_from_being_gone_by_is_said() -> None:
    assert codes(own()) == []
    assert codes(own(name=" ")) == ["name_missing"]
    assert codes(own(starts_on=None)) == ["scheme_start_missing"]
    assert codes(own(ends_on=date(2025, 1, 1))) == ["scheme_reversed"]
    assert codes(own(content="[]")) == ["scheme_unreadable"]
    assert codes(own(), own("别的", ends_on=date(2026, 6, 30))) == ["scheme_overlaps"]
    assert codes(own(starts_on=date(2026, 7, 1)), own("别的", ends_on=date(2026, 6, 30))) == []
    item = Item(code="a", name="甲", first=Decimal(1), counts=("training",))
    bad = (
        (ScoreScheme(name="", label="x"), "scheme_empty"),
        (ScoreScheme(name="", label="x", items=(item, Item(code="a", name="乙"))), "scheme_item_twice"),
        (ScoreScheme(name="", label="x", items=(item, Item(code="b", name=" "))), "scheme_item_unnamed"),
        (ScoreScheme(name="", label="x", items=(item, Item(code="b", name="乙", counts=("training",)))), "scheme_counts_twice"),
        (ScoreScheme(name="", label="x", items=(Item(code="b", name="乙", cap=Decimal(-1)),)), "scheme_points_odd"),
    )
    for scheme, code in bad:
        assert codes(own(content=content_of(scheme))) == [code]


def test_a_scheme_holds_on_its_days() -> None:
    scheme = own(ends_on=date(2026, 6, 30)).scheme()
    assert scheme is not None
    assert scheme.span == Span(first=date(2026, 1, 1), last=date(2026, 6, 30))


# --- what an entry rests on ---------------------------------------------------------------------------------------------------


def visit_bases(kind: str, form: str = "", **presence: str) -> list[Basis]:
    return list(bases_of_visit(Done(of="v", on=DAY, account="活动"), ("甲", "乙"), presence, kind, form))


def told(basis: Basis, scheme: ScoreScheme = RUZHOU) -> tuple[str, str] | None:
    entry = proposed(basis, scheme, "e")
    return (entry.item, entry.sub_item) if entry else None


def test_a_visit_counts_for_everybody_who_was_there() -> None:
    first, second = visit_bases("reception")
    assert (first.deputy, second.deputy) == ("甲", "乙")
    assert told(first) == ("reception", "")


def test_who_was_away_has_nothing_unless_the_scheme_takes_points_for_it() -> None:
    example = score_schemes()["example"]
    away, there = visit_bases("attend_congress", 甲="on_leave")
    assert told(away) is None
    assert told(there) == ("congress", "")
    assert told(away, example) == ("leave", "")
    assert told(visit_bases("training", 甲="absent")[0], example) == ("absent", "")


def test_a_report_counts_by_its_form() -> None:
    assert told(visit_bases("duty_report", "written")[0]) == ("report", "written")
    assert told(visit_bases("duty_report")[0]) is None, "汝州 counts either form, and none was said"
    assert told(visit_bases("duty_report", "written")[0], score_schemes()["example"]) == ("report", "")


def test_a_suggestion_counts_once_submitted_and_not_when_it_was_withdrawn_or_kept_secret_by_name() -> None:
    draft = Suggestion(id="s", subject="关于路灯的建议", lead_deputy="甲", state="draft")
    assert list(bases_of_suggestion(draft, ())) == []
    submitted = Suggestion(id="s", subject="关于路灯的建议", lead_deputy="甲", state="replied", submitted_on=DAY)
    (basis,) = bases_of_suggestion(submitted, ())
    assert told(basis) == ("suggestions", "lead")
    assert basis.account == "关于路灯的建议"
    gone = Suggestion(id="s", lead_deputy="甲", state="withdrawn", submitted_on=DAY)
    assert list(bases_of_suggestion(gone, ())) == []
    secret = Suggestion(
        id="s", subject="关于某事", lead_deputy="甲", state="replied", submitted_on=DAY, confidential_identity=True
    )
    assert [each.account for each in bases_of_suggestion(secret, ())] == ["代表身份保密的建议"]


def test_nothing_is_proposed_on_days_when_the_scheme_does_not_hold() -> None:
    later = scheme_from(scheme_told(RUZHOU), span=Span(first=date(2026, 4, 1)))
    assert told(visit_bases("reception")[0], later) is None


def test_an_entry_is_open_again_when_its_record_says_something_else() -> None:
    before, after = visit_bases("reception")[0], visit_bases("outreach")[0]
    assert not is_open_again("v", before.told, before)
    assert is_open_again("v", before.told, after)
    assert is_open_again("v", before.told, None)
    assert not is_open_again("", "", None), "entered by hand"


def test_what_is_missing_in_an_entry_is_said() -> None:
    whole = PointsEntry(id="e", deputy="甲", on=DAY, item="training", quantity=1, account="参加培训", state=PointsState.ENTERED)

    def problems(**changed: object) -> list[str]:
        fields = {"deputy": "甲", "on": DAY, "item": "training", "quantity": 1, "account": "参加培训"}
        entry = PointsEntry(id="e", **{**fields, **changed})  # type: ignore[arg-type]  # what each line says of it
        return [each.code for each in entry_problems(entry, RUZHOU)]

    assert list(entry_problems(whole, RUZHOU)) == []
    assert problems(deputy="") == ["points_deputy_missing"]
    assert problems(on=None) == ["points_day_missing"]
    assert problems(item="none") == ["points_item_missing"]
    assert problems(item="suggestions") == ["points_part_missing"]
    assert problems(quantity=0) == ["points_quantity_odd"]
    assert problems(account=" ") == ["points_evidence_missing"]
    assert problems(account=" ", of="v") == []
    assert [each.code for each in entry_problems(whole, None)] == ["points_no_scheme"]


def test_rates_and_grades_are_plain_values() -> None:
    assert Rate(code="a", name="甲", first=Decimal(2), more=Decimal("0.5")).points(3) == 3
    assert points_told(Decimal("12.50")) == "12.5"
    assert points_told(Decimal("100")) == "100"
    assert Grade(at_least=Decimal(1), name="一").name == "一"
