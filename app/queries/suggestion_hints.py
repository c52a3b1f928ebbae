"""What the writer of a suggestion is told beside the work: every hint, with the answer that was given to it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from app.domain.congress import Congress
from app.domain.hint import ANSWERED, Hint, HintAnswer
from app.domain.people import Contact, Deputy
from app.domain.raised_before import Earlier
from app.domain.step import Step
from app.domain.suggestion_hints import Signers, suggestion_hints
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id
from app.queries.attachments import files_of
from app.queries.relations import by_ids, found, member, of_id
from app.queries.repeated_topics import topic_of_draft
from app.queries.suggestion_grounds import grounds_of
from app.workspace import Workspace

Answers = Mapping[tuple[str, str], HintAnswer]


def hints_of(workspace: Workspace, sheet: SuggestionSheet) -> tuple[Hint, ...]:
    """Every hint on what stands on a sheet; an answer holds as long as the words it was about stand as they did."""
    residents = grounds_of(workspace, sheet.suggestion.issues).residents
    topic = topic_of_draft(workspace, sheet.suggestion)
    earlier = [Earlier(id=each.id, title=each.title, year=each.year, words=each.words) for each in topic.earlier]
    with workspace.reading() as connection:
        signers = _signers(workspace, connection, sheet)
        answers, files = _answers(connection, sheet.id), len(files_of(connection, sheet.id))
    return tuple(_answered(suggestion_hints(sheet, residents, signers, earlier, files), answers))


def unanswered(connection: Connection, id: Id, hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """Those of a suggestion's hints that nobody has said to keep."""
    return tuple(each for each in _answered(hints, _answers(connection, id)) if each.answer is None)


def _answered(hints: Iterable[Hint], answers: Answers) -> Iterable[Hint]:
    return (replace(each, answer=answers.get((each.code, each.digest))) for each in hints)


def _signers(workspace: Workspace, connection: Connection, sheet: SuggestionSheet) -> Signers:
    suggestion = sheet.suggestion
    lead = of_id(connection, Deputy, suggestion.lead_deputy)
    contacts = found(connection, Contact, member("of") == lead.id) if lead else []
    body = of_id(connection, Congress, suggestion.receiving_body or (lead.congress if lead else ""))
    deputies = by_ids(connection, Deputy, list({each.deputy for each in sheet.signers}))
    return Signers(
        lead=lead,
        lead_contact=next((each for each in contacts if each.phone.strip()), None),
        deputies={each.id: each for each in deputies},
        level=str(body.level) if body else "",
        on=workspace.clock.today().date(),
    )


def _answers(connection: Connection, id: Id) -> Answers:
    given = found(connection, Step, member("of") == id, member("event") == ANSWERED)
    return {(each.hint_code, each.words_digest): HintAnswer(reason=each.reason, by=each.by_name, on=each.on) for each in given}
