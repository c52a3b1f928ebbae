"""Cards by which deputies check in (代表签到卡), ten to a sheet, each the size of a visiting card, with a line to cut along."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final, Self

from app.domain.activity_papers import DeputyCard, DeputyCards
from app.domain.papers import PaperName
from app.printing.fonts import Face
from app.printing.page import A4, Frame, Furniture, Numbering, draw_qr, frame
from app.printing.paper import Paper
from app.printing.paragraph import Align, Paragraph, TextStyle
from app.printing.piece import Block, Piece
from app.printing.proof import Proof
from app.printing.sheet import MM, Sheets

_BESIDE: Final = 2  # cards in a row
_FRAME: Final[Frame] = frame(A4, left=15, top=13.5, right=15, bottom=13.5)
_HEIGHT: Final = 54 * MM  # of a visiting card; five to a sheet
_ROOM: Final = 6 * MM
_CODE: Final = 26 * MM
_GAP: Final = 4 * MM

_STATION: Final = TextStyle(face=Face.SONG, size=9, leading=13, align=Align.LEFT, after=6)
_NAME: Final = TextStyle(face=Face.TITLE, size=20, leading=28, align=Align.LEFT, after=4)
_SAID: Final = TextStyle(face=Face.FANGSONG, size=11, leading=16, align=Align.LEFT)
_FOOT: Final = TextStyle(face=Face.SONG, size=8.5, leading=12, align=Align.LEFT, before=6)


def cards_paper(cards: DeputyCards, made: datetime) -> Paper:
    """The cards, row after row; `made` (aware) stands in the file's properties alone."""
    waiting = iter(cards.cards)
    rows = iter(lambda: tuple(islice(waiting, _BESIDE)), ())
    blocks = [_CardRow(cards=tuple(tuple(_texts(cards.station, each)) for each in row), codes=_codes(row)) for row in rows]
    furniture = Furniture(numbering=Numbering.NONE)
    return Paper(title=PaperName.DEPUTY_CARDS.label, created=made, frame=_FRAME, blocks=blocks, furniture=furniture)


def _codes(row: Sequence[DeputyCard]) -> tuple[str, ...]:
    return tuple(each.code for each in row)


def _texts(station: str, card: DeputyCard) -> list[Block]:
    said = (f"{card.level}人大代表", card.group, f"代表证号 {card.card}" if card.card else "")
    return [
        Paragraph(station, _STATION, "联络站名称"),
        Paragraph(card.name, _NAME, "代表姓名"),
        *(Paragraph(each, _SAID, "代表层级、小组、证号") for each in said if each),
        Paragraph("进站时请扫码签到", _FOOT),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CardRow:
    """Cards side by side: the texts of each, and its code."""

    cards: tuple[Sequence[Block], ...]
    codes: tuple[str, ...]

    def proofed(self, proof: Proof) -> Self:
        return replace(self, cards=tuple([each.proofed(proof) for each in card] for card in self.cards))

    def at(self, width: float) -> Piece:
        one = width / _BESIDE
        room = one - 2 * _ROOM - _CODE - _GAP
        return _CardRowPiece([[each.at(room) for each in card] for card in self.cards], self.codes, one)


@dataclass(frozen=True, slots=True)
class _CardRowPiece:
    """Measured cards side by side, never split."""

    cards: Sequence[Sequence[Piece]]
    codes: Sequence[str]
    width: float
    height: float = _HEIGHT
    least: float = _HEIGHT
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False

    def split(self, height: float, *, anyhow: bool = False) -> tuple[Piece | None, Piece | None]:
        return (self, None) if anyhow else (None, self)

    def draw(self, sheets: Sheets, x: float, top: float) -> None:
        for place, (pieces, code) in enumerate(zip(self.cards, self.codes, strict=True)):
            left = x + place * self.width
            sheets.box(left, top, self.width, self.height)
            _draw_texts(sheets, left + _ROOM, top, pieces)
            draw_qr(sheets, left + self.width - _ROOM - _CODE, top + (self.height - _CODE) / 2, _CODE, code)


def _draw_texts(sheets: Sheets, x: float, top: float, pieces: Sequence[Piece]) -> None:
    """The texts one below the other, in the middle of the card's height."""
    high = sum(each.before + each.height + each.after for each in pieces)
    y = top + max((_HEIGHT - high) / 2, 0.0)
    for each in pieces:
        y += each.before
        each.draw(sheets, x, y)
        y += each.height + each.after
