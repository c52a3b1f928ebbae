"""Bulletins and special reports: begun, written, saved, removed; a special report on the ground of chosen issues."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from app.changes import Changes
from app.domain.bulletin import (
    MASTHEADS,
    Article,
    Bulletin,
    BulletinKind,
    BulletinSheet,
    bulletin_drafted,
    bulletin_problems,
    serial_taken,
    serials_after,
)
from app.domain.chinese import long_day, numeral
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.personal_data import blotted
from app.domain.persons import withheld
from app.domain.problems import stop_at
from app.domain.records import Record
from app.domain.station import Station
from app.domain.values import Id
from app.errors import Refused
from app.progress import Progress
from app.queries.bulletins import bulletin_sheet, bulletins_of, shown_bulletin
from app.queries.relations import by_ids, of_id, own_station
from app.queries.rights import check_seen
from app.storage import drafts as kept_drafts
from app.storage.records import Stored
from app.use_cases.drafts import drafts
from app.use_cases.press import SetsPapers, set_here
from app.use_cases.suggestion_files import WordFile, hand_over_word, word_name
from app.workspace import Workspace

DRAFT: Final = Bulletin.traits.name
"""The kind of a draft kept on the desk of bulletins."""
_END_OF_TITLE: Final = "。！？；，,.!?; \u3000"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedBulletin:
    """What was saved or removed; `taken` where another one has its number already, `title` is its own."""

    id: Id
    title: str
    taken: bool = False
    changes: Changes = Changes.ISSUES


def new_bulletin(workspace: Workspace, kind: str = BulletinKind.BULLETIN, issues: Sequence[Id] = ()) -> BulletinSheet:
    """A bulletin of today to be written, not saved yet: the next number, all else that stays the same as in the last one.

    Its first article tells of the chosen issues in residents' own words, without names and numbers (domain brief 5.3).
    Raises `Refused("record_missing")`, and as `check_seen` does.
    """
    today, new_id = workspace.clock.today().date(), workspace.clock.new_id
    with workspace.reading() as connection:
        earlier, station = bulletins_of(connection, kind), own_station(workspace, connection)
        grounds = by_ids(connection, Issue, tuple(dict.fromkeys(issues)))
        if len(grounds) < len(set(issues)):
            raise Refused("record_missing", kind=Issue.traits.name, id="")
        for each in grounds:
            check_seen(connection, workspace.author.op, each)
        raised = [(each, of_id(connection, Encounter, each.encounter)) for each in grounds]
    serial, total = serials_after(earlier, today.year)
    last = earlier[-1] if earlier else _first(kind, station)
    bulletin = Bulletin(
        id=new_id(),
        bulletin_kind=kind,
        station=workspace.author.owner,
        masthead=last.masthead,
        serial=serial,
        serial_total=total,
        publisher=last.publisher,
        published_on=today,
        recipients=last.recipients,
        editor=last.editor,
        reached_by=last.reached_by,
        approval_number=last.approval_number,
        issues=tuple(each.id for each in grounds),
    )
    article = Article(id=new_id(), heading=_heading(grounds), text=_told(raised), contributor=station.name)
    return BulletinSheet(bulletin=bulletin, articles=(article,))


def save_bulletin(workspace: Workspace, sheet: BulletinSheet) -> SavedBulletin:
    """Save a bulletin with its articles, or nothing; articles it holds no more are removed, its draft is forgotten.

    Raises `Refused("incomplete", problems)`, `Refused("stale", id, seen, stands)` where somebody changed it meanwhile.
    """
    stop_at(bulletin_problems(sheet))
    records: list[Record] = list(sheet.records())
    gone = set(sheet.heads).difference(each.id for each in records)
    with workspace.writing() as books:
        for id in gone:
            _check_unchanged(books.records.find(id), sheet.heads[id])
        books.records.save_all(records, seen=sheet.heads)
        books.records.remove(gone)
        others = bulletins_of(books.connection, sheet.bulletin.bulletin_kind)
        kept_drafts.discard(books.connection, draft_key(sheet.id), workspace.author.op)
    return SavedBulletin(id=sheet.id, title=sheet.bulletin.title(), taken=serial_taken(sheet.bulletin, others))


def serial_used(workspace: Workspace, bulletin: Bulletin) -> bool:
    """Whether another one of its kind and year has its number."""
    with workspace.reading() as connection:
        return serial_taken(bulletin, bulletins_of(connection, bulletin.bulletin_kind))


def remove_bulletin(workspace: Workspace, id: Id) -> SavedBulletin:
    """Remove a bulletin with its articles; raises `Refused("record_missing")`."""
    sheet = bulletin_sheet(workspace, id)
    with workspace.writing() as books:
        books.records.remove(sheet.heads)
    return SavedBulletin(id=sheet.id, title=sheet.bulletin.title())


def previewed_bulletin(workspace: Workspace, sheet: BulletinSheet, press: SetsPapers = set_here) -> bytes:
    """The bulletin as it stands on the desk, saved or not; nothing is noted. Characters no font has show as 〓."""
    return press(shown_bulletin(sheet), workspace.clock.today(), substitute=True, progress=Progress())


def write_bulletin_word(workspace: Workspace, id: Id, hand_over: Callable[[WordFile], None]) -> WordFile:
    """Hand a saved bulletin over as .docx, noted as a print is; raises `Refused("record_missing")`."""
    from app.documents.bulletin_word import bulletin_word  # its library takes a moment to load

    paper = shown_bulletin(bulletin_sheet(workspace, id))
    made = WordFile(content=bulletin_word(paper, workspace.clock.now()), file_name=word_name(paper.told))
    return hand_over_word(workspace, paper.name, id, made, hand_over)


# --- what a new one begins with -----------------------------------------------------------------------------------------


def _first(kind: str, station: Station) -> Bulletin:
    """What the first one of a kind takes over."""
    return Bulletin(id=station.id, masthead=MASTHEADS.get(kind, ""), publisher=station.name)


def _heading(grounds: Sequence[Issue]) -> str:
    if not grounds:
        return ""
    first = _subject(grounds[0])
    return f"关于{first}的情况反映" if len(grounds) == 1 else f"关于{first}等{len(grounds)}件群众意见的情况反映"


def _subject(issue: Issue, person: Encounter | None = None) -> str:
    return blotted(issue.title(), _names(person)).partition("\n")[0].rstrip(_END_OF_TITLE)


def _told(raised: Sequence[tuple[Issue, Encounter | None]]) -> str:
    """The issues one after the other, each under a heading where they are several."""
    lines: list[str] = []
    for place, (issue, person) in enumerate(raised, start=1):
        lines += [f"{numeral(place)}、{_subject(issue, person)}"] if len(raised) > 1 else []
        lines += [f"{_when_and_where(issue, person)}：{_plain(issue.words or issue.title(), person)}"]
        if answer := issue.result_text or issue.on_spot_reply:
            lines.append(f"办理情况：{_plain(answer, person)}")
    return "\n".join(lines)


def _when_and_where(issue: Issue, person: Encounter | None) -> str:
    """Whence it comes, and never from whom: of who asked for confidence not even the village."""
    village = "" if person is None or withheld(person, confidential=issue.confidential) else person.village
    day = long_day(issue.received_on)
    return f"{day}，{village}群众反映" if day else f"{village}群众反映"


def _plain(words: str, person: Encounter | None) -> str:
    return blotted("\n".join(line.strip() for line in words.strip().splitlines() if line.strip()), _names(person))


def _names(person: Encounter | None) -> tuple[str, ...]:
    return (person.name,) if person else ()


# --- what is typed and not saved yet ------------------------------------------------------------------------------------


def draft_key(id: Id) -> str:
    """The name under which the draft of a bulletin is kept."""
    return f"{DRAFT}:{id}"


def unsaved_bulletin(workspace: Workspace, key: str) -> BulletinSheet | None:
    """What was kept under this key; nothing where it is no bulletin, or one this program cannot read."""
    kept = next((each for each in drafts(workspace) if each.key == key and each.kind == DRAFT), None)
    try:
        return bulletin_drafted(kept.body) if kept else None
    except Refused:
        return None


def bulletin_to_change(workspace: Workspace, id: Id) -> BulletinSheet:
    """A bulletin to go on with: as it was typed and not saved, else as it stands; raises `Refused("record_missing")`."""
    return unsaved_bulletin(workspace, draft_key(id)) or bulletin_sheet(workspace, id)


def _check_unchanged(stored: Stored[Record] | None, seen: tuple[Id, ...]) -> None:
    """Nobody removes what they have not seen."""
    if stored and not stored.deleted and stored.heads != seen:
        raise Refused("stale", id=stored.record.id, seen=seen, stands=stored.heads)
