"""A bulletin and a special report as the provincial body prints its own (GB/T 9704-2012): outward, so no code, no print time.

A red head and rule, the editor's note, each article with who supplied it; at the foot of the last page, between rules, to whom it
goes, who answers for it, and the number it is approved under.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from app.domain.bulletin_paper import NOTE_TITLE, BulletinPaper, PrintedArticle, supplied_told
from app.printing.fonts import Face, missing_characters, widths_of
from app.printing.kept import Kept
from app.printing.page import OFFICIAL, OFFICIAL_TEXT, Furniture, Numbering
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, Sink, Space, Whole
from app.printing.proof import Proof, normalised
from app.printing.sheet import Sheets
from app.printing.suggestion_paper import official_text

_LARGEST: Final = 58.0  # points: four characters reach over half of the line, as on the body's own
_FEWEST: Final = 28.0  # a longer name goes on in a second line
_SPREAD: Final = 0.9  # of the line that a name may fill
_MASTHEAD: Final = TextStyle(face=Face.TITLE, align=Align.CENTRE, after=8, keep_with_next=True, red=True)
_SERIAL: Final = TextStyle(face=Face.FANGSONG, size=16, leading=26, align=Align.CENTRE, keep_with_next=True)
_ISSUED: Final = TextStyle(face=Face.FANGSONG, size=15, leading=26, align=Align.LEFT, keep_with_next=True)
_HEADING: Final = TextStyle(face=Face.TITLE, size=22, leading=34, align=Align.CENTRE, before=22, after=6, keep_with_next=True)
_SUBTITLE: Final = TextStyle(face=Face.KAI, size=16, leading=28, align=Align.CENTRE, after=6, keep_with_next=True)
_NOTE: Final = replace(OFFICIAL_TEXT, face=Face.KAI)
_SUPPLIED: Final = replace(OFFICIAL_TEXT, indent=0.0, align=Align.RIGHT)
_END: Final = TextStyle(face=Face.FANGSONG, size=14, leading=23, align=Align.LEFT)
_APART: Final = "　"


def bulletin_document(paper: BulletinPaper, made: datetime) -> Paper:
    """The bulletin; `made` (aware) stands in the file's properties alone."""
    blocks = [*_head(paper), *_note(paper.note)]
    for each in paper.articles:
        blocks += _article(each)
    furniture = Furniture(numbering=Numbering.DASHES)
    return Paper(title=paper.name.label, created=made, frame=OFFICIAL, blocks=[*blocks, *_end(paper)], furniture=furniture)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Whole):
    """A rule over the whole width, `weight` points thick."""

    weight: float = 0.75
    red: bool = False

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws it in the middle of its height."""
        edge = (x, top + self.height / 2, x + self.width, top + self.height / 2)
        if self.red:
            with sheets.red():
                sheets.rules([edge], self.weight)
        else:
            sheets.rules([edge], self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Whole):
    """A short text at the left that takes no room: what comes next stands in the same line."""

    text: str
    style: TextStyle
    place: str = ""

    def proofed(self, proof: Proof) -> Self:
        """The text as it can be set."""
        return replace(self, text=proof.read(self.text, self.style.face, self.place))

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        """Draws the line."""
        Paragraph(self.text, self.style).at(self.width).draw(sheets, x, top)


# --- the head ---------------------------------------------------------------------------------------------------------


def _head(paper: BulletinPaper) -> Iterator[Block]:
    yield Paragraph(paper.masthead, _masthead_style(paper.masthead), "刊名")
    if paper.number:
        yield Paragraph(paper.number, _SERIAL)
    if paper.total:
        yield Paragraph(paper.total, _SERIAL)
    yield Space(height=10, keep_with_next=True)
    yield from _issued(paper.issued_by, paper.day)
    yield Rule(height=8, weight=2.2, red=True, after=10)


def _masthead_style(name: str) -> TextStyle:
    """As large as the line holds it, up to the body's own size."""
    size = min(_LARGEST, max(_FEWEST, OFFICIAL.text_width * _SPREAD / max(len(name), 1)))
    return replace(_MASTHEAD, size=size, leading=size * 1.35)


def _issued(told: str, day: str) -> Iterator[Block]:
    """Who publishes it at the left, the day at the right; below each other where they do not fit a line."""
    right = replace(_ISSUED, align=Align.RIGHT)
    if told and day and _width(told + day + _APART * 2, _ISSUED) <= OFFICIAL.text_width:
        yield Lead(text=told, style=_ISSUED, place="编印单位")
    elif told:
        yield Paragraph(told, _ISSUED, "编印单位")
    if day or told:
        yield Paragraph(day or _APART, right)


def _width(text: str, style: TextStyle) -> float:
    """How long a text is; what no font has, which the proof tells later, counts as a whole character."""
    plain, widths = normalised(text), widths_of(style.face)
    missing = missing_characters(plain, style.face)
    return sum(1.0 if each in missing else widths[each] for each in plain) * style.size


# --- what it says -----------------------------------------------------------------------------------------------------


def _note(note: str) -> Iterator[Block]:
    for place, line in enumerate(filter(None, map(str.strip, note.splitlines()))):
        yield Paragraph(f"{NOTE_TITLE}{line.removeprefix(NOTE_TITLE)}" if place == 0 else line, _NOTE, "编者按")


def _article(article: PrintedArticle) -> Iterator[Block]:
    place = article.heading[:14] or "正文"
    if article.heading:
        yield Paragraph(article.heading, _HEADING if not article.subtitle else replace(_HEADING, after=0.0), f"{place}·标题")
    if article.subtitle:
        yield Paragraph(article.subtitle, _SUBTITLE, f"{place}·副标题")
    yield from official_text(article.text, place)
    if article.contributor:
        yield Paragraph(supplied_told(article), _SUPPLIED, f"{place}·供稿")


# --- its end ----------------------------------------------------------------------------------------------------------


def _end(paper: BulletinPaper) -> Iterator[Block]:
    """To whom it goes, who answers for it and its approval, each between rules; nothing where none of it is said."""
    parts = [
        [*_recipients(paper)],
        [*_lines(paper.answering)],
        [*_lines(paper.approved)],
    ]
    said = [each for each in parts if each]
    if not said:
        return
    yield Sink(before=20)
    yield Rule(height=6, weight=1.2)
    for place, each in enumerate(said, start=1):
        yield from each
        yield Rule(height=6, weight=1.2 if place == len(said) else 0.5, keep_with_next=place < len(said))


def _recipients(paper: BulletinPaper) -> Iterator[Block]:
    """One a line, those after the first beneath it and not beneath the word before it."""
    lead = f"{paper.sent}："
    room = OFFICIAL.text_width - len(lead) * _END.size
    for place, each in enumerate(paper.recipients):
        if place == 0:
            yield Lead(text=lead, style=_END)
        yield Kept(block=Paragraph(each, _END, lead), width=room)


def _lines(text: str) -> Iterator[Block]:
    if text:
        yield Paragraph(text, _END, text[:4])
