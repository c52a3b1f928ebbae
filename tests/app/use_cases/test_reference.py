"""Reference data of the body: told beforehand, taken in whole, under what the station made its own; set back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.clock import CHINA
from app.domain.arrival import Verdict
from app.domain.calendar_year import EnteredYear
from app.domain.category import Category, CategoryScheme
from app.domain.congress import Congress
from app.domain.people import Operator, Role
from app.domain.reference_data import LONGEST_TEXT, ReferenceCategory, ReferenceUnit
from app.domain.unit import Unit
from app.errors import AppError, Refused
from app.messages.arrivals import brings_told
from app.packages import closed, envelope, reference
from app.packages.faults import PackageFault
from app.packages.reference import ReferenceDocument, peek_reference
from app.province.enrolment import trust_bundle
from app.province.reference import Published, publish, published, published_calendar, published_data
from app.queries.log import Sought, log
from app.queries.reference import newest_version, reference_card
from app.queries.relations import category_names, found
from app.queries.rules import calendar_in_force
from app.reference import categories
from app.use_cases.arrival import Arrival, TakenIn
from app.use_cases.arrivals import look, receive
from app.use_cases.reference import set_back
from app.use_cases.rules import drop_year, keep_year
from app.use_cases.trust import take_trust
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.test_peers import Two, assert_alike, two
from tests.app.use_cases.test_suggestion_steps import Way, submitted
from tests.builders import Pair, a_deputy, new_body, pair, save

__all__ = ["two"]
NOTICE = "国办发明电〔2026〕7号"
SPRING = tuple(date(2027, 2, day) for day in range(22, 27))
YEAR = EnteredYear(id="", year=2027, rest=SPRING, worked=(date(2027, 2, 28),), source=NOTICE)
OTHER_YEAR = replace(YEAR, rest=(*SPRING, date(2027, 3, 1)))
TRAFFIC = ReferenceUnit(name="示例交通局", short_name="交通局", unit_type="government", level="county")
WATER = ReferenceUnit(name="示例水利局", parent="示例交通局")
LAMPS = ReferenceCategory(scheme="issue", code="X01", name="路灯照明")


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Pair]:
    with pair(tmp_path) as both:
        yield both


def sent(line: Pair, **told: Any) -> Path:
    """The newest reference data of the body as a file on the stick."""
    return written(line, publish(line.body, **told))


def written(line: Pair, stands: Published | None) -> Path:
    assert stands
    line.stick.mkdir(exist_ok=True)
    path = line.stick / f"{stands.document.version}.reference.json"
    path.write_bytes(stands.envelope)
    return path


def seen(line: Pair, path: Path) -> Arrival:
    (arrival,) = look(line.station, [path])
    return arrival


def told(line: Pair, path: Path) -> list[str]:
    return brings_told(seen(line, path), lambda day: day.isoformat()).splitlines()


def taken(line: Pair, **told: Any) -> TakenIn:
    return receive(line.station, sent(line, **told))


def on_its_way(workspace: Workspace) -> Way:
    """A suggestion that a unit has to answer."""
    congress = Congress(id=workspace.clock.new_id(), name="示例区人民代表大会")
    deputy, unit = a_deputy(workspace, congress=congress.id, term=workspace.clock.new_id()), workspace.clock.new_id()
    save(workspace, congress, deputy, Unit(id=unit, name="交通局"))
    way = Way(workspace, submitted(workspace, deputy), {"交通局": unit})
    way.to_units()
    return way


def unit_called(workspace: Workspace, name: str) -> Unit:
    with workspace.reading() as connection:
        return next(each for each in found(connection, Unit) if each.name == name)


def unit_names(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        return [each.name for each in found(connection, Unit)]


def works_on(workspace: Workspace, day: date) -> bool:
    """Whether a day counts as worked; a weekday of a year nobody entered does."""
    with workspace.reading() as connection:
        calendar = calendar_in_force(connection)
    return calendar.is_workday(day) if calendar.knows(day) else day.weekday() < 5


# --- what is in force --------------------------------------------------------------------------------------------------


def test_what_the_body_sends_is_in_force_and_the_settings_say_from_whom(line: Pair) -> None:
    assert works_on(line.station, SPRING[0])
    assert reference_card(line.station) is None
    told = taken(line, year=YEAR, units=(TRAFFIC, WATER), added=(LAMPS,))
    assert (told.what, told.verdict, told.number, told.records) == ("reference", "accepted", 1, 2)
    assert not works_on(line.station, SPRING[0])
    assert works_on(line.station, date(2027, 2, 28))
    traffic, water = unit_called(line.station, "示例交通局"), unit_called(line.station, "示例水利局")
    assert (traffic.short_name, traffic.unit_type, water.parent) == ("交通局", "government", traffic.id)
    with line.station.reading() as connection:
        assert category_names(connection, CategoryScheme.ISSUE)["X01"] == "路灯照明"
        assert category_names(connection, CategoryScheme.SUGGESTION) == categories()[CategoryScheme.SUGGESTION]
    card = reference_card(line.station)
    assert card is not None
    assert (card.body, card.version, card.before, len(card.data.units)) == (line.body.body.name, 1, 0, 2)
    assert card.issued_on == card.taken.astimezone(CHINA).date() == date(2026, 11, 21)
    assert "reference" in {each.event for each in log(line.station, Sought()).rows}


def test_what_it_would_change_is_told_before_anything_is_written(line: Pair) -> None:
    keep_year(line.station, YEAR)
    save(line.station, Unit(id=line.station.clock.new_id(), name="示例交通局", short_name="交局"))
    path = sent(line, year=OTHER_YEAR, units=(TRAFFIC, WATER), added=(LAMPS,))
    assert told(line, path) == [
        f"{line.body.body.name}的参考数据第1版，2026-11-21签发。",
        "新的单位：示例水利局。",
        "有改动的单位：示例交通局。",
        "类别：路灯照明。",
        "本站自己录入的日历照旧：2027。",
        "本站对这些单位的写法照旧：示例交通局。",
        "没有期限变动。",
    ]
    assert unit_names(line.station) == ["示例交通局"]
    assert newest_version(line.station) == 0


def test_deadlines_follow_and_it_says_so_beforehand(line: Pair) -> None:
    way = on_its_way(line.station)
    assert way.suggestion.due_on == date(2027, 2, 22)  # the three months end on a Sunday, and Monday is not known to be free
    path = sent(line, year=YEAR)
    assert told(line, path)[-1] == "2 条记录的期限随之变动。"
    receive(line.station, path)
    assert way.suggestion.due_on == date(2027, 2, 28)
    assert set_back(line.station).moved == 2
    assert way.suggestion.due_on == date(2027, 2, 22)


# --- what the station made its own ---------------------------------------------------------------------------------------


def test_a_year_the_station_entered_stands_and_gives_way_once_it_is_removed(line: Pair) -> None:
    keep_year(line.station, YEAR)
    taken(line, year=OTHER_YEAR)
    assert works_on(line.station, date(2027, 3, 1))
    drop_year(line.station, 2027)
    assert not works_on(line.station, date(2027, 3, 1))


def test_of_a_unit_the_station_keeps_what_it_wrote_and_takes_the_rest(line: Pair) -> None:
    taken(line, units=(TRAFFIC, WATER))
    traffic = unit_called(line.station, "示例交通局")
    save(line.station, replace(traffic, short_name="县交通局", office_phone="0731-00000000"))
    renamed = replace(TRAFFIC, name="示例交通运输局", former_names=("示例交通局",), short_name="交运局", level="city")
    path = sent(line, units=(renamed, replace(WATER, parent="示例交通运输局")))
    arrival = seen(line, path)
    assert arrival.reference is not None
    assert (arrival.reference.units_changed, arrival.reference.units_kept) == (("示例交通运输局",), ("示例交通局",))
    receive(line.station, path)
    now = unit_called(line.station, "示例交通运输局")
    assert (now.id, now.short_name, now.office_phone, now.level) == (traffic.id, "县交通局", "0731-00000000", "city")
    assert unit_called(line.station, "示例水利局").parent == traffic.id
    assert sorted(unit_names(line.station)) == ["示例交通运输局", "示例水利局"]


def test_a_unit_the_station_removed_does_not_come_again(line: Pair) -> None:
    taken(line, units=(TRAFFIC, WATER))
    with line.station.writing() as books:
        books.records.remove([unit_called(line.station, "示例水利局").id])
    taken(line, units=(TRAFFIC, replace(WATER, short_name="水利")))
    assert unit_names(line.station) == ["示例交通局"]


def test_a_category_of_the_station_goes_before_the_bodys(line: Pair) -> None:
    save(line.station, Category(id=line.station.clock.new_id(), scheme=CategoryScheme.ISSUE, code="X01", name="夜间照明"))
    path = sent(line, added=(LAMPS,))
    arrival = seen(line, path)
    assert arrival.reference is not None
    assert (arrival.reference.categories, arrival.reference.categories_kept) == ((), ("夜间照明",))
    receive(line.station, path)
    with line.station.reading() as connection:
        assert category_names(connection, CategoryScheme.ISSUE)["X01"] == "夜间照明"


# --- going back ------------------------------------------------------------------------------------------------------------


def test_a_version_is_set_back_to_the_one_before_and_then_to_the_program(line: Pair) -> None:
    taken(line, year=YEAR, units=(TRAFFIC,))
    second = sent(line, year=OTHER_YEAR)
    receive(line.station, second)
    back = set_back(line.station)
    assert (back.version, back.now) == (2, 1)
    assert works_on(line.station, date(2027, 3, 1))
    assert not works_on(line.station, SPRING[0])
    assert newest_version(line.station) == 2, "so that a network does not bring it again by itself"
    assert seen(line, second).verdict is Verdict.NEW
    assert set_back(line.station).now == 0
    assert works_on(line.station, SPRING[0])
    assert unit_names(line.station) == ["示例交通局"]
    with pytest.raises(Refused, match="reference_missing"):
        set_back(line.station)


def test_undo_takes_back_all_that_it_brought(line: Pair) -> None:
    told = taken(line, year=YEAR, units=(TRAFFIC, WATER))
    undo_last(line.station, told.undoable)
    assert unit_names(line.station) == []
    assert works_on(line.station, SPRING[0])
    assert reference_card(line.station) is None


def test_the_same_once_more_changes_nothing_and_an_older_one_is_refused(line: Pair) -> None:
    first = sent(line, year=YEAR)
    second = sent(line, year=OTHER_YEAR)
    receive(line.station, second)
    assert seen(line, second).verdict is Verdict.KNOWN
    assert (receive(line.station, second).verdict, reference_card(line.station) is None) == ("duplicate", False)
    arrival = seen(line, first)
    assert arrival.fault
    assert (arrival.verdict, arrival.fault.code) == (Verdict.REFUSED, "E_ROLLBACK")
    with pytest.raises(PackageFault, match="E_ROLLBACK"):
        receive(line.station, first)


def test_a_volunteer_cannot_let_it_be_in_force(line: Pair) -> None:
    path = sent(line, year=YEAR)
    new_id = line.station.clock.new_id
    helper = Operator(id=new_id(), name="志愿者乙", roles=(Role.VOLUNTEER,))
    save(line.station, Operator(id=new_id(), name="站长甲", roles=(Role.STATION_HEAD,)), helper)
    with pytest.raises(Refused, match="not_allowed"):
        receive(line.station.acting_as(helper.id), path)
    assert newest_version(line.station) == 0


def test_the_other_computer_of_the_station_has_it_by_their_exchange(two: Two, line: Pair) -> None:
    take_trust(two.first, trust_bundle(line.body))
    two.send(two.first, two.second)
    path = sent(line, year=YEAR, units=(TRAFFIC,))
    assert receive(two.first, path).verdict == "accepted"
    two.send(two.first, two.second)
    assert not works_on(two.second, SPRING[0])
    assert newest_version(two.second) == 1
    take_trust(two.second, trust_bundle(line.body))
    assert receive(two.second, path).verdict == "duplicate"
    set_back(two.second)
    two.send(two.second, two.first)
    assert works_on(two.first, SPRING[0])
    two.send(two.first, two.second)
    assert_alike(two.first, two.second)


# --- with the receipts, and the body's own reckoning ------------------------------------------------------------------------


def test_it_goes_home_with_the_receipts(line: Pair) -> None:
    publish(line.body, year=YEAR)
    came = {each.what: each for each in line.round_trip()}
    assert (came["reference"].verdict, came["reference"].number) == ("accepted", 1)
    assert {each.what: each.verdict for each in line.bring_back()}["reference"] == "duplicate"


def test_the_body_reckons_by_it_too(line: Pair) -> None:
    with line.body.store.reading() as connection:
        assert not published_calendar(connection).knows(SPRING[0])
    publish(line.body, year=YEAR, added=(LAMPS,))
    with line.body.store.reading() as connection:
        assert not published_calendar(connection).is_workday(SPRING[0])
        assert published_data(connection).names(CategoryScheme.ISSUE) == {"X01": "路灯照明"}


def test_a_part_stays_until_it_is_given_anew(line: Pair) -> None:
    publish(line.body, year=YEAR)
    both = publish(line.body, units=(TRAFFIC,))
    assert (both.document.version, len(both.document.years), len(both.document.units)) == (2, 1, 1)
    assert not publish(line.body, units=(TRAFFIC,)).fresh
    assert published(line.body) == replace(both, fresh=False)


Spoil = Callable[[ReferenceDocument], ReferenceDocument]
ODD: dict[str, dict[str, Any]] = {
    "no source": {"year": replace(YEAR, source="")},
    "a unit twice": {"units": (TRAFFIC, TRAFFIC)},
    "a unit without a name": {"units": (ReferenceUnit(name=" "),)},
    "a name too long": {"units": (ReferenceUnit(name="局" * (LONGEST_TEXT + 1)),)},
    "a code of the program": {"added": (replace(LAMPS, code=next(iter(categories()[CategoryScheme.ISSUE]))),)},
    "a scheme nobody knows": {"added": (replace(LAMPS, scheme="hotline"),)},
}


@pytest.mark.parametrize("name", ODD)
def test_what_no_station_would_take_is_not_signed(line: Pair, name: str) -> None:
    with pytest.raises(Refused) as caught:
        publish(line.body, **ODD[name])
    assert caught.value.code == "incomplete"
    assert published(line.body) is None


# --- attacks ---------------------------------------------------------------------------------------------------------------


def forged(line: Pair, path: Path) -> dict[str, tuple[str, bytes]]:
    """Files that must not be believed, by what is wrong with them, each with its code."""
    document, keys = peek_reference(path.read_bytes()), line.body.identity()
    payload = closed.write(document)
    more = payload[:-1] + b',"zeal":1}'
    other = replace(document, body=replace(document.body, code="44", id=line.station.clock.new_id()))
    big = payload[:-1] + b" " * reference.LARGEST + b"}"
    strange = new_body(path.parent / "a stranger")
    with strange.opened() as stranger:
        unknown = envelope.sign(reference.TYPE, payload, [stranger.identity().reply])
    whole = path.read_bytes()
    return {
        "unknown key": ("E_UNKNOWN_KEY", unknown),
        "a key of the body for something else": ("E_UNKNOWN_KEY", envelope.sign(reference.TYPE, payload, [keys.receipt])),
        "a signature that is not its own": ("E_SIGNATURE", whole.replace(b'"sig":"', b'"sig":"AAAA', 1)),
        "another body's": ("E_BODY", envelope.sign(reference.TYPE, closed.write(other), [keys.reply])),
        "a member nobody described": ("E_ENVELOPE", envelope.sign(reference.TYPE, more, [keys.reply])),
        "no JSON within": ("E_JSON", envelope.sign(reference.TYPE, "敬启者".encode(), [keys.reply])),
        "too large": ("E_JSON", envelope.sign(reference.TYPE, big, [keys.reply])),
        "a newer format": (
            "E_FORMAT_NEW",
            envelope.sign(reference.TYPE, payload.replace(b"llz-reference/1", b"llz-reference/2"), [keys.reply]),
        ),
        "a day that is none": (
            "E_ENVELOPE",
            envelope.sign(reference.TYPE, payload.replace(b"2027-02-22", b"2027-02-30"), [keys.reply]),
        ),
        "cut off": ("E_JSON", whole[: len(whole) // 2]),
    }


NAMES = (
    *("unknown key", "a key of the body for something else", "another body's", "a member nobody described"),
    *("no JSON within", "too large", "a newer format", "a day that is none", "cut off"),
)


@pytest.mark.parametrize("name", NAMES)
def test_what_must_not_be_believed_is_refused_and_changes_nothing(line: Pair, name: str) -> None:
    code, content = forged(line, sent(line, year=YEAR))[name]
    path = line.stick / "forged.json"
    path.write_bytes(content)
    arrival = seen(line, path)
    assert arrival.fault
    assert arrival.fault.code == code
    with pytest.raises(AppError):
        receive(line.station, path)
    assert works_on(line.station, SPRING[0])
    assert newest_version(line.station) == 0


def test_signed_as_another_document_it_is_taken_for_that_one(line: Pair) -> None:
    payload = closed.write(peek_reference(sent(line, year=YEAR).read_bytes()))
    path = line.stick / "as a receipt.json"
    path.write_bytes(envelope.sign("application/vnd.llz.receipt+json", payload, [line.body.identity().receipt]))
    arrival = seen(line, path)
    assert arrival.fault
    assert arrival.fault.code in {"E_ENVELOPE", "E_FORMAT_NEW"}
