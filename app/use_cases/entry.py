"""What a person or another program wrote down, as records: names found in the register, every field checked, nothing guessed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.domain.activity import MEETING
from app.domain.bulletin import Article, Bulletin, BulletinKind, BulletinSheet
from app.domain.campaign import campaign_problems
from app.domain.congress import Congress
from app.domain.encounter import Encounter, Party, outreach_problems, reception_problems
from app.domain.issue import Issue, Source, issue_problems
from app.domain.life import IssueState
from app.domain.people import Contact, Deputy
from app.domain.problems import Problem, stop_at
from app.domain.project import Project
from app.domain.records import AnyRecord, Record, record_from
from app.domain.unit import Unit
from app.domain.values import Id, Json, is_id
from app.domain.visit import Attendance, Campaign, Speech, Visit, VisitKind, visit_day_problems
from app.errors import Refused
from app.queries.campaigns import campaign_named
from app.queries.record import record_of
from app.use_cases.bulletins import new_bulletin, serial_used
from app.use_cases.people import deputy_named
from app.workspace import Workspace

_MANY: Final = {
    "encounters": "encounter",
    "issues": "issue",
    "attendance": "attendance",
    "attachments": "attachment",
    "minutes": "speech",
    "articles": "article",
}
_BELONGINGS: Final = frozenset({"contact", "attachments"})


@dataclass(slots=True)
class Entry:
    """The records of one entry, the first of them the one it is about, and the files that belong to them."""

    records: list[Record] = field(default_factory=list)
    files: list[tuple[Id, Path]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_entry(workspace: Workspace, kind: str, given: Mapping[str, Json], folder: Path) -> Entry:
    """The records an entry of a kind describes; nested entries become records of their own that name the outer one.

    Raises `Refused("field_unknown" | "field_malformed" | "incomplete" | "deputy_unknown" | "deputy_ambiguous" |
    "campaign_unknown" | "campaign_ambiguous" | "record_missing" | "kind_not_entered")`.
    """
    readers: dict[str, Callable[[_Reader, Mapping[str, Json]], None]] = {
        "visit": _read_visit,
        "issue": _read_lone_issue,
        "deputy": _read_deputy,
        "campaign": _read_campaign,
        "unit": partial(_read_named, Unit),
        "congress": partial(_read_named, Congress),
        "project": partial(_read_named, Project),
        "bulletin": _read_bulletin,
    }
    if kind not in readers:
        raise Refused("kind_not_entered", kind=kind, known=sorted(readers))
    entry = Entry()
    readers[kind](_Reader(workspace, entry, folder), given)
    entry.problems = list(dict.fromkeys(entry.problems))
    stop_at(entry.problems)
    return entry


@dataclass(frozen=True, slots=True)
class _Reader:
    workspace: Workspace
    entry: Entry
    folder: Path

    def read(self, cls: type[AnyRecord], given: Mapping[str, Json], nested: Collection[str] = (), **known: Any) -> AnyRecord:
        """One flat record of `cls`, but for its `nested` members; `known` are fields that follow from where it stands."""
        body = {name: value for name, value in given.items() if name not in nested}
        for name in body:
            if name not in cls.traits.fields:
                raise Refused("field_unknown", kind=cls.traits.name, field=name, known=sorted(cls.traits.fields))
        for name, declared in cls.traits.fields.items():
            if declared.to == "deputy" and name in body:
                body[name] = self._deputies(body[name])
            if declared.to == "campaign" and isinstance(called := body.get(name), str) and called:
                body[name] = campaign_named(self.workspace, called).id
        record = record_from(cls, self.workspace.clock.new_id(), body)
        self.entry.problems.extend(_strange_codes(record))
        missing = {name: value for name, value in known.items() if getattr(record, name) == cls.traits.fields[name].shape.empty}
        return replace(record, **missing)

    def add(self, record: Record, given: Mapping[str, Json]) -> None:
        """Take a record in, with its contact and the files it names."""
        self.entry.records.append(record)
        if contact := _member(given, "contact", dict):
            self.entry.records.append(self.read(Contact, contact, of=record.id))
        for name in _member(given, "attachments", list):
            if not isinstance(name, str):
                raise Refused("field_malformed", kind=record.traits.name, field="attachments", value=str(name)[:80])
            self.entry.files.append((record.id, self.folder / name))

    def _deputies(self, given: Json) -> Json:
        if isinstance(given, list):
            return [self._deputy(each) for each in given]
        return self._deputy(given)

    def _deputy(self, given: Json) -> Json:
        return deputy_named(self.workspace, given).id if isinstance(given, str) and given else given


def _strange_codes(record: Record) -> Iterator[Problem]:
    """Code words this program does not know: kept, for a newer one may have coined them, and told, for most are mistyped."""
    for name, declared in record.traits.fields.items():
        words, value = declared.shape.codes, getattr(record, name)
        for each in value if isinstance(value, tuple) else (value,):
            if words and each and not isinstance(each, words):
                known = [str(word) for word in words]
                yield Problem(
                    code="code_unknown", field=name, hint=True, facts={"field": name, "value": str(each), "known": known}
                )


def _read_deputy(reader: _Reader, given: Mapping[str, Json]) -> None:
    deputy = reader.read(Deputy, given, _BELONGINGS, station=reader.workspace.author.owner)
    if not deputy.name.strip():
        reader.entry.problems.append(Problem(code="name_missing", field="name"))
    reader.add(deputy, given)


def _read_campaign(reader: _Reader, given: Mapping[str, Json]) -> None:
    campaign = reader.read(Campaign, given, {"attachments"})
    reader.entry.problems.extend(campaign_problems(campaign))
    reader.add(campaign, given)


def _read_bulletin(reader: _Reader, given: Mapping[str, Json]) -> None:
    """A bulletin or special report; what it does not say is as in a new one of its kind, its article that of the issues named."""
    issues = _member(given, "issues", list)
    begun = new_bulletin(reader.workspace, str(given.get("bulletin_kind") or BulletinKind.BULLETIN), tuple(map(str, issues)))
    known = {name: getattr(begun.bulletin, name) for name in Bulletin.traits.fields}
    bulletin = reader.read(Bulletin, given, {"articles", "attachments"}, **known)
    reader.add(bulletin, given)
    told = [reader.read(Article, each) for each in _members(given, "articles")]
    articles = told if "articles" in given or not issues else begun.articles
    for each in BulletinSheet(bulletin=bulletin, articles=tuple(articles)).records():
        if isinstance(each, Article):
            reader.add(each, {})
    if serial_used(reader.workspace, bulletin):
        reader.entry.problems.append(Problem(code="serial_taken", field="serial", hint=True, facts={"title": bulletin.title()}))


def _read_named(cls: type[Record], reader: _Reader, given: Mapping[str, Json]) -> None:
    """A record of the register that needs nothing but a name."""
    record = reader.read(cls, given, _BELONGINGS)
    if not record.title().strip():
        reader.entry.problems.append(Problem(code="name_missing", field="name"))
    reader.add(record, given)


def _read_visit(reader: _Reader, given: Mapping[str, Json]) -> None:
    nested = _BELONGINGS | {"attendance", "minutes", "encounters"}
    if given.get("visit_kind") not in MEETING:
        nested |= {"issues"}  # at a reception or outside each has somebody who raised it
    today = reader.workspace.clock.today().date()
    visit = reader.read(Visit, given, nested, station=reader.workspace.author.owner, on=today)
    if not visit.visit_kind:
        reader.entry.problems.append(Problem(code="visit_kind_missing", field="visit_kind"))
    reader.entry.problems.extend(visit_day_problems(visit.on))
    reader.add(visit, given)
    for each in _members(given, "attendance"):
        reader.add(reader.read(Attendance, each, _BELONGINGS, visit=visit.id), each)
    for place, each in enumerate(_members(given, "minutes"), start=1):
        reader.add(reader.read(Speech, each, visit=visit.id, order=place), each)
    for each in _members(given, "issues") if "issues" in nested else ():
        _read_issue(reader, each, None, visit)
    for each in _members(given, "encounters"):
        _read_encounter(reader, visit, each)


def _read_encounter(reader: _Reader, visit: Visit, given: Mapping[str, Json]) -> None:
    encounter = reader.read(Encounter, given, _BELONGINGS | {"issues"}, visit=visit.id, party=Party.PERSON)
    reader.add(encounter, given)
    issues = [_read_issue(reader, each, encounter, visit) for each in _members(given, "issues")]
    check = reception_problems if visit.visit_kind == VisitKind.RECEPTION else outreach_problems
    for issue in issues or (None,):
        reader.entry.problems.extend(check(encounter, issue))


def _read_lone_issue(reader: _Reader, given: Mapping[str, Json]) -> None:
    who = given.get("encounter")
    if not isinstance(who, dict):
        encounter = record_of(reader.workspace, Encounter, str(who)) if is_id(who) else None
        _read_issue(reader, given, encounter, None)
        if encounter is None:
            reader.entry.problems.append(Problem(code="visitor_missing", field="encounter"))
        return
    met = reader.read(Encounter, who, _BELONGINGS, party=Party.PERSON)
    issue = _read_issue(reader, {name: value for name, value in given.items() if name != "encounter"}, met, None)
    reader.add(met, who)
    reader.entry.problems.extend(reception_problems(met, issue))


def _read_issue(reader: _Reader, given: Mapping[str, Json], encounter: Encounter | None, visit: Visit | None) -> Issue:
    issue = reader.read(Issue, given, _BELONGINGS, **_issue_surroundings(reader.workspace, encounter, visit))
    reader.add(issue, given)
    reader.entry.problems.extend(issue_problems(issue))
    if visit is None:  # else the day is the visit's, which was looked at
        unlikely = visit_day_problems(issue.received_on)
        reader.entry.problems.extend(replace(each, field="received_on") for each in unlikely)
    return issue


def _issue_surroundings(workspace: Workspace, encounter: Encounter | None, visit: Visit | None) -> dict[str, object]:
    """What an issue takes over from the visit and the person it belongs to."""
    known: dict[str, object] = {"station": workspace.author.owner, "state": IssueState.REGISTERED}
    known["received_on"] = visit.on if visit else workspace.clock.today().date()
    if encounter:
        known |= {"encounter": encounter.id, "confidential": encounter.confidential}
    if visit:
        source = {VisitKind.RECEPTION: Source.RECEPTION, VisitKind.OUTREACH: Source.OUTREACH}
        known |= {"visit": visit.id, "deputies": visit.deputies, "late_entry": visit.late_entry}
        known["campaign"] = visit.campaign
        known["source"] = next((word for kind, word in source.items() if kind == visit.visit_kind), Source.ACTIVITY)
    return known


def _member(given: Mapping[str, Json], name: str, wanted: type) -> Any:
    value = given.get(name)
    if value is not None and not isinstance(value, wanted):
        raise Refused("field_malformed", kind=_MANY.get(name, name), field=name, value=str(value)[:80])
    return wanted() if value is None else value


def _members(given: Mapping[str, Json], name: str) -> Iterator[Mapping[str, Json]]:
    for each in _member(given, name, list):
        if not isinstance(each, Mapping):
            raise Refused("field_malformed", kind=_MANY[name], field=name, value=str(each)[:80])
        yield each
