"""Papers: what stands in the records, set and handed over as a PDF; that it was printed is noted in the journal (decision 2)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.domain.papers import (
    ALWAYS,
    OF_A_PERIOD,
    IssueLedger,
    PaperName,
    Printed,
    Span,
    SuggestionPaper,
    VisitLog,
    counted,
)
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id, Json
from app.errors import Refused
from app.progress import Progress
from app.queries.issue_ledger import issue_ledger
from app.queries.reception_form import reception_forms
from app.queries.suggestion_paper import paper_of, suggestion_paper
from app.queries.visit_log import visit_log
from app.use_cases.press import SetsPapers, set_here
from app.workspace import Workspace

_NOT_IN_A_FILE_NAME: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST_NAME: Final = 60  # characters, three bytes each: every file system takes 255 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which paper of what: a record's identifier, or the days of a ledger.

    `full_contact` shows telephone and address of residents whole; `substitute` prints 〓 for a character that no font has.
    """

    name: PaperName
    id: Id = ""
    span: Span = ALWAYS
    full_contact: bool = False
    substitute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as it goes to a file or a printer; `noted` says whether the journal tells of it."""

    content: bytes
    title: str
    file_name: str
    pages: int
    records: int
    noted: bool = False


def print_paper(
    workspace: Workspace,
    asked: Asked,
    hand_over: Callable[[Paper], None] = lambda paper: None,
    progress: Progress | None = None,
    press: SetsPapers = set_here,
) -> Paper:
    """Set a paper, note it, and hand it over; where `hand_over` fails nothing is noted.

    A workspace that is open for reading prints as well, for a second window must not keep a paper from a person who waits for it;
    then nothing is noted and the paper says so. Contacts in full need the note: `Refused("read_only")`.
    Raises what `composed_paper` raises.
    """
    if asked.full_contact and not workspace.writable:
        raise Refused("read_only")
    shown, paper = _composed(workspace, asked, progress, press)
    if not workspace.writable:
        hand_over(paper)
        return paper
    noted = replace(paper, noted=True)
    with workspace.writing() as books:
        for record in _contacts_shown(shown) if asked.full_contact else ():
            books.note("contact_shown", {"paper": asked.name.value}, record)
        books.note("print", _facts(asked, paper), asked.id or None)
        hand_over(noted)
    return noted


def composed_paper(workspace: Workspace, asked: Asked, progress: Progress | None = None, press: SetsPapers = set_here) -> Paper:
    """The paper as it would be printed, to be looked at: contacts masked, nothing noted.

    Raises `Refused("paper_needs_id" | "paper_takes_no_id" | "paper_takes_no_period" | "record_missing" | "paper_other_kind" |
    "not_a_reception" | "characters_missing" | "cancelled")`, `Unavailable("reference_damaged")`.
    """
    return _composed(workspace, replace(asked, full_contact=False), progress, press)[1]


def _composed(workspace: Workspace, asked: Asked, progress: Progress | None, press: SetsPapers) -> tuple[Printed, Paper]:
    _check(asked)
    shown = _QUERIES[asked.name](workspace, asked)
    pages = progress or Progress()
    content = press(shown, workspace.clock.now(), substitute=asked.substitute, progress=pages)
    paper = Paper(
        content=content,
        title=asked.name.label,
        file_name=_file_name(asked, shown),
        pages=pages.total,
        records=counted(shown),
    )
    return shown, paper


def _check(asked: Asked) -> None:
    """A ledger is of days, every other paper of a record; what does not belong to it is not passed over in silence."""
    if asked.name in OF_A_PERIOD:
        if asked.id:
            raise Refused("paper_takes_no_id", paper=asked.name)
        return
    if not asked.id:
        raise Refused("paper_needs_id", paper=asked.name)
    if asked.span != ALWAYS:
        raise Refused("paper_takes_no_period", paper=asked.name)


_QUERIES: Final[Mapping[PaperName, Callable[[Workspace, Asked], Printed]]] = {
    PaperName.RECEPTION_FORM: lambda workspace, asked: reception_forms(workspace, asked.id, full_contact=asked.full_contact),
    PaperName.VISIT_LOG: lambda workspace, asked: visit_log(workspace, asked.span),
    PaperName.ISSUE_LEDGER: lambda workspace, asked: issue_ledger(workspace, asked.span),
    PaperName.SUGGESTION: lambda workspace, asked: suggestion_paper(workspace, asked.id),
}


def _contacts_shown(shown: Printed) -> Iterator[Id]:
    for each in shown if isinstance(shown, tuple) else ():
        if each.visitor.phone or each.visitor.address:
            yield each.record


def _facts(asked: Asked, paper: Paper) -> dict[str, Json]:
    facts: dict[str, Json] = {"paper": asked.name.value, "records": paper.records, "pages": paper.pages}
    days = {"from": asked.span.first, "to": asked.span.last}
    return facts | {name: day.isoformat() for name, day in days.items() if day}


def _file_name(asked: Asked, shown: Printed) -> str:
    """A name that tells the paper apart from others of its kind, and names nobody."""
    match shown:
        case SuggestionPaper():
            told = shown.subject
        case VisitLog() | IssueLedger():
            told = "-".join(f"{day:%Y%m%d}" for day in (asked.span.first, asked.span.last) if day)
        case _:
            told = next((each.number for each in shown), "")
    whole = "-".join(part for part in (asked.name.label, _NOT_IN_A_FILE_NAME.sub("_", told).strip(" .")) if part)
    return f"{whole[:_LONGEST_NAME]}.pdf"


def previewed_suggestion(workspace: Workspace, sheet: SuggestionSheet, press: SetsPapers = set_here) -> bytes:
    """The official form as it stands on the desk, saved or not; nothing is noted. Characters no font has show as 〓.

    Raises `Unavailable("reference_damaged")`.
    """
    shown = paper_of(workspace, sheet.suggestion, sheet.signers)
    return press(shown, workspace.clock.today(), substitute=True, progress=Progress())
