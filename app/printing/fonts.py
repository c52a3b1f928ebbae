"""The faces a paper is set in: for every character the first font of the face's chain that has it.

Fonts lie in `resources/fonts` and are read when a character first needs them (some 60 ms each). A character that no font has is
never dropped: `missing_characters` tells it, `app.printing.proof` refuses it with its place. The room's only other module that
knows reportlab is `app.printing.sheet`.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from threading import RLock
from typing import Any, Final, NamedTuple

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # ships no types
from reportlab.pdfbase.ttfonts import TTFError, TTFont  # type: ignore[import-untyped]  # ships no types

from app.errors import Refused, Unavailable
from app.paths import RESOURCES

FOLDER: Final = RESOURCES / "fonts"
ASCENT: Final = 0.88
"""How far the box of a Han character reaches above the baseline, in ems; 0.12 lie below."""

REGISTERING: Final = RLock()
_AT_ONCE: Final = 100  # what a ToUnicode map may list in one block (PDF 32000-1, 9.10.3)


class Face(StrEnum):
    """The five faces of official papers (GB/T 9704): 仿宋 for text, 宋 for figures, 黑 and 楷 for headings, 小标宋 for titles."""

    FANGSONG = "fangsong"
    SONG = "song"
    HEI = "hei"
    KAI = "kai"
    TITLE = "title"


_WIDEST: Final = "LiaisonSong-Regular"
CHAINS: Final[Mapping[Face, tuple[str, ...]]] = {
    Face.FANGSONG: ("LiaisonFang-Regular", "LiaisonFangMore-Light", _WIDEST, "LiaisonKai-Regular"),
    Face.SONG: (_WIDEST, "LiaisonKai-Regular"),
    Face.HEI: ("LiaisonHei-Regular", _WIDEST, "LiaisonKai-Regular"),
    Face.KAI: ("LiaisonKai-Regular", _WIDEST),
    Face.TITLE: ("LiaisonSong-SemiBold", _WIDEST, "LiaisonKai-Regular"),
}
"""Each face's fonts in order, by the names of their files."""
HALVES: Final[Mapping[Face, tuple[str, ...]]] = {
    Face.FANGSONG: ("LiaisonFangHalf-Regular",),
    Face.SONG: ("LiaisonSongHalf-Regular",),
    Face.HEI: ("LiaisonHeiHalf-Regular",),
    Face.KAI: ("LiaisonKaiHalf-Regular", "LiaisonSongHalf-Regular"),
    Face.TITLE: ("LiaisonSongHalf-SemiBold",),
}
"""Each face's fonts of marks without their blank half (`app.printing.lines.TIGHT`)."""
_SIGNS: Final = frozenset({0x221A, *range(0x2460, 0x2500), *range(0x25A0, 0x27C0)})
"""√ □ ○ ☐ ☑ ✓ ① ⑳ are drawn by one font in every face, so that the boxes of a form are of one size."""
_QUOTES: Final = frozenset(map(ord, "“”‘’"))
"""The 楷 has narrow ones, made for Latin."""


class Glyph(NamedTuple):
    """Which font draws a character, and how wide it is in ems."""

    font: str
    width: float


class _Widths(dict[str, float]):
    """The width of every character of a face in ems; raises `Refused("characters_missing")` for one that no font has."""

    def __init__(self, face: Face) -> None:
        self.face = face

    def __missing__(self, character: str) -> float:
        width = self[character] = _glyph_or_refusal(character, self.face).width
        return width


_WIDTHS: Final = {face: _Widths(face) for face in Face}


def widths_of(face: Face) -> Mapping[str, float]:
    """The width of each character in ems, as a mapping that learns; raises `Refused("characters_missing")` on looking up."""
    return _WIDTHS[face]


def font_of(character: str, face: Face) -> str:
    """The name of the font that draws a character; raises `Refused("characters_missing")`."""
    return _glyph_or_refusal(character, face).font


def missing_characters(text: str, face: Face) -> tuple[str, ...]:
    """The characters that no font of the face has, each once, in the order of the text."""
    return tuple(each for each in dict.fromkeys(text) if glyph(each, face) is None)


@cache
def glyph(character: str, face: Face) -> Glyph | None:
    """What draws a character; None where no font has it."""
    code = ord(character)
    elsewhere = code in _SIGNS or (face is Face.KAI and code in _QUOTES)
    for name in (_WIDEST, *CHAINS[face]) if elsewhere else CHAINS[face]:
        drawn_by = font_named(name).face
        if drawn_by.charToGlyph.get(code):
            return Glyph(name, drawn_by.charWidths.get(code, drawn_by.defaultWidth) / 1000)
    return None


def named(character: str) -> str:
    """A character as a refusal names it: itself where it can be seen, and its code point."""
    point = f"U+{ord(character):04X}"
    return f"{character}（{point}）" if character.isprintable() else point


def _glyph_or_refusal(character: str, face: Face) -> Glyph:
    found = glyph(character, face)
    if found is None:
        raise Refused("characters_missing", characters=(named(character),), places=())
    return found


@cache
def half_font(mark: str, face: Face) -> str:
    """The font that draws a mark without its blank half; each mark of `app.printing.lines.TIGHT` is in one of the face's."""
    return next(name for name in HALVES[face] if ord(mark) in font_named(name).face.charToGlyph)


def read_fonts() -> None:
    """Read the first font of every face, which nearly every text needs: some 60 MB and 0.3 s in all.

    Raises `Unavailable("reference_damaged")`.
    """
    for chain in CHAINS.values():
        font_named(chain[0])


@cache
def font_named(name: str) -> Any:
    """The library's font of a name in `CHAINS` or `HALVES`; raises `Unavailable("reference_damaged")`."""
    with REGISTERING:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(_read(name))
        return pdfmetrics.getFont(name)


def _read(name: str) -> "_Font":
    file = FOLDER / f"{name}.ttf"
    try:
        return _Font(name, str(file), shapable=False)
    except (TTFError, OSError) as error:
        raise Unavailable("reference_damaged", file=file.name, why=type(error).__name__) from error


class _Font(TTFont):  # type: ignore[misc]  # the library's class has no types
    """A font whose text can be copied from the paper, rare names too.

    The library writes characters beyond U+FFFF with five digits, where a reader takes four, and lists more than a hundred
    at once.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # the name the library calls it by
        state = self.state[doc]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(state.subsets):
            embedded = fonts[f"{state.internalName}+{number}"]
            doc.idToObject[embedded.ToUnicode.name].content = unicode_map(embedded.BaseFont, subset)


def unicode_map(font: str, codes: list[int]) -> str:
    """The ToUnicode map of an embedded font: the n-th of its glyphs stands for the n-th of the codes, in UTF-16."""
    pairs = [f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for place, code in enumerate(codes) if code]
    blocks = [pairs[first : first + _AT_ONCE] for first in range(0, len(pairs), _AT_ONCE)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            f"/CIDSystemInfo << /Registry ({font}) /Ordering ({font}) /Supplement 0 >> def",
            f"/CMapName /{font} def /CMapType 2 def",
            f"1 begincodespacerange <00> <{len(codes) - 1:02X}> endcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )
