"""The slips residents take home from a reception: a number, and what happens next with what they raised."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection

from app.domain.chinese import long_day, week_day
from app.domain.encounter import Encounter
from app.domain.issue import Issue, Route
from app.domain.life import IssueState
from app.domain.papers import WITHHELD, PaperName
from app.domain.persons import listed_person, withheld
from app.domain.reception_papers import SlipMatter, VisitorSlip, VisitorSlips
from app.domain.values import Id, wording
from app.domain.visit import Visit
from app.errors import Refused
from app.queries.issue_words import IssueWords, issue_words
from app.queries.reception_notice import next_day_told
from app.queries.record import record
from app.queries.relations import found, member, of_id, own_station, titles
from app.queries.rota import ahead
from app.workspace import Workspace

_ANSWERED: Final = frozenset({IssueState.HANDLED, IssueState.FED_BACK, IssueState.CALLED_BACK})
_OVER: Final = frozenset({IssueState.CLOSED, IssueState.ARCHIVED})
_ELSEWHERE: Final = frozenset({Route.PETITION, Route.NOT_ACCEPTED})


def visitor_slips(workspace: Workspace, id: Id) -> VisitorSlips:
    """The slips of a visit's residents, of one resident, or of the resident behind an issue.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`, `Refused("nobody_received")`.
    """
    asked = record(workspace, id).record
    with workspace.reading() as connection:
        match asked:
            case Visit():
                people = found(connection, Encounter, member("visit") == asked.id)
            case Encounter():
                people = [asked]
            case Issue(encounter=met):
                people = [each for each in (of_id(connection, Encounter, met),) if each]
            case _:
                raise Refused("paper_other_kind", paper=PaperName.VISITOR_SLIP, kind=asked.traits.name)
        if not people:
            raise Refused("nobody_received")
        slips = _Slips(workspace, connection, issue_words(workspace, connection))
        return VisitorSlips(slips=tuple(map(slips.slip, people)))


class _Slips:
    """Makes the slips of one question to the database."""

    def __init__(self, workspace: Workspace, connection: Connection, words: IssueWords) -> None:
        self._connection = connection
        self._words = words
        self._station = own_station(workspace, connection)
        self._deputies = titles(connection, "deputy")
        self._next_day = next_day_told(ahead(connection, workspace.clock.today().date()))

    def slip(self, met: Encounter) -> VisitorSlip:
        issues = found(self._connection, Issue, member("encounter") == met.id)
        visit = of_id(self._connection, Visit, met.visit or next((each.visit for each in issues), ""))
        confidential = any(each.confidential for each in issues)
        secret = withheld(met, confidential=confidential) == WITHHELD or met.confidential or confidential
        day = visit.on if visit else next((each.received_on for each in issues), None)
        deputies = visit.deputies if visit else next((each.deputies for each in issues), ())
        return VisitorSlip(
            number=_number(met, visit, issues),
            station=self._station.name,
            person=listed_person(met, confidential=confidential),
            anonymous=met.anonymous,
            day=f"{long_day(day)}（{week_day(day)}）" if day else "",
            deputies="、".join(self._deputies.get(id, "") or "（未登记）" for id in deputies),
            matters=tuple(self._matters(met, issues, secret=secret)),
            phone=self._station.office_phone,
            place=self._station.place,
            next_day=self._next_day,
            waits=any(each.state not in _OVER and not each.on_spot_reply.strip() for each in issues) or not issues,
        )

    def _matters(self, met: Encounter, issues: Sequence[Issue], *, secret: bool) -> Iterator[SlipMatter]:
        """What was raised; where the resident asked for confidence nothing is said of what it was about."""
        for each in issues:
            yield SlipMatter(subject="" if secret else each.title(), next=self._next(each))
        if met.raised.strip() and not issues:
            settled = "已当场答复。" if met.handled_on_spot.strip() else "已登记，由联络站整理研究。"
            yield SlipMatter(subject="" if secret else met.raised.strip().partition("\n")[0], next=settled)

    def _next(self, issue: Issue) -> str:
        """What the resident may expect, by how far the issue has come."""
        if issue.state == IssueState.DECLINED or issue.route in _ELSEWHERE:
            return f"{wording(Route.NOT_ACCEPTED if issue.route not in _ELSEWHERE else issue.route)}，请按代表说明的途径办理。"
        if issue.state in _OVER or (issue.on_spot_reply.strip() and issue.state in {"", IssueState.REGISTERED}):
            return "已当场答复。" if issue.on_spot_reply.strip() else "已办结。"
        if issue.state in _ANSWERED:
            return "承办单位已有答复，由联络站告知结果。"
        if issue.state == IssueState.RAISED:
            return "已由代表提为建议，办理情况由联络站告知。"
        if issue.due_on:
            unit = self._words.unit(issue)
            return f"已交{unit or '承办单位'}办理，期限到{long_day(issue.due_on)}。"
        return f"登记后提出拟办意见，经批准交有关单位，单位在交办后{self._words.period}内办理。"


def _number(met: Encounter, visit: Visit | None, issues: Sequence[Issue]) -> str:
    """The resident's own number; of one received before numbers were given, that of the issue or the visit."""
    of_issue = next((each.number or each.source_number for each in issues), "")
    return met.number or of_issue or (visit.number if visit else "")
