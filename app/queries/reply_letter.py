"""The letter that tells a resident what became of what they raised."""

from app.domain.chinese import long_day
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.persons import withheld
from app.domain.reply_letter import ReplyLetter
from app.domain.values import Id
from app.errors import Refused
from app.queries.issue_card import issue_card
from app.queries.issue_words import issue_words
from app.queries.relations import of_id, own_station
from app.workspace import Workspace

_SOMEBODY = "来访群众"


def answered(issue: Issue) -> bool:
    """Whether there is something to tell in a letter."""
    return bool(issue.result_text.strip() or issue.on_spot_reply.strip())


def reply_letter(workspace: Workspace, id: Id) -> ReplyLetter:
    """The letter about an issue that was answered; raises `Refused("not_answered", title)`, and as `issue_card` does.

    It lies open on desks on its way: who asked for confidentiality or gave no name is addressed by the number on their slip.
    """
    issue = issue_card(workspace, id).issue
    if not answered(issue):
        raise Refused("not_answered", title=issue.title())
    with workspace.reading() as connection:
        station, words = own_station(workspace, connection), issue_words(workspace, connection)
        met = of_id(connection, Encounter, issue.encounter)
    number = (met.number if met else "") or issue.number or issue.source_number
    secret = withheld(met, confidential=issue.confidential)
    named = met.name.strip() if met and not secret else ""
    return ReplyLetter(
        station=station.name,
        number=number,
        to=named or (f"{_SOMEBODY}（{number}）" if number else _SOMEBODY),
        raised=long_day(issue.received_on),
        subject="" if secret else issue.title().strip().rstrip("。"),
        unit=words.unit(issue),
        answer=issue.result_text.strip() or issue.on_spot_reply.strip(),
        phone=station.office_phone,
        place=station.place,
        day=long_day(workspace.clock.today().date()),
    )
