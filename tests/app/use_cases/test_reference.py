"""Reference data from the body: years counted by it where the station entered none, units it did not know, set aside again."""

from datetime import date
from pathlib import Path

import pytest

from app.domain.arrival import Verdict
from app.domain.calendar_year import EnteredYear
from app.domain.issue import Issue
from app.domain.life import IssueState
from app.domain.reference_data import ReferenceNews
from app.domain.unit import Unit, UnitType
from app.errors import Refused
from app.packages.faults import PackageFault
from app.province import reference
from app.province.receipts import write_receipts
from app.queries.record import record_of
from app.queries.relations import found
from app.queries.rule_cards import YearCard, rule_cards
from app.queries.rules import calendar_in_force
from app.use_cases.arrivals import look, receive
from app.use_cases.reference import reference_in_force, set_aside
from app.use_cases.rules import keep_year
from tests.builders import STATION_CODE, Pair, an_issue, save

REST = date(2027, 3, 8)  # a Monday that nobody has off
"""An invented day off."""


def table(folder: Path, *days: date) -> Path:
    path = folder / "放假.csv"
    path.write_text("日期,安排\n" + "\n".join(f"{day.isoformat()},休" for day in days), "utf-8")
    return path


def units(folder: Path, *rows: str) -> Path:
    path = folder / "单位.csv"
    path.write_text("单位名称,简称,单位类型,对口督办委员会,联系人,办公电话\n" + "\n".join(rows), "utf-8")
    return path


def publish(line: Pair, *days: date) -> Path:
    """The body's next version with the year 2027, as a file that goes home with a receipt."""
    reference.set_year(line.body, table(line.stick.parent, *days), 2027, "示例通知〔2026〕1号")
    return written(line)


def written(line: Pair) -> Path:
    document = reference.document(line.body)
    assert document is not None
    path = line.stick.parent / f"基础数据-{reference.published(line.body).data.version}.json"
    path.write_bytes(document)
    return path


def year_card(line: Pair, year: int = 2027) -> YearCard:
    return next(each for each in rule_cards(line.station).years if each.year == year)


def works(line: Pair, day: date) -> bool:
    with line.station.reading() as connection:
        return calendar_in_force(connection).expects_work(day)


def news(line: Pair, path: Path) -> ReferenceNews:
    (arrival,) = look(line.station, [path])
    assert arrival.verdict is Verdict.NEW, arrival.fault
    assert arrival.reference is not None
    return arrival.reference


# --- taking in --------------------------------------------------------------------------------------------------------------


def test_a_year_is_counted_by_the_body_s_and_deadlines_move_with_it(line: Pair) -> None:
    owed = an_issue(
        line.station,
        received_on=date(2027, 3, 1),
        assigned_on=date(2027, 3, 1),
        state=IssueState.ASSIGNED,
        due_on=date(2027, 3, 15),
    )
    save(line.station, owed)
    path = publish(line, REST)
    assert news(line, path).years == (2027,)
    assert works(line, REST), "a look changes nothing"
    assert receive(line.station, path).verdict == "accepted"
    assert not works(line, REST)
    assert record_of(line.station, Issue, owed.id).due_on == date(2027, 3, 16)
    assert (year_card(line).sent, year_card(line).source) == (True, "示例通知〔2026〕1号")
    assert receive(line.station, path).verdict == "duplicate"
    assert look(line.station, [path])[0].verdict is Verdict.KNOWN


def test_a_year_that_the_station_entered_itself_stays(line: Pair) -> None:
    own = EnteredYear(id="", year=2027, rest=(date(2027, 1, 1),), worked=(), source="本站")
    keep_year(line.station, own)
    path = publish(line, REST)
    assert (news(line, path).years, news(line, path).kept) == ((), (2027,))
    receive(line.station, path)
    assert works(line, REST)
    assert (year_card(line).sent, year_card(line).source) == (False, "本站")


def test_a_later_version_replaces_an_earlier_one_and_never_the_other_way_round(line: Pair) -> None:
    first = publish(line, REST)
    second = publish(line, date(2027, 3, 9))
    receive(line.station, second)
    assert works(line, REST)
    with pytest.raises(PackageFault, match="E_ROLLBACK"):
        receive(line.station, first)
    (told,) = look(line.station, [first])
    assert told.fault is not None
    assert told.fault.code == "E_ROLLBACK"


def test_units_that_are_unknown_are_entered_and_known_ones_made_fuller_never_changed(line: Pair) -> None:
    new_id = line.station.clock.new_id
    known = Unit(id=new_id(), name="住房和城乡建设局", short_name="住建局", supervising_committee="城环资委")
    save(line.station, known)
    told = units(line.stick.parent, "住建局,,政府,财经委,某某某,0731-00000000", "交警支队,,政府,,,")
    reference.set_units(line.body, told)
    path = written(line)
    assert (news(line, path).units_new, news(line, path).units_fuller) == (1, 1)
    assert receive(line.station, path).records == 2
    with line.station.reading() as connection:
        here = {each.name: each for each in found(connection, Unit)}
    assert set(here) == {"住房和城乡建设局", "交警支队"}
    assert (here["住房和城乡建设局"].unit_type, here["住房和城乡建设局"].supervising_committee) == (
        UnitType.GOVERNMENT,
        "城环资委",
    )
    assert "某某某" not in path.read_text("utf-8")
    assert {each.liaison_person for each in here.values()} == {""}


def test_set_aside_the_program_s_calendar_counts_again(line: Pair) -> None:
    with pytest.raises(Refused, match="reference_missing"):
        set_aside(line.station)
    path = publish(line, REST)
    receive(line.station, path)
    set_aside(line.station)
    assert works(line, REST)
    assert reference_in_force(line.station) is None
    assert receive(line.station, path).verdict == "accepted"


def test_it_comes_with_every_receipt(line: Pair) -> None:
    publish(line, REST)
    save(line.station, an_issue(line.station))
    line.export()
    line.intake()
    files = write_receipts(line.body, STATION_CODE, line.stick / "back").files
    whats = {receive(line.station, each).what for each in sorted(files, key=lambda each: "trust" not in each.name)}
    assert whats == {"trust", "receipt", "reference"}
    assert not works(line, REST)


def test_of_another_body_it_is_refused(line: Pair, tmp_path: Path) -> None:
    path = publish(line, REST)
    spoiled = path.read_bytes().replace(b'"sig":"', b'"sig":"A', 1)
    path.write_bytes(spoiled)
    with pytest.raises(PackageFault):
        receive(line.station, path)
    assert works(line, REST)


def test_the_body_counts_by_it_too(line: Pair) -> None:
    publish(line, REST)
    with line.body.store.reading() as connection:
        assert not reference.calendar_in_force(connection).expects_work(REST)


# --- the body ---------------------------------------------------------------------------------------------------------------


def test_the_same_table_again_is_no_further_version(line: Pair) -> None:
    publish(line, REST)
    publish(line, REST)
    assert reference.published(line.body).data.version == 1
    reference.drop_year(line.body, 2027)
    assert (reference.published(line.body).data.version, reference.published(line.body).data.years) == (2, ())
    with pytest.raises(Refused, match="calendar_year_missing"):
        reference.drop_year(line.body, 2027)


def test_what_cannot_be_counted_by_is_not_published(line: Pair) -> None:
    for path, year, source, code in (
        (table(line.stick.parent, REST), 2028, "号", "incomplete"),
        (table(line.stick.parent, REST), 2027, " ", "incomplete"),
        (table(line.stick.parent), 2027, "号", "incomplete"),
    ):
        with pytest.raises(Refused, match=code):
            reference.set_year(line.body, path, year, source)
    with pytest.raises(Refused, match="units_none"):
        reference.set_units(line.body, units(line.stick.parent))
    assert reference.published(line.body).data.version == 0
    assert reference.document(line.body) is None
