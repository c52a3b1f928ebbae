"""Make the fonts in this folder from those of their authors: run once when one of them has a new version.

    pip install fonttools
    python resources/fonts/make_fonts.py --fandol DIR --noto-sans DIR --noto-serif DIR --wenkai DIR --unihan FILE [--to DIR]

Each DIR is searched, below too, for the file that `FONTS` names; FILE is the Unihan table that has the field kTGH (the standard
characters of 2013), plain or packed by bzip2. What a subset keeps is `wanted_characters`. Where each font comes from and under
which licence it stands: README.md. This script is the source of the changes, as the licence of Fandol asks.
"""

import argparse
import bz2
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fontTools import subset  # type: ignore[import-untyped]  # ships no types
from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]  # ships no types
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # ships no types
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]  # ships no types

HERE: Final = Path(__file__).resolve().parent
CURVE_ERROR: Final = 1.0  # thousandths of an em; not to be seen at 300 dots an inch
NO_SHAPING: Final = ("CFF ", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "DSIG")
HEAVY: Final = {0x2714: 0x2713, 0x2718: 0x2717}  # ✔ ✘ are drawn as ✓ ✗
BOX_FILLED: Final = 0.8  # of the square's side, by the mark in it
REGULAR: Final = "Regular"
OURS: Final = "Liaison"

RANGES: Final = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),
    (0x01CD, 0x01DC),  # tones of pinyin
    (0x02C6, 0x02D9),
    (0x0391, 0x03C9),  # Greek
    (0x0401, 0x0451),  # Cyrillic
    (0x2010, 0x205F),  # dashes, quotation marks, dots
    (0x20A0, 0x20BF),  # money
    (0x2100, 0x218B),  # ℃ № Ⅳ
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # ① ⑴ ⒈
    (0x2500, 0x2573),  # lines
    (0x25A0, 0x27BF),  # □ ○ ☐ ☑ ✓
    (0x3000, 0x30FF),  # 、。〈〉〔〕〇〓, kana
    (0x3105, 0x3129),  # bopomofo
    (0x3200, 0x33FF),  # ㈠ ㎡
    (0xFE30, 0xFE6B),  # ﹏
    (0xFF01, 0xFFE5),  # full width
)


@dataclass(frozen=True)
class Font:
    """One font of this folder: what it is made from, and what it is called now."""

    file: str
    argument: str
    source: str
    family: str
    style: str
    whole: bool = False
    half: bool = False  # only the marks that are half blank, without that half

    @property
    def name(self) -> str:
        """The name by which a page knows it."""
        return f"{self.family.replace(' ', '')}-{self.style}"


FONTS: Final = (
    Font("LiaisonFang-Regular.ttf", "fandol", "FandolFang-Regular.otf", f"{OURS} Fang", REGULAR, whole=True),
    Font("LiaisonFangMore-Light.ttf", "noto_serif", "NotoSerifSC_300Light.ttf", f"{OURS} Fang More", "Light"),
    Font("LiaisonSong-Regular.ttf", "noto_serif", "NotoSerifSC_400Regular.ttf", f"{OURS} Song", REGULAR, whole=True),
    Font("LiaisonSong-SemiBold.ttf", "noto_serif", "NotoSerifSC_600SemiBold.ttf", f"{OURS} Song", "SemiBold"),
    Font("LiaisonHei-Regular.ttf", "noto_sans", "NotoSansSC_400Regular.ttf", f"{OURS} Hei", REGULAR),
    Font("LiaisonHei-SemiBold.ttf", "noto_sans", "NotoSansSC_600SemiBold.ttf", f"{OURS} Hei", "SemiBold"),
    Font("LiaisonKai-Regular.ttf", "wenkai", "LXGWWenKai-Regular.ttf", f"{OURS} Kai", REGULAR),
    Font("LiaisonFangHalf-Regular.ttf", "fandol", "FandolFang-Regular.otf", f"{OURS} Fang Half", REGULAR, half=True),
    Font("LiaisonSongHalf-Regular.ttf", "noto_serif", "NotoSerifSC_400Regular.ttf", f"{OURS} Song Half", REGULAR, half=True),
    Font("LiaisonSongHalf-SemiBold.ttf", "noto_serif", "NotoSerifSC_600SemiBold.ttf", f"{OURS} Song Half", "SemiBold", half=True),
    Font("LiaisonHeiHalf-Regular.ttf", "noto_sans", "NotoSansSC_400Regular.ttf", f"{OURS} Hei Half", REGULAR, half=True),
    Font("LiaisonKaiHalf-Regular.ttf", "wenkai", "LXGWWenKai-Regular.ttf", f"{OURS} Kai Half", REGULAR, half=True),
)
BLANK_BEHIND: Final = "，。、；：）》〉」』】〕〗”’"
BLANK_BEFORE: Final = "（《〈「『【〔〖“‘"
RESERVED: Final = {"wenkai": "OFL-LiaisonKai.txt"}
"""Whose copyright line itself holds names that are reserved: it stands in the licence's file, not in the font."""
KEPT_FEATURES: Final = {"LiaisonHei": ["kern", "mark", "ccmp", "locl"]}
"""The window shapes its text; a page does not."""


# --- which characters ------------------------------------------------------------------------------------------------


def standard_characters(unihan: Path) -> set[int]:
    """The 8,105 of the table of 2013 (通用规范汉字表), from a Unihan table."""
    told = bz2.decompress(unihan.read_bytes()) if unihan.suffix == ".bz2" else unihan.read_bytes()
    found = {int(code, 16) for code in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", told.decode("utf-8"), re.MULTILINE)}
    if len(found) != 8105:
        raise SystemExit(f"{unihan.name}: {len(found)} standard characters, not 8105")
    return found


def gb2312_characters() -> Iterator[int]:
    """The 6,763 of GB 2312, rows 16 to 87."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            told = bytes((row, cell)).decode("gb2312", "ignore")
            yield from map(ord, told)


def reference_characters(folder: Path) -> Iterator[int]:
    """Whatever stands in the names that come with the program."""
    for file in sorted(folder.glob("*.json")):
        yield from map(ord, json.dumps(json.loads(file.read_text(encoding="utf-8")), ensure_ascii=False))


def wanted_characters(unihan: Path) -> set[int]:
    """What a subset keeps, as far as its source has it."""
    signs = {code for first, last in RANGES for code in range(first, last + 1)}
    return signs | standard_characters(unihan) | {*gb2312_characters()} | {*reference_characters(HERE.parent / "reference")}


# --- one font --------------------------------------------------------------------------------------------------------


def to_quadratic(font: TTFont) -> None:
    """Gives a font with cubic outlines quadratic ones, the only kind the maker of pages embeds."""
    glyphs, order, drawn = font.getGlyphSet(), font.getGlyphOrder(), {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, drawn
    for name in order:
        drawn[name].recalcBounds(font["glyf"])
        font["hmtx"][name] = font["hmtx"][name][0], getattr(drawn[name], "xMin", 0)
    del font["CFF "]
    font["maxp"].tableVersion, font["maxp"].maxZones = 0x00010000, 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements", "SizeOfInstructions"):
        setattr(font["maxp"], f"max{field}", 0)
    font["maxp"].maxComponentElements = 0
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def draw_boxes(font: TTFont) -> None:
    """Draws ☐ ☑ ☒ ✔ ✘, which the sources have not, from the font's own □ ✓ × ✗."""
    glyphs, cmap, order = font.getGlyphSet(), font.getBestCmap(), font.getGlyphOrder()
    square, edges = cmap[ord("□")], font["glyf"][cmap[ord("□")]]
    centre = (edges.xMin + edges.xMax) / 2, (edges.yMin + edges.yMax) / 2
    for code, mark in ((0x2610, None), (0x2611, "✓"), (0x2612, "×")):
        pen, name = TTGlyphPen(glyphs), f"box{code:04X}"
        pen.addComponent(square, (1, 0, 0, 1, 0, 0))
        if mark:
            inner = font["glyf"][cmap[ord(mark)]]
            scale = BOX_FILLED * (edges.xMax - edges.xMin) / max(inner.xMax - inner.xMin, inner.yMax - inner.yMin)
            shift = [middle - scale * (low + high) / 2 for middle, low, high in _spans(centre, inner)]
            pen.addComponent(cmap[ord(mark)], (scale, 0, 0, scale, *shift))
        font["glyf"][name], font["hmtx"][name] = pen.glyph(), (font["hmtx"][square][0], edges.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode() and table.format != 14:
                table.cmap |= {code: name, **{bold: cmap[plain] for bold, plain in HEAVY.items() if plain in cmap}}
    known = set(order)
    font.setGlyphOrder([*order, *(name for name in font["glyf"].glyphs if name not in known)])


def _spans(centre: tuple[float, float], inner: Any) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    return (centre[0], inner.xMin, inner.xMax), (centre[1], inner.yMin, inner.yMax)


def keep_only(font: TTFont, characters: Iterable[int], features: list[str]) -> None:
    """Takes out what is not among the characters, and what only shapes text other than by `features`."""
    options = subset.Options(layout_features=features, name_IDs=["*"], name_languages=["*"], hinting=False, glyph_names=False)
    options.drop_tables += [tag for tag in NO_SHAPING if tag not in {"GSUB", "GPOS", "GDEF"} or not features]
    options.notdef_outline = options.recalc_bounds = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)


def take_blank_half(font: TTFont) -> None:
    """Makes every mark half as wide: what stands before its ink or behind it goes."""
    cmap, half = font.getBestCmap(), font["head"].unitsPerEm // 2
    for mark in filter(lambda each: ord(each) in cmap, BLANK_BEFORE + BLANK_BEHIND):
        name = cmap[ord(mark)]
        glyph = font["glyf"][name]
        if mark in BLANK_BEFORE:
            for part in glyph.components if glyph.isComposite() else ():
                part.x -= half
            if not glyph.isComposite():
                glyph.coordinates.translate((-half, 0))
            glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = half, glyph.xMin


def full_marks(font: TTFont) -> set[int]:
    """The marks that are as wide as a Han character; others were made for Latin."""
    cmap, em = font.getBestCmap(), font["head"].unitsPerEm
    return {ord(each) for each in BLANK_BEFORE + BLANK_BEHIND if font["hmtx"][cmap[ord(each)]][0] == em}


def rename(font: TTFont, made: Font) -> None:
    """Gives the font a name of our own: some names of the sources are reserved, and a machine may have the whole font too."""
    names, version = font["name"], font["name"].getDebugName(5)
    kept = {number: names.getDebugName(number) for number in (0, 7, 13, 14)}
    if made.argument in RESERVED:
        kept[0] = f"Copyright and licence: {RESERVED[made.argument]} beside this file."
    source = made.source.partition(".")[0]
    told = {
        1: made.family if made.style == REGULAR else f"{made.family} {made.style}",
        2: REGULAR,
        3: f"{made.name} {version}",
        4: f"{made.family} {made.style}",
        5: version,
        6: made.name,
        10: "Made for the liaison station workbench from the font that its copyright names: see README.md beside it.",
        **({16: made.family, 17: made.style} if made.style != REGULAR else {}),
    }
    if made.argument == "fandol":
        told[10] = f"Made from {source} with quadratic outlines in place of cubic ones; the script is make_fonts.py beside it."
    names.names = []
    for number, text in sorted((kept | told).items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)


def made_from(source: Path, made: Font, wanted: set[int]) -> TTFont:
    """The font as it lies in this folder."""
    font = TTFont(source, recalcTimestamp=False, lazy=False)  # dated as its source: the same fonts in, the same bytes out
    if "CFF " in font:
        to_quadratic(font)
    elif not made.half:
        draw_boxes(font)
    if made.half:
        wanted = full_marks(font)
    keep_only(font, font.getBestCmap() if made.whole else wanted, KEPT_FEATURES.get(made.file.partition("-")[0], []))
    if made.half:
        take_blank_half(font)
    rename(font, made)
    return font


def main() -> None:
    """Make every font beside this script, or in the folder named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for argument in sorted({each.argument for each in FONTS}):
        parser.add_argument(f"--{argument.replace('_', '-')}", type=Path, required=True, metavar="DIR")
    parser.add_argument("--unihan", type=Path, required=True, metavar="FILE")
    parser.add_argument("--to", type=Path, default=HERE, metavar="DIR")
    given = parser.parse_args()
    wanted = wanted_characters(given.unihan)
    fang: set[int] = set()
    for made in FONTS:
        source = next(getattr(given, made.argument).rglob(made.source))
        font = made_from(source, made, wanted - fang if made.style == "Light" else wanted)
        fang |= set(font.getBestCmap()) if made.argument == "fandol" and made.whole else set()
        font.save(given.to / made.file)


if __name__ == "__main__":
    main()
