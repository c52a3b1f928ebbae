"""The numbers a word processor puts before paragraphs by itself, which stand nowhere in their text."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from app.domain.chinese import numeral

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "ideographDigital"}
)
_SILENT: Final = frozenset({"bullet", "none"})
_LEVELS: Final = 9


class Numbering:
    """Counts along with the paragraphs of one document; `mark` is asked of each in their order."""

    def __init__(self, document: "Document") -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                self._learn(relation.target_part)

    def mark(self, paragraph: "Paragraph") -> str:
        """The number before this paragraph as it is shown; empty for none, for a dot, and for one that its style gives."""
        properties = paragraph._p.pPr
        given = properties.find(f"{_W}numPr") if properties is not None else None
        if given is None:
            return ""
        number, level = _value(given, "numId"), min(int(_value(given, "ilvl") or 0), _LEVELS - 1)
        known = self._levels.get(number, {})
        if level not in known:
            return ""
        counts = self._counts[number]
        counts[level] = counts.get(level, known[level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        if known[level][0] in _SILENT:
            return ""
        told = known[level][1]
        for each in range(level + 1):
            form, _text, start = known.get(each, ("decimal", "", 1))
            told = told.replace(f"%{each + 1}", _told(counts.get(each, start), form))
        return told

    def _learn(self, part: Any) -> None:
        from docx.oxml import parse_xml

        root = parse_xml(part.blob)
        kinds = {each.get(f"{_W}abstractNumId"): each for each in root.iter(f"{_W}abstractNum")}
        for each in root.iter(f"{_W}num"):
            kind = kinds.get(_value(each, "abstractNumId"))
            if kind is not None:
                self._levels[each.get(f"{_W}numId")] = dict(map(_level, kind.iter(f"{_W}lvl")))


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
    form, text, start = (_value(element, name) for name in ("numFmt", "lvlText", "start"))
    return int(element.get(f"{_W}ilvl")), (form, text, int(start or 1))


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return str(found.get(f"{_W}val") or "") if found is not None else ""


def _told(number: int, form: str) -> str:
    return numeral(number) if form in _CHINESE else str(number)
