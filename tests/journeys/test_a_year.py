"""A year of a station with two computers and its body: lost sticks, a copied disk, a dead one, a stolen computer.

At its end every count is equal on all sides, and nothing is left to ask.
"""

import datetime
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.builders import messages_csv
from tests.journeys.programs import (
    BODY_CODE,
    STATION_CODE,
    Program,
    body_at,
    passphrase_file,
    quick_slots,
    station_at,
    written_json,
)


class Wall:
    """The clock on the wall, moved by hand."""

    def __init__(self) -> None:
        self.moment = datetime.datetime(2026, 1, 5, 1, 0, tzinfo=datetime.UTC)

    def now(self, _zone: datetime.tzinfo) -> datetime.datetime:
        """Every look at it takes a moment."""
        self.moment += datetime.timedelta(milliseconds=5)
        return self.moment

    def month(self, number: int, year: int = 2026) -> None:
        self.moment = datetime.datetime(year, number, 5, 1, 0, tzinfo=datetime.UTC)


@dataclass
class Year:
    """Both computers of the station, the body, and what lies between them."""

    first: Program
    second: Program
    body: Program
    folder: Path
    wall: Wall
    rows: int = 0
    carried: int = 0

    def place(self, name: str) -> Path:
        """A new folder: a stick, or what is carried on it."""
        self.carried += 1
        path = self.folder / f"{self.carried}-{name}"
        path.mkdir()
        return path

    def raise_issues(self, at: Program, many: int) -> None:
        """Residents raise this many things."""
        sheet = messages_csv(self.folder / f"messages-{self.rows}.csv", many, first=self.rows + 1)
        self.rows += many
        assert at("import", sheet, "--as", "issues")["imported"] == many

    def hand_in(self, at: Program) -> list[Path]:
        """What waits there for the body, on a stick; in this year the computers carry to each other themselves."""
        stick = self.place("stick")
        at("export", "--output", stick)
        return sorted(path for path in stick.rglob("*.llz") if "-p-" not in path.name)

    def bring(self, *packages: Path) -> list[str]:
        """The body takes packages in; what it said of each."""
        return [each["verdict"] for each in self.body.say("intake", *packages).document["files"]]

    def fetch(self, *stations: Program) -> None:
        """What the body lays out goes to these computers."""
        laid_out = self.body("receipts", "--station", STATION_CODE, "--output", self.place("back"))["files"]
        for each in stations:
            if laid_out:
                each("receive", *laid_out)

    def settle(self, *stations: Program) -> None:
        """Hand in at each, and bring back what is said to it."""
        for each in stations:
            if packages := self.hand_in(each):
                self.bring(*packages)
        self.fetch(*stations)

    def meet(self, here: Program, there: Program) -> None:
        """Both computers give each other what they lack."""
        for giver, taker in ((here, there), (there, here)):
            for each in giver("peer", "--output", self.place("peer"))["seats"]:
                if each["packages"]:
                    taker("receive", *each["packages"])

    def give_back(self, at: Program) -> None:
        """A computer gets all that the body has of the station."""
        at("receive", *self.body("restore-package", seat_of(at), "--output", self.place("given"))["packages"])

    def agree(self) -> None:
        """Once everybody has met, every count is the same on all sides."""
        self.meet(self.first, self.second)
        self.settle(self.first, self.second)
        there = self.counted(self.body)
        assert (self.counted(self.first), self.counted(self.second)) == (there, there)

    def enrolled(self, at: Program, name: str) -> None:
        """A computer is entered in the body's list, and everybody takes the list."""
        request, trust = self.folder / f"{name}.json", self.folder / f"{name}-trust.json"
        at("enrol-request", "--output", request)
        self.body("enrol", request, "--output", trust)
        at("trust", trust)

    def handle(self, *deeds: dict[str, object]) -> None:
        """What the body does with suggestions."""
        path = self.place("deeds") / "deeds.json"
        path.write_text(json.dumps(deeds, ensure_ascii=False), encoding="utf-8")
        self.body("handle", path)

    def counted(self, at: Program) -> dict[str, int]:
        """Records by kind, of the kinds that travel by the body's policy."""
        told: dict[str, int] = at("count")
        return {kind: many for kind, many in told.items() if many and kind not in {"contact", "operator"}}


def joined(year: Year, home: Path) -> Program:
    """Another computer of the station: cards carried both ways, digits compared."""
    card = year.folder / "first-card.json"
    digits = year.first("seat-card", "--output", card)["digits"]
    second = station_at(home, year.first.passphrase)
    with quick_slots():
        second("seat-join", card, "--digits", digits)
    card = year.folder / f"{home.name}-card.json"
    digits = second("seat-card", "--output", card)["digits"]
    year.first("seat-admit", card, "--digits", digits)
    return second


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Year:
    wall = Wall()
    monkeypatch.setattr("app.clock.datetime", SimpleNamespace(now=wall.now))
    words = passphrase_file(tmp_path / "keys")
    first, body = station_at(tmp_path / "first", words), body_at(tmp_path / "body", words)
    with quick_slots():
        first("setup", "--station", STATION_CODE, "--name", "某某街道人大代表联络站")
        body("setup", "--body", BODY_CODE, "--roots", tmp_path / "keys" / "roots")
    made = Year(first, first, body, tmp_path, wall)
    made.enrolled(first, "first")
    made.second = joined(made, tmp_path / "second")
    made.meet(first, made.second)
    made.enrolled(made.second, "second")
    return made


def seat_of(at: Program) -> str:
    """The name of a computer."""
    return next(str(each["seat"]) for each in at("seats")["seats"] if each["own"])


def ids_of(at: Program, words: str, kind: str) -> list[str]:
    """The records of a kind there that hold these words."""
    return [each["id"] for each in at("search", words, "--kind", kind)["hits"]]


def suggested(year: Year, at: Program) -> str:
    """A suggestion, drafted and submitted."""
    text = year.folder / "text.txt"
    text.write_text("一、情况\n东街路灯不亮。\n二、分析\n线路老化。\n三、建议\n请整修。\n", encoding="utf-8")
    at("record", "deputy", written_json(year.folder / "deputy.json", name="代表甲"))
    id = str(at("draft", "--title", "关于整修东街路灯的建议", "--lead", "代表甲", "--text", text)["id"])
    at("submit", id)
    return id


def january(year: Year) -> None:
    """Both work, and hand in for themselves."""
    year.wall.month(1)
    first, second = year.first, year.second
    year.raise_issues(first, 4)
    year.raise_issues(second, 3)
    year.settle(first, second)


def february(year: Year) -> None:
    """A stick is lost; the next number shows the gap, and a copy fills it."""
    year.wall.month(2)
    first = year.first
    year.raise_issues(first, 2)
    (lost,) = year.hand_in(first)
    lost.unlink()
    year.raise_issues(first, 1)
    assert year.bring(*year.hand_in(first)) == ["accepted"]
    year.fetch(first)
    questions = first("reconcile")["questions"]
    assert [each["what"] for each in questions] == ["gap"]
    copy = first("copy", str(questions[0]["seq"]), "--output", year.place("copy"))["package"]
    assert year.bring(Path(copy)) == ["accepted"]
    year.fetch(first)


def march(year: Year) -> None:
    """A stick is brought twice, and in the wrong order."""
    year.wall.month(3)
    second = year.second
    packages = []
    for _number in range(3):
        year.raise_issues(second, 1)
        packages += year.hand_in(second)
    assert sorted(year.bring(*reversed(packages))) == ["accepted"] * 3
    assert set(year.bring(*packages)) == {"duplicate"}
    year.fetch(second)
    year.fetch(second)  # the same receipts once more


def april(year: Year) -> None:
    """The clock of one computer stands fifty years ahead for a month; in May it is right again."""
    year.wall.month(4)
    first, second = year.first, year.second
    year.wall.month(4, 2076)
    year.raise_issues(second, 2)
    packages = year.hand_in(second)
    year.wall.month(5)
    year.bring(*packages)
    year.fetch(second)
    year.meet(first, second)


def may(year: Year) -> None:
    """The first computer and the body renew their keys; nobody waits for it, and nothing under way is lost."""
    year.wall.month(5)
    first, second = year.first, year.second
    year.raise_issues(first, 1)
    under_way = year.hand_in(first)
    asked = first("renew-keys", "--output", year.place("request"))
    trust = year.place("answer") / "trust.json"
    assert year.body("enrol", asked["file"], "--output", trust)["digits"] == asked["digits"]
    first("trust", trust)
    year.body("keys", "renew-receiving")
    year.raise_issues(first, 1)
    year.settle(first, second)
    assert year.bring(*under_way) == ["accepted"]
    year.settle(first, second)
    year.agree()


def june(year: Year) -> None:
    """Both change one record before they meet; one save decides."""
    year.wall.month(6)
    first, second = year.first, year.second
    (id, *_others) = ids_of(first, "路灯", "issue")
    first("step", id, "accept")
    second("step", id, "reply_on_spot", "--words", "已当面答复")
    year.meet(first, second)
    assert first("count") == second("count")
    assert [each["id"] for each in first("conflicts")["records"]] == [id]
    first("decide", id, "--whole", "1")
    year.meet(first, second)
    assert first("conflicts")["total"] == second("conflicts")["total"] == 0
    year.settle(first, second)


def july(year: Year) -> None:
    """A person asks to be erased: what is known of them goes through the chain to the sister and the body."""
    year.wall.month(7)
    first, second = year.first, year.second
    found = first("person", "find", "群众2")
    first("person", "erase", *(each["id"] for each in found["people"]))
    year.meet(first, second)
    year.settle(first, second)
    assert [each["removed"] for each in second("person", "find", "群众2")["people"]] == [True]


def august(year: Year) -> None:
    """The disk is copied to a new computer while the old one goes on: the body notices, numbers begin anew."""
    year.wall.month(8)
    first = year.first
    twin = station_at(year.folder / "twin", first.passphrase)
    shutil.copytree(first.home, twin.home)
    year.raise_issues(first, 1)
    assert year.bring(*year.hand_in(first)) == ["accepted"]
    first = year.first = twin
    year.raise_issues(first, 1)
    assert year.bring(*year.hand_in(first)) == ["parked"]
    year.fetch(first)
    assert [each["what"] for each in first("reconcile")["questions"]] == ["forked"]
    assert year.bring(*year.hand_in(first)) == ["accepted"]
    year.fetch(first)
    year.give_back(first)  # what only the old computer knew
    year.agree()


def september(year: Year) -> None:
    """A disk dies; the backup is older than what was handed in since, and its sister has what is missing."""
    year.wall.month(9)
    second = year.second
    second("backup", year.place("backup"))
    year.raise_issues(second, 1)
    year.settle(second)
    year.meet(second, year.first)
    known = year.counted(year.first)
    second = year.second = station_at(year.folder / "restored", second.passphrase)
    second("restore", next(year.folder.glob("*-backup")))
    year.settle(second)
    assert year.counted(second) != known
    year.meet(second, year.first)
    assert year.counted(second) == known
    year.agree()
    assert [each["lacks"] for each in year.first("seats")["seats"]] == [0, 0]


def october(year: Year) -> None:
    """A computer is stolen: what it handed in before counts, what comes after is refused."""
    year.wall.month(10)
    first, second, body = year.first, year.second, year.body
    year.raise_issues(second, 1)
    year.settle(second)
    stolen = seat_of(second)
    numbers = [each for each in second("packages")["packages"] if each["state"] == "received"]
    last = max((each["epoch"], each["seq"]) for each in numbers)
    body("revoke", stolen, "--after", f"{last[0]}/{last[1]}")
    year.raise_issues(second, 1)
    (thief,) = year.hand_in(second)
    said = body.say("intake", thief).document["files"]
    assert [(each["verdict"], each["code"]) for each in said] == [("refused", "E_REVOKED")]
    body("trust", "--output", year.folder / "trust.json")
    first("trust", year.folder / "trust.json")
    first("seat-retire", stolen, "--as", "stolen")
    year.give_back(first)  # what the stolen computer had handed in and never told its sister
    year.settle(first)


def november(year: Year) -> None:
    """The station's program is newer than the body's for some weeks."""
    year.wall.month(11)
    first = year.first
    with pytest.MonkeyPatch.context() as newer:
        newer.setattr("app.use_cases.handing_in.SCHEMA_VERSION", "1.1")
        year.raise_issues(first, 1)
        packages = year.hand_in(first)
        assert year.bring(*packages) == ["parked"]
        year.fetch(first)
        assert [each["what"] for each in first("reconcile")["questions"]] == ["parked"]
        newer.setattr("app.province.suites.SCHEMA_VERSION", "1.1")  # the body's program is renewed
        year.raise_issues(first, 1)
        year.settle(first)
    assert first("reconcile")["questions"] == []
    assert year.counted(first) == year.counted(year.body)


def december(year: Year) -> None:
    """A suggestion is handed in, accepted and answered at the body."""
    year.wall.month(12)
    first = year.first
    id = suggested(year, first)
    year.settle(first)
    year.handle(
        {"of": id, "event": "first_review"},
        {"of": id, "event": "second_review"},
        {"of": id, "event": "accept", "fields": {"case_number": "第0007号"}},
        {"of": id, "event": "assign", "shares": [{"unit": "示例交通局", "role": "sole_handler", "part": ""}]},
        {
            "of": id,
            "event": "reply",
            "words": "已全部换新。",
            "fields": {"reply_class": "A", "reply_number": "1号", "slip": "示例交通局"},
        },
    )
    year.fetch(first)
    assert first("show", id)["fields"]["state"] == "replied"
    year.settle(first)
    year.settle(first)


def test_a_year_ends_with_the_same_counts_on_all_sides_and_no_question(year: Year) -> None:
    months = (january, february, march, april, may, june, july, august, september, october, november, december)
    for month in months:
        month(year)
    first, told = year.first, year.first("reconcile")
    assert told["questions"] == []
    assert {told["records"][where] for where in ("never_sent", "sent", "returned")} == {0}
    assert first("conflicts")["total"] == 0
    here, there = year.counted(first), year.counted(year.body)
    written_here = there.keys() - {"step"}  # the steps of the suggestion are the body's own, and are counted apart there
    assert {kind: here[kind] for kind in written_here} == {kind: there[kind] for kind in written_here}
    assert here["issue"] == year.rows - 1  # all that was ever raised, but for what the thief wrote
    assert first("check", "--read-data")["sound"]
