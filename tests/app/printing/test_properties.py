"""What a file tells of itself is told twice, the same both times, as PDF/A-2 asks; and of the machine nothing."""

import re
import zlib
from dataclasses import replace
from xml.etree import ElementTree

from app.printing.contents import Contents, Mark
from app.printing.page import OFFICIAL_TEXT
from app.printing.paper import typeset
from app.printing.paragraph import Paragraph
from app.printing.piece import PageBreak
from tests.app.printing.papers import paper

_XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
MADE = replace(paper(Paragraph("示例", OFFICIAL_TEXT), title="月报<一>&二"), author="示例联络站", subject="2026年10月")


def packet(content: bytes) -> ElementTree.Element:
    """The XMP of a file, which stands in it as it is, so that programs that know no PDF find it."""
    (found,) = re.findall(rb"<\?xpacket begin=.*?\?>(.*?)<\?xpacket end", content, re.DOTALL)
    return ElementTree.fromstring(found)  # our own


def text(root: ElementTree.Element, path: str) -> str:
    return "".join(root.find(f".//{path}", _XMP).itertext()).strip()  # type: ignore[union-attr]  # it is there, or the test fails


def test_title_office_and_subject_are_told_in_both_places() -> None:
    content = typeset(MADE)
    root = packet(content)
    told = {name: text(root, f"dc:{name}") for name in ("title", "creator", "description", "language")}
    assert told == {"title": "月报<一>&二", "creator": "示例联络站", "description": "2026年10月", "language": "zh-CN"}
    for name, words in (("Title", "月报<一>&二"), ("Author", "示例联络站"), ("Subject", "2026年10月")):
        assert re.search(rb"/" + name.encode() + rb" \((.*?)\)", content, re.DOTALL), words
    assert text(root, "xmp:CreateDate") == "2026-11-22T01:30:00Z"
    assert b"D:20261122013000" in content


def test_it_says_which_part_of_the_standard_it_follows_and_what_its_colours_mean() -> None:
    content = typeset(MADE)
    root = packet(content)
    assert (text(root, "pdfaid:part"), text(root, "pdfaid:conformance")) == ("2", "U")
    assert content.count(b"/S /GTS_PDFA1") == content.count(b"/OutputIntents [") == 1
    assert re.search(rb"/Metadata \d+ 0 R", content)
    (profile,) = [each for each in streams(content) if each[36:40] == b"acsp"]
    assert profile[24:36] == bytes(12)
    assert typeset(MADE) == content


def test_every_link_is_printed_and_every_font_embedded() -> None:
    content = typeset(paper(Contents(), PageBreak(), Mark(title="一、情况"), Paragraph("示例", OFFICIAL_TEXT)))
    assert content.count(b"/Subtype /Link") == content.count(b"/F 4") > 0
    assert content.count(b"/Subtype /TrueType") == content.count(b"/FontFile2") == content.count(b"/ToUnicode") > 0
    assert b"/Helvetica" not in content


def streams(content: bytes) -> list[bytes]:
    """What lies in a file, unpacked where it is packed."""
    found = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    return [_unpacked(each) for each in found]


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream
