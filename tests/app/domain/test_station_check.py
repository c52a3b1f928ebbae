"""Checks of a station: stars by what is fulfilled, the newest finding, what keeps a round from being saved."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.station_check import CheckFinding, StationCheck, check_problems, newest_of_each, standing
from app.reference import guide_checklist

LIST = guide_checklist()
DAY = date(2026, 11, 20)


def found(finding: str, item: str = "m1", **told: object) -> StationCheck:
    usual: dict[str, object] = {"id": "", "on": DAY, "item": item, "item_name": "电脑", "checked_by": "联络员", "account": "缺"}
    return StationCheck(**{**usual, "finding": finding, **told})  # type: ignore[arg-type]  # what each test says of it


def stars(findings: dict[str, StationCheck]) -> int:
    return standing(LIST, findings).stars


def test_the_list_has_thirty_items_of_six_groups_each_once() -> None:
    assert len({each.code for each in LIST.items}) == len(LIST.items) == 30
    assert {each.group for each in LIST.items} >= {"物料", "制度"}
    assert "未见原文" in LIST.source


def test_everything_fulfilled_is_five_stars_and_nothing_looked_at_none() -> None:
    assert stars({each.code: found(CheckFinding.MET) for each in LIST.items}) == 5
    assert stars({}) == 0
    assert standing(LIST, {}).unseen == 30


def test_stars_are_lost_and_come_back_once_it_is_mended() -> None:
    whole = {each.code: found(CheckFinding.MET) for each in LIST.items}
    broken = {**whole, **{each.code: found(CheckFinding.NOT_MET) for each in LIST.items[:3]}}
    mended = {**whole, **{each.code: found(CheckFinding.NOT_MET, mended_on=DAY) for each in LIST.items[:3]}}
    assert (stars(broken), stars(mended)) == (4, 5)


def test_what_does_not_apply_counts_neither_way() -> None:
    whole = {each.code: found(CheckFinding.MET) for each in LIST.items}
    assert standing(LIST, {**whole, "h5": found(CheckFinding.NOT_APPLICABLE)}).applied == 29
    assert stars({**whole, "h5": found(CheckFinding.NOT_APPLICABLE)}) == 5


@given(st.dictionaries(st.sampled_from([each.code for each in LIST.items]), st.sampled_from(list(CheckFinding))))
def test_a_better_finding_never_costs_a_star(told: dict[str, CheckFinding]) -> None:
    before = {code: found(finding) for code, finding in told.items()}
    for code, finding in told.items():
        if finding in {CheckFinding.PARTLY, CheckFinding.NOT_MET}:
            assert stars({**before, code: found(CheckFinding.MET)}) >= stars(before)


def test_the_newest_finding_of_an_item_holds() -> None:
    late, early = found(CheckFinding.MET, on=DAY), found(CheckFinding.NOT_MET, on=date(2026, 1, 1))
    assert newest_of_each([late, early]) == {"m1": late}


def codes(*checks: StationCheck) -> list[str]:
    return [each.code for each in check_problems(checks, DAY)]


def test_what_is_missing_in_a_round_is_said() -> None:
    assert codes() == ["check_empty"]
    assert codes(found(CheckFinding.MET, account="")) == []
    assert codes(found(CheckFinding.NOT_MET, account=" ")) == ["check_account_missing"]
    assert codes(found(CheckFinding.MET, checked_by="")) == ["check_by_missing"]
    assert codes(found(CheckFinding.MET, on=None)) == codes(found(CheckFinding.MET, on=date(2026, 11, 21))) == ["check_day_odd"]
    assert codes(found(CheckFinding.NOT_MET, mended_on=date(2026, 1, 1))) == ["check_mended_before"]
