"""The registration forms of a reception: one for each resident received, with what they raised and what became of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func

from app.domain.attachment import Attachment
from app.domain.chinese import hours, long_day, short_day, week_day
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.papers import PaperName
from app.domain.people import Contact
from app.domain.privacy import Privacy
from app.domain.reception_papers import Matter, ReceptionForm, ReceptionForms
from app.domain.values import Id, wording
from app.domain.visit import MeetingWay, Visit, VisitKind
from app.errors import Refused
from app.queries.attendance import checked_in, people_there
from app.queries.issue_words import IssueWords, issue_words, joined, result_told
from app.queries.naming import Naming
from app.queries.record import record
from app.queries.relations import found, member, of_id, own_station, titles
from app.storage.tables import CurrentRow
from app.workspace import Workspace

_WAYS = {"phone": MeetingWay.PHONE, "qr": MeetingWay.QR, "letter": MeetingWay.LETTER, "online": MeetingWay.ONLINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reception:
    """One resident's part of a visit; `visit` or `encounter` may be missing, never both with the issues."""

    visit: Visit | None
    encounter: Encounter | None
    issues: tuple[Issue, ...]


def reception_forms(workspace: Workspace, id: Id, privacy: Privacy = Privacy.USUAL) -> ReceptionForms:
    """The forms of a reception, of one resident, or of the resident behind one issue; a reception without residents gives one.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`, `Refused("not_a_reception", visit_kind)`.
    """
    asked = record(workspace, id).record
    with workspace.reading() as connection:
        match asked:
            case Visit():
                receptions = list(_of_visit(connection, asked))
            case Encounter():
                receptions = [_of_encounter(connection, asked)]
            case Issue(encounter=met):
                resident = of_id(connection, Encounter, met)
                visit = of_id(connection, Visit, asked.visit)
                alone = _Reception(visit=visit, encounter=None, issues=(asked,))
                receptions = [_of_encounter(connection, resident) if resident else alone]
            case _:
                raise Refused("paper_other_kind", paper=PaperName.RECEPTION_FORM, kind=asked.traits.name)
        naming = Naming(connection, privacy)
        forms = _Forms(workspace, connection, issue_words(workspace, connection), naming)
        return naming.silent(ReceptionForms(forms=tuple(map(forms.form, receptions))))


def _of_visit(connection: Connection, visit: Visit) -> Iterator[_Reception]:
    issues = found(connection, Issue, member("visit") == visit.id)
    residents = found(connection, Encounter, member("visit") == visit.id)
    known = {each.id for each in residents}
    for resident in residents:
        raised = tuple(each for each in issues if each.encounter == resident.id)
        yield _Reception(visit=visit, encounter=resident, issues=raised)
    nobodys = tuple(each for each in issues if each.encounter not in known)
    if nobodys or not residents:
        yield _Reception(visit=visit, encounter=None, issues=nobodys)


def _of_encounter(connection: Connection, resident: Encounter) -> _Reception:
    issues = found(connection, Issue, member("encounter") == resident.id)
    visit = of_id(connection, Visit, resident.visit or next((each.visit for each in issues), ""))
    return _Reception(visit=visit, encounter=resident, issues=tuple(issues))


class _Forms:
    """Makes the forms of one question to the database."""

    def __init__(self, workspace: Workspace, connection: Connection, words: IssueWords, naming: Naming) -> None:
        self._connection = connection
        self._naming = naming
        self._words = words
        self._station = own_station(workspace, connection).name
        self._deputies = titles(connection, "deputy")

    def form(self, told: _Reception) -> ReceptionForm:
        visit, met, issues = told.visit, told.encounter, told.issues
        if visit and visit.visit_kind != VisitKind.RECEPTION:
            raise Refused("not_a_reception", visit_kind=visit.visit_kind)
        confidential = any(each.confidential for each in issues)
        first = issues[0] if issues else None
        day = visit.on if visit else first.received_on if first else None
        return ReceptionForm(
            record=met.id if met else visit.id if visit else issues[0].id,
            station=self._station,
            number=met.number if met and met.number else visit.number if visit else first.number if first else "",
            day=f"{long_day(day)}（{week_day(day)}）" if day else "",
            hours=hours(visit.starts, visit.ends) if visit else hours(first.received_at if first else None, None),
            place=visit.place if visit else "",
            way=wording(visit.way) if visit else wording(_WAYS.get(first.source if first else "", "")),
            deputies="、".join(self._there(visit, issues)),
            recorder=visit.recorder if visit else "",
            visitor=self._naming.visitor(met, self._contact(met), confidential=confidential),
            matters=tuple(self._matters(met, issues)),
        )

    def _there(self, visit: Visit | None, issues: Iterable[Issue]) -> Iterator[str]:
        if visit is None:
            ids = dict.fromkeys(id for each in issues for id in each.deputies)
            return people_there(ids, (), self._deputies)
        checked = checked_in(self._connection, CurrentRow.id == visit.id).get(visit.id, ())
        return people_there(visit.deputies, checked, self._deputies)

    def _contact(self, met: Encounter | None) -> Contact | None:
        return next(iter(found(self._connection, Contact, member("of") == met.id)), None) if met else None

    def _matters(self, met: Encounter | None, issues: Sequence[Issue]) -> Iterator[Matter]:
        """The issues; what the line of the resident says besides comes first."""
        raised, settled = (met.raised.strip(), met.handled_on_spot.strip()) if met else ("", "")
        told = [self._matter(each) for each in issues]
        if any(raised in f"{each.subject}\n{each.words}" for each in told):
            raised = ""
        if len(told) == 1 and not raised and not told[0].on_spot_reply:
            told, settled = [replace(told[0], on_spot_reply=settled)], ""
        if raised or settled:
            yield Matter(words=raised, on_spot_reply=settled)
        yield from told

    def _matter(self, issue: Issue) -> Matter:
        words = self._words
        return Matter(
            number=issue.number,
            subject=issue.subject,
            words=issue.words,
            purpose=wording(issue.purpose),
            category=words.category(issue),
            urgency=wording(issue.urgency),
            units="、".join(issue.units_concerned),
            attachments=self._files(issue.id),
            on_spot_reply=issue.on_spot_reply,
            proposed=_signed(issue.proposed_handling, issue.proposed_by, short_day(issue.proposed_on)),
            approved=_signed(issue.approval, issue.approved_by, short_day(issue.approved_on)),
            route=wording(issue.route),
            unit=words.unit(issue),
            due=words.due(issue),
            result=result_told(issue) if issue.result or issue.result_text else "",
            feedback=_signed(issue.feedback, wording(issue.feedback_way), short_day(issue.feedback_on)),
            call_back=joined(short_day(issue.call_back_on), wording(issue.call_back_way), issue.call_back_by),
            satisfaction=wording(issue.satisfaction),
            archive=issue.archive_number,
        )

    def _files(self, issue: Id) -> str:
        named = func.coalesce(CurrentRow.title, "") != ""
        names = [each.name for each in found(self._connection, Attachment, member("of") == issue, named)]
        return f"{len(names)}件：{'、'.join(names)}" if names else ""


def _signed(text: str, *by: str) -> str:
    """A text, and in a line of its own who said it and when."""
    told = f"（{joined(*by)}）" if any(by) else ""
    return "\n".join(part for part in (text, told) if part)
