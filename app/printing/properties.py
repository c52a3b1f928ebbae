"""What a file tells of itself, in both ways in which a reader asks: its title, who issued it, what it is of.

As PDF/A-2 (ISO 19005-2) asks of what is kept for long: the same in the information dictionary and as XMP (6.6), and which colours
are meant (6.2.3). `docs/papers.md` tells what else of the standard is kept and what is not.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import (  # type: ignore[import-untyped]  # ships no types
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
)

_LANGUAGE: Final = "zh-CN"
_MADE: Final = slice(24, 36)
"""Where a colour profile says when it was made (ICC.1, 7.2.8)."""
_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Properties:
    """All that a file tells: `created` (aware), no person and no machine; `author` is the office that issues it."""

    title: str
    created: datetime
    author: str = ""
    subject: str = ""


def describe(canvas: Any, told: Properties) -> None:
    """Writes the properties into a document; nothing of them is asked of the machine."""
    canvas.setTitle(told.title)
    canvas.setAuthor(told.author)
    canvas.setSubject(told.subject)
    canvas.setCreator("")
    canvas.setProducer("")
    document = canvas._doc
    stamp, moment = document._timeStamp, told.created.astimezone(UTC)
    stamp.t, stamp.lt = moment.timestamp(), moment.timetuple()
    stamp.YMDhms = tuple(moment.timetuple())[:6]
    catalogue = document.Catalog
    catalogue.Metadata = PDFStream(PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), _xmp(told))
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]  # which the library does not know
    catalogue.__Refs__ = catalogue.__NoDefault__[:-1]
    catalogue.OutputIntents = PDFArray([_colours(document)])


def _xmp(told: Properties) -> bytes:
    made = f"{told.created.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    words = {name: escape(getattr(told, name)) for name in ("title", "author", "subject")}
    return _XMP.format(language=_LANGUAGE, made=made, **words).encode()


def _colours(document: Any) -> Any:
    """What black, grey and red mean: those of sRGB."""
    profile = document.Reference(PDFStream(PDFDictionary({"N": 3}), _profile()), "sRGB")
    told = {"Type": PDFName("OutputIntent"), "S": PDFName("GTS_PDFA1"), "OutputConditionIdentifier": PDFString("sRGB")}
    return PDFDictionary(told | {"Info": PDFString("sRGB IEC61966-2.1"), "DestOutputProfile": profile})


@cache
def _profile() -> bytes:
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[_MADE] = bytes(12)  # it says now, and the same paper is the same bytes
    return bytes(made)
