"""Papers: what stands in the records, set and handed over as a PDF; that it was printed is noted in the journal (decision 2)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from app.changes import Changes
from app.domain.batch import MOST, Batch, BatchedPaper, LeftOut
from app.domain.issue_papers import CallBackRecord
from app.domain.numbering import ACTIVITY, OUTREACH, VISITOR
from app.domain.paper_code import House, PrintMark
from app.domain.papers import ALWAYS, ANONYMOUS, WITHHELD, AskedBy, BlankForms, PaperName, Shown, Span, Trait
from app.domain.privacy import Privacy
from app.domain.reception_papers import CallBackList, ReceptionForms, ReceptionNotice
from app.domain.rights import Right
from app.domain.ruler_sheet import RulerSheet
from app.domain.slip_papers import AssignmentSlip
from app.domain.suggestion_papers import SuggestionSheets
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id, Json
from app.errors import Refused
from app.progress import Progress
from app.queries.activity_papers import activity_minutes, activity_record, attendance_sheet
from app.queries.archive import archive
from app.queries.award_ledger import award_ledger
from app.queries.blank_forms import blank_forms
from app.queries.bulletins import bulletin_paper
from app.queries.call_backs import call_back_list
from app.queries.campaign_paper import campaign_paper
from app.queries.commitment_ledger import commitment_ledger
from app.queries.compendium import compendium
from app.queries.delivery_note import delivery_note
from app.queries.deputy_cards import deputy_cards
from app.queries.deputy_dossier import deputy_dossier
from app.queries.exchange_statement import exchange_statement
from app.queries.handling_ledger import handling_ledger
from app.queries.issue_ledger import issue_ledger
from app.queries.issue_papers import call_back_record, issue_record, public_sheet
from app.queries.points_papers import points_ledger, points_summary
from app.queries.posters import deputy_poster, station_poster
from app.queries.prints import prints_before
from app.queries.project_papers import project_ballot, project_progress
from app.queries.reception_form import reception_forms
from app.queries.reception_notice import duty_rota, reception_notice
from app.queries.relations import own_station
from app.queries.reply_letter import reply_letter
from app.queries.rights import check_may
from app.queries.slips import assignment_slip, feedback_slip
from app.queries.station_checks import check_ledger
from app.queries.station_ledgers import activity_ledger, attendance_ledger, outreach_ledger, reception_ledger
from app.queries.station_report import station_report
from app.queries.suggestion_ledger import suggestion_ledger
from app.queries.suggestion_paper import paper_of, suggestion_paper
from app.queries.suggestion_sheets import suggestion_sheets
from app.queries.visit_log import visit_log
from app.queries.visitor_slips import visitor_slips
from app.storage.outbox import Outbox
from app.storage.transaction import Transaction
from app.use_cases.attachment_pages import attachment_pages
from app.use_cases.numbering import next_numbers, reserve
from app.use_cases.press import SetsPapers, set_here
from app.use_cases.rota import mark_announced
from app.use_cases.trust import body_trusted, contact_travels
from app.workspace import Workspace

_NOT_IN_A_FILE_NAME: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST_NAME: Final = 60  # characters, three bytes each: every file system takes 255 bytes
_PREFIXES: Final = {
    PaperName.BLANK_ACTIVITY_RECORD: ACTIVITY,
    PaperName.BLANK_RECEPTION_FORM: VISITOR,
    PaperName.BLANK_OUTREACH_FORM: OUTREACH,
}
"""The series of which each blank form takes its numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which paper of what: a record's identifier, the days of a ledger, or so many copies of a blank form.

    `ids` are the records of a paper of several, or a list of which each gets its own; `numbers` those of blank forms that were
    reserved already, or the sealed numbers that a note goes with. `privacy` says how residents are named; `wordless` leaves out
    what they said and who they are, `substitute` prints 〓 for a character that no font has.
    """

    name: PaperName
    id: Id = ""
    ids: tuple[Id, ...] = ()
    span: Span = ALWAYS
    copies: int = 1
    numbers: tuple[str, ...] = ()
    privacy: Privacy = Privacy.USUAL
    wordless: bool = False
    substitute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as it goes to a file or a printer; `noted` says whether the journal tells of it, `changes` what it changed.

    `left_out` are the records of a list that have no such paper.
    """

    content: bytes
    title: str
    file_name: str
    pages: int
    records: int
    noted: bool = False
    changes: Changes = Changes.NOTHING
    left_out: tuple[LeftOut, ...] = ()


def print_paper(
    workspace: Workspace,
    asked: Asked,
    hand_over: Callable[[Paper], None] = lambda paper: None,
    progress: Progress | None = None,
    press: SetsPapers = set_here,
) -> Paper:
    """Set a paper, note it, and hand it over; where `hand_over` fails nothing is noted.

    A workspace that is open for reading prints as well, for a second window must not keep a paper from a person who waits for it;
    then nothing is noted and the paper says so. Contacts in full need the note, blank forms their numbers, which are reserved
    before they are set: `Refused("read_only")`. A notice of reception days that was printed is out.
    Raises what `composed_paper` raises, and `Refused("not_allowed")` where contacts in full are not for the operator.
    """
    if asked.name.asked_by is AskedBy.NUMBERS and not workspace.writable:
        raise Refused("read_only")
    check_privacy(workspace, asked.privacy)
    if asked.name.asked_by is AskedBy.NUMBERS and not asked.numbers:
        _check(asked)
        asked = replace(asked, numbers=reserve(workspace, _PREFIXES[asked.name], asked.copies))
    shown, paper = _composed(workspace, asked, progress, press)
    if not workspace.writable:
        hand_over(paper)
        return paper
    with workspace.writing() as books:
        noted = replace(paper, noted=True, changes=_announced(workspace, books, shown))
        for one, of in _each(asked, shown):
            for record in _people_shown(one, of) if asked.privacy is Privacy.FULL else ():
                books.note("contact_shown", {"paper": asked.name.value}, record)
            books.note("print", {**facts_of(one), "records": of.records, "pages": paper.pages}, one.id or None)
        hand_over(noted)
    return noted


def _each(asked: Asked, shown: Shown) -> Iterator[tuple[Asked, Shown]]:
    """Every paper of a file, each as it would be asked for alone."""
    if isinstance(shown, Batch):
        yield from ((replace(asked, id=each.record, ids=()), each.shown) for each in shown.papers)
    else:
        yield asked, shown


def composed_paper(
    workspace: Workspace,
    asked: Asked,
    progress: Progress | None = None,
    press: SetsPapers = set_here,
    house: House | None = None,
) -> Paper:
    """The paper as it would be printed, to be looked at: contacts masked, nothing noted; by another `house` where one is tried.

    Raises `Refused("paper_needs_id" | "paper_needs_ids" | "paper_needs_packages" | "paper_needs_id_or_period")`,
    `Refused("paper_takes_no_id" | "paper_takes_no_ids" | "paper_takes_no_period")`, the same of copies and of anything,
    `Refused("record_missing" | "paper_other_kind" | "package_missing" | "copies_unusual" | "characters_missing" | "cancelled")`,
    `Refused("nothing_planned" | "nobody_received" | "not_a_reception" | "nobody_in_register" | "not_assigned")`,
    `Refused("not_answered" | "nothing_attached" | "nothing_to_archive" | "archive_too_large" | "bulletin_other_paper")`,
    `Unavailable("reference_damaged")`.
    """
    looked_at = replace(asked, privacy=Privacy.USUAL) if asked.privacy is Privacy.FULL else asked
    return _composed(workspace, looked_at, progress, press, house)[1]


def check_privacy(workspace: Workspace, privacy: Privacy) -> None:
    """What names residents in full needs the note in the journal, and somebody who may see contacts.

    Raises `Refused("read_only")`, `Refused("not_allowed")`.
    """
    if privacy is Privacy.FULL:
        if not workspace.writable:
            raise Refused("read_only")
        check_may(workspace, Right.CONTACTS)


def shown_on(workspace: Workspace, asked: Asked, progress: Progress | None = None) -> Shown:
    """What stands on a paper, contacts as they were asked for; raises what `composed_paper` raises before it is set."""
    _check(asked)
    if asked.ids and asked.name.asked_by is not AskedBy.RECORDS:
        return _batch(workspace, asked, progress or Progress())
    return _QUERIES[asked.name](workspace, asked)


def _composed(
    workspace: Workspace, asked: Asked, progress: Progress | None, press: SetsPapers, house: House | None = None
) -> tuple[Shown, Paper]:
    pages = progress or Progress()
    shown = shown_on(workspace, asked, pages)
    content = press(
        shown, workspace.clock.now(), substitute=asked.substitute, progress=pages, mark=_mark(workspace, asked, house)
    )
    paper = Paper(
        content=content,
        title=asked.name.label,
        file_name=_file_name(asked, shown),
        pages=pages.total,
        records=shown.records,
        left_out=shown.left_out if isinstance(shown, Batch) else (),
    )
    return shown, paper


def _batch(workspace: Workspace, asked: Asked, progress: Progress) -> Batch:
    """A paper of each record, in their order; one that has none is left out with the reason.

    Raises `Refused("batch_large", records, most)`, `Refused("batch_empty")`, `Refused("cancelled")` between two of them.
    """
    if len(asked.ids) > MOST:
        raise Refused("batch_large", records=len(asked.ids), most=MOST)
    papers: list[BatchedPaper] = []
    left_out: list[LeftOut] = []
    progress.total = len(asked.ids)
    for id in asked.ids:
        one = replace(asked, id=id, ids=())
        try:
            papers.append(BatchedPaper(record=id, nth=_times(workspace, one), shown=_QUERIES[asked.name](workspace, one)))
        except Refused as refused:
            left_out.append(LeftOut(record=id, code=refused.code, facts=refused.facts))
        progress.advance()
    if not papers:
        raise Refused("batch_empty")
    progress.step = 0
    return Batch(papers=tuple(papers), left_out=tuple(left_out))


def _times(workspace: Workspace, asked: Asked) -> int:
    """For which time a paper is printed: what was only looked at does not count."""
    with workspace.reading() as connection:
        return prints_before(connection, asked.name.value, asked.id or None, _days_told(asked)) + 1


def _mark(workspace: Workspace, asked: Asked, house: House | None) -> PrintMark:
    """When it is printed, and for which time."""
    nth = _times(workspace, asked)
    with workspace.reading() as connection:
        line = Outbox(connection).newest_line()
        known = house or own_station(workspace, connection).house()
    return PrintMark(seat=workspace.author.by, line=line, nth=nth, record=asked.id, house=known)


def _announced(workspace: Workspace, books: Transaction, shown: Shown) -> Changes:
    """What is handed over may be put up: the days on a notice are announced from now on."""
    if not isinstance(shown, ReceptionNotice):
        return Changes.NOTHING
    return mark_announced(books, [each.record for each in shown.days], workspace.clock.today().date())


def _blank(workspace: Workspace, asked: Asked) -> BlankForms:
    numbers = asked.numbers or next_numbers(workspace, _PREFIXES[asked.name], asked.copies)
    return blank_forms(workspace, asked.name, numbers)


_OF_RECORDS: Final = frozenset({AskedBy.RECORD, AskedBy.RECORD_OR_NOTHING, AskedBy.RECORD_AND_PERIOD})
"""Papers of one record, of which a list of them can be printed at one go."""


def _check(asked: Asked) -> None:
    """What does not belong to a paper is not passed over in silence: a ledger is of days, most others are of a record."""
    by, of_days = asked.name.asked_by, asked.span != ALWAYS
    if asked.privacy is not Privacy.USUAL and Trait.PEOPLE not in asked.name.traits:
        raise Refused("paper_names_nobody", paper=asked.name)
    if asked.copies != 1 and by is not AskedBy.NUMBERS:
        raise Refused("paper_takes_no_copies", paper=asked.name)
    if bool(asked.ids) != (by is AskedBy.RECORDS) and not (asked.ids and not asked.id and by in _OF_RECORDS):
        raise Refused("paper_needs_ids" if by is AskedBy.RECORDS else "paper_takes_no_ids", paper=asked.name)
    if by is AskedBy.PACKAGES and not asked.numbers:
        raise Refused("paper_needs_packages", paper=asked.name)
    if by in {AskedBy.PACKAGES, AskedBy.NOTHING} and (asked.id or of_days):
        raise Refused("paper_takes_nothing", paper=asked.name)
    if by is AskedBy.RECORD_OR_PERIOD and bool(asked.id) == of_days:
        raise Refused("paper_needs_id_or_period", paper=asked.name)
    if by in {AskedBy.PERIOD, AskedBy.NUMBERS} and asked.id:
        raise Refused("paper_takes_no_id", paper=asked.name)
    if by in {AskedBy.RECORD, AskedBy.RECORD_AND_PERIOD} and not (asked.id or asked.ids):
        raise Refused("paper_needs_id", paper=asked.name)
    if by in {AskedBy.RECORD, AskedBy.RECORD_OR_NOTHING, AskedBy.NUMBERS} and of_days:
        raise Refused("paper_takes_no_period", paper=asked.name)


def _sheets(workspace: Workspace, asked: Asked) -> SuggestionSheets:
    return suggestion_sheets(workspace, asked.name, asked.id)


_QUERIES: Final[Mapping[PaperName, Callable[[Workspace, Asked], Shown]]] = {
    PaperName.RECEPTION_FORM: lambda workspace, asked: reception_forms(workspace, asked.id, asked.privacy),
    PaperName.VISIT_LOG: lambda workspace, asked: visit_log(workspace, asked.span),
    PaperName.RECEPTION_LEDGER: lambda workspace, asked: reception_ledger(workspace, asked.span, asked.privacy),
    PaperName.OUTREACH_LEDGER: lambda workspace, asked: outreach_ledger(workspace, asked.span, asked.privacy),
    PaperName.ACTIVITY_LEDGER: lambda workspace, asked: activity_ledger(workspace, asked.span),
    PaperName.ATTENDANCE_LEDGER: lambda workspace, asked: attendance_ledger(workspace, asked.span),
    PaperName.ISSUE_LEDGER: lambda workspace, asked: issue_ledger(workspace, asked.span, asked.privacy),
    PaperName.HANDLING_LEDGER: lambda workspace, asked: handling_ledger(workspace, asked.span),
    PaperName.ISSUE_RECORD: lambda workspace, asked: issue_record(workspace, asked.id, asked.privacy),
    PaperName.REPLY_LETTER: lambda workspace, asked: reply_letter(workspace, asked.id),
    PaperName.ATTACHMENT_PAGES: lambda workspace, asked: attachment_pages(workspace, asked.id),
    PaperName.CALL_BACK_RECORD: lambda workspace, asked: call_back_record(workspace, asked.id, asked.privacy),
    PaperName.STATION_REPORT: lambda workspace, asked: station_report(workspace, asked.span),
    PaperName.PUBLIC_SHEET: lambda workspace, asked: public_sheet(workspace, asked.span),
    PaperName.STATION_POSTER: lambda workspace, asked: station_poster(workspace),
    PaperName.DEPUTY_POSTER: lambda workspace, asked: deputy_poster(workspace, asked.id),
    PaperName.COMPENDIUM: lambda workspace, asked: compendium(workspace, asked.ids),
    PaperName.SUGGESTION: lambda workspace, asked: suggestion_paper(workspace, asked.id),
    PaperName.RECEPTION_NOTICE: lambda workspace, asked: reception_notice(workspace, asked.id, asked.span),
    PaperName.DUTY_ROTA: lambda workspace, asked: duty_rota(workspace, asked.span),
    PaperName.VISITOR_SLIP: lambda workspace, asked: visitor_slips(workspace, asked.id),
    PaperName.CALL_BACK_LIST: lambda workspace, asked: call_back_list(workspace, asked.span, asked.privacy),
    PaperName.ACTIVITY_RECORD: lambda workspace, asked: activity_record(workspace, asked.id),
    PaperName.ACTIVITY_MINUTES: lambda workspace, asked: activity_minutes(workspace, asked.id),
    PaperName.ATTENDANCE_SHEET: lambda workspace, asked: attendance_sheet(workspace, asked.id),
    PaperName.CAMPAIGN_TABLE: lambda workspace, asked: campaign_paper(workspace, asked.id),
    PaperName.BLANK_ACTIVITY_RECORD: _blank,
    PaperName.ASSIGNMENT_SLIP: lambda workspace, asked: assignment_slip(
        workspace, asked.id, asked.privacy, wordless=asked.wordless
    ),
    PaperName.FEEDBACK_SLIP: lambda workspace, asked: feedback_slip(workspace, asked.id),
    PaperName.BLANK_RECEPTION_FORM: _blank,
    PaperName.BLANK_OUTREACH_FORM: _blank,
    PaperName.PROJECT_BALLOT: lambda workspace, asked: project_ballot(workspace, asked.span),
    PaperName.PROJECT_PROGRESS: lambda workspace, asked: project_progress(workspace, asked.span),
    PaperName.DEPUTY_DOSSIER: lambda workspace, asked: deputy_dossier(workspace, asked.id, asked.span),
    PaperName.DEPUTY_CARDS: lambda workspace, asked: deputy_cards(workspace),
    PaperName.COSIGNATURE_PAGE: _sheets,
    PaperName.COSIGNING_CALL: _sheets,
    PaperName.REVIEW_NOTICE: _sheets,
    PaperName.SUGGESTION_SLIP: _sheets,
    PaperName.REPLY_SHEET: _sheets,
    PaperName.EVALUATION_FORM: _sheets,
    PaperName.RETURN_APPLICATION: _sheets,
    PaperName.EXTENSION_APPLICATION: _sheets,
    PaperName.WITHDRAWAL_APPLICATION: _sheets,
    PaperName.SUGGESTION_LEDGER: lambda workspace, asked: suggestion_ledger(workspace, asked.span),
    PaperName.COMMITMENT_LEDGER: lambda workspace, asked: commitment_ledger(workspace, asked.span),
    PaperName.POINTS_LEDGER: lambda workspace, asked: points_ledger(workspace, asked.span),
    PaperName.POINTS_SUMMARY: lambda workspace, asked: points_summary(workspace, asked.span),
    PaperName.CHECK_LEDGER: lambda workspace, asked: check_ledger(workspace, asked.span),
    PaperName.AWARD_LEDGER: lambda workspace, asked: award_ledger(workspace, asked.span),
    PaperName.DELIVERY_NOTE: lambda workspace, asked: delivery_note(workspace, asked.numbers, body_trusted(workspace)),
    PaperName.BULLETIN: lambda workspace, asked: bulletin_paper(workspace, asked.name, asked.id),
    PaperName.OPINION_REPORT: lambda workspace, asked: bulletin_paper(workspace, asked.name, asked.id),
    PaperName.ARCHIVE: lambda workspace, asked: archive(workspace, asked.span, asked.privacy),
    PaperName.STATEMENT: lambda workspace, asked: exchange_statement(workspace, asked.span, contact=contact_travels(workspace)),
}


_BY_RECORD: Final = frozenset(
    {PaperName.CALL_BACK_LIST, PaperName.CALL_BACK_RECORD, PaperName.ASSIGNMENT_SLIP, PaperName.RECEPTION_FORM}
)
"""Papers that show contacts: it is noted whose."""


def _people_shown(asked: Asked, shown: Shown) -> Iterator[Id | None]:
    """The records whose people stand on a paper in full; of a ledger it is noted once."""
    if asked.name not in _BY_RECORD:
        yield asked.id or None
    if isinstance(shown, CallBackList):
        yield from dict.fromkeys(
            line.record for group in shown.groups for line in group.lines if any(map(str.isdigit, line.phone))
        )
    if isinstance(shown, CallBackRecord) and any(map(str.isdigit, shown.phone)):
        yield shown.record
    if isinstance(shown, AssignmentSlip) and shown.raised_by not in {"", ANONYMOUS, WITHHELD}:
        yield shown.record
    for each in shown.forms if isinstance(shown, ReceptionForms) else ():
        if each.visitor.phone or each.visitor.address:
            yield each.record


def facts_of(asked: Asked) -> dict[str, Json]:
    """What the journal tells of what was asked for."""
    facts: dict[str, Json] = {"paper": asked.name.value}
    if asked.privacy is not Privacy.USUAL:
        facts["privacy"] = asked.privacy.value
    return facts | _days_told(asked)


def _days_told(asked: Asked) -> dict[str, Json]:
    """The days or numbers it is of."""
    days = {"from": asked.span.first, "to": asked.span.last}
    numbers: dict[str, Json] = {"first": asked.numbers[0], "last": asked.numbers[-1]} if asked.numbers else {}
    return numbers | {name: day.isoformat() for name, day in days.items() if day}


def _file_name(asked: Asked, shown: Shown) -> str:
    """A name that tells the paper apart from others of its kind, and names nobody."""
    told = shown.told or _days(asked.span)
    whole = "-".join(part for part in (asked.name.label, _NOT_IN_A_FILE_NAME.sub("_", told).strip(" .")) if part)
    return f"{whole[:_LONGEST_NAME]}.pdf"


def _days(span: Span) -> str:
    return "-".join(f"{day:%Y%m%d}" for day in (span.first, span.last) if day)


def ruler_sheet(workspace: Workspace, press: SetsPapers = set_here) -> bytes:
    """The sheet by which one measures where a printer prints; nothing is noted."""
    with workspace.reading() as connection:
        station = own_station(workspace, connection).name
    return press(RulerSheet(station=station), workspace.clock.now(), substitute=True, progress=Progress())


def previewed_suggestion(workspace: Workspace, sheet: SuggestionSheet, press: SetsPapers = set_here) -> bytes:
    """The official form as it stands on the desk, saved or not; nothing is noted. Characters no font has show as 〓.

    Raises `Unavailable("reference_damaged")`.
    """
    shown = paper_of(workspace, sheet.suggestion, sheet.signers)
    return press(shown, workspace.clock.today(), substitute=True, progress=Progress())
