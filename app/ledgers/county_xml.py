"""The XML of a workbook changed where cells are filled: values in, rows put in, everything else as it was."""

import re
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from posixpath import join, normpath
from typing import Any, Final
from xml.dom.minidom import parseString
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formula.translate import Translator

from app.domain.county_sheet import Place, called, place_of
from app.domain.county_table import CellValue, FilledRows, Filling
from app.errors import Refused
from app.ledgers.county_formulas import PutIn
from app.ledgers.written import LONGEST

Document = Any
Element = Any
"""Its types know too little of what stands where in a part."""

_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK: Final = "xl/workbook.xml"
_CHAIN: Final = re.compile(r"calcChain", re.IGNORECASE)
_TIED: Final = ("/table", "/pivotTable", "/comments", "/vmlDrawing", "/threadedComment", "/queryTable")
_REFERENCES: Final = {
    "sqref": frozenset({"conditionalFormatting", "dataValidation", "selection", "protectedRange", "ignoredError"}),
    "ref": frozenset({"hyperlink", "autoFilter", "sortState", "f"}),
}
_BEFORE_RECKONING: Final = frozenset({"sheets", "functionGroups", "externalReferences", "definedNames"})
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_INSIDE: Final = {"f", "formula", "formula1", "formula2"}


def fill_parts(content: bytes, filling: Filling) -> bytes:
    """The workbook's bytes with cells and rows filled."""
    with ZipFile(BytesIO(content)) as archive:
        book = _Book(archive)
        for (sheet, place), value in filling.cells.items():
            book.sheet(sheet).put(place, value)
        for rows in sorted(filling.rows, key=lambda each: -each.first):  # from the last, so that the others keep their places
            book.fill_rows(rows)
        book.calculate_anew()
        return book.written()


class _Book:
    """The parts of a workbook, each parsed where something in it changes."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive: Final = archive
        self._changed: Final[dict[str, Document]] = {}
        self._sheets: Final[dict[str, _Sheet]] = {}
        names = archive.namelist()
        self._main: Final = next((each for each in names if each.lower() == _WORKBOOK), _WORKBOOK)
        relations = {each.getAttribute("Id"): each for each in self._relations(self._main)}
        self.paths: Final = {
            each.getAttribute("name"): self._target(self._main, relations[each.getAttributeNS(_RELATIONS, "id")])
            for each in _elements(self.part(self._main), "sheet")
            if each.getAttributeNS(_RELATIONS, "id") in relations
        }

    def part(self, path: str) -> Document:
        """A part to be changed."""
        if path not in self._changed:
            self._changed[path] = parseString(self._archive.read(path))
        return self._changed[path]

    def sheet(self, name: str) -> "_Sheet":
        """A sheet whose cells are filled."""
        if name not in self._sheets:
            self._sheets[name] = _Sheet(self.part(self.paths[name]))
        return self._sheets[name]

    def fill_rows(self, rows: FilledRows) -> None:
        """Write lines into rows; where there are more of them, rows are put in that look like the last."""
        if rows.over:
            self._put_in(PutIn(sheet=rows.sheet, last=rows.last, count=rows.over))
        sheet, room = self.sheet(rows.sheet), rows.last - rows.first + 1
        for at in range(max(room, len(rows.lines))):
            line: tuple[CellValue, ...] = rows.lines[at] if at < len(rows.lines) else ("",) * len(rows.columns)
            for column, value in zip(rows.columns, line, strict=True):
                sheet.put((rows.first + at, column), value)

    def _put_in(self, put: PutIn) -> None:
        path = self.paths[put.sheet]
        related = list(self._relations(path))
        if any(each.getAttribute("Type").endswith(_TIED) for each in related):
            raise Refused("county_rows_tied", sheet=put.sheet, over=put.count)
        for name, at in self.paths.items():
            if name == put.sheet or at in self._changed or _FORMULA.search(self._archive.read(at)):
                _shift_formulas(self.part(at), put, name)
        self.sheet(put.sheet).put_in(put)
        for each in _elements(self.part(self._main), "definedName"):
            _shift_text(each, put, "")
        for each in related:
            if each.getAttribute("Type").endswith("/drawing"):
                _shift_anchors(self.part(self._target(path, each)), put)
        for name in self._archive.namelist():
            if name.startswith("xl/charts/chart") and name.endswith(".xml"):
                _shift_formulas(self.part(name), put, "")

    def calculate_anew(self) -> None:
        """What formulas showed of the blank file is taken away; the program that opens the file reckons."""
        for path in self.paths.values():
            if path in self._changed or _FORMULA.search(self._archive.read(path)):
                for cell in _elements(self.part(path), "c"):
                    if _child(cell, "f"):
                        _drop(cell, "v")
        book = self.part(self._main)
        found = list(_elements(book, "calcPr"))
        reckoning = found[0] if found else _new(book, "calcPr")
        reckoning.setAttribute("fullCalcOnLoad", "1")
        if not found:
            before = [each for each in book.documentElement.childNodes if getattr(each, "localName", "") in _BEFORE_RECKONING]
            book.documentElement.insertBefore(reckoning, before[-1].nextSibling)
        for relation in list(self._relations(self._main)):
            if _CHAIN.search(relation.getAttribute("Type")):
                relation.parentNode.removeChild(relation)
        for each in list(_elements(self.part("[Content_Types].xml"), "Override")):
            if _CHAIN.search(each.getAttribute("PartName")):
                each.parentNode.removeChild(each)

    def written(self) -> bytes:
        """The whole file; parts that did not change byte for byte."""
        made = BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED) as copied:
            for info in self._archive.infolist():
                if _CHAIN.search(info.filename):
                    continue
                changed = self._changed.get(info.filename)
                content = changed.toxml("UTF-8", standalone=True) if changed else self._archive.read(info)
                copied.writestr(copy(info), content)
        return made.getvalue()

    def _relations(self, path: str) -> Iterator[Element]:
        folder, _slash, name = path.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        if relations in self._archive.namelist():
            yield from _elements(self.part(relations), "Relationship")

    @staticmethod
    def _target(path: str, relation: Element) -> str:
        told = relation.getAttribute("Target")
        return told.lstrip("/") if told.startswith("/") else normpath(join(path.rpartition("/")[0], told))


class _Sheet:
    """The rows and cells of a sheet by their places."""

    def __init__(self, part: Document) -> None:
        self._part: Final = part
        self._data: Final = next(_elements(part, "sheetData"))
        self._number()
        self._part_formulas()

    def put(self, place: Place, value: CellValue) -> None:
        """Let a value stand in a cell, which keeps how it looks; a text is never a formula, and empty is empty."""
        cell = self._cell(place)
        while cell.firstChild:
            cell.removeChild(cell.firstChild)
        for name in ("t", "cm", "vm"):
            if cell.hasAttribute(name):
                cell.removeAttribute(name)
        if isinstance(value, int):
            _text_in(cell, "v", str(value))
        elif text := ILLEGAL_CHARACTERS_RE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]:
            cell.setAttribute("t", "inlineStr")
            inline = _new(self._part, "is", cell)
            cell.appendChild(inline)
            _text_in(inline, "t", text).setAttribute("xml:space", "preserve")

    def put_in(self, put: PutIn) -> None:
        """Rows below one, with its looks and formulas; what lies under it moves down."""
        for number in sorted(self._rows, reverse=True):
            if number > put.last:
                self._renumber(self._rows[number], put.moved(number))
        model: Element = self._rows.get(put.last)
        below = model.nextSibling if model else None
        for at in range(1, put.count + 1 if model else 0):
            made = model.cloneNode(deep=True)
            self._data.insertBefore(made, below)
            for cell in _elements(made, "c"):
                self._begin_anew(cell, put.last + at)
            self._renumber(made, put.last + at)
        self._merges(put)
        for name, kinds in _REFERENCES.items():
            for each in self._part.getElementsByTagName("*"):
                if each.localName in kinds and each.hasAttribute(name):
                    each.setAttribute(name, put.references(each.getAttribute(name)))
        for each in self._part.getElementsByTagName("*"):
            if each.localName == "sqref" and each.firstChild:
                each.firstChild.data = put.references(each.firstChild.data)
        for each in _elements(self._part, "dimension"):
            each.setAttribute("ref", put.reference(each.getAttribute("ref")))
        for breaks in _elements(self._part, "rowBreaks"):
            for each in _elements(breaks, "brk"):
                each.setAttribute("id", str(put.ended(int(each.getAttribute("id")))))
        self._number()

    def _begin_anew(self, cell: Element, row: int) -> None:
        """A cell of a new row: its formula pointed to its own row, else nothing in it."""
        formula, was = _child(cell, "f"), cell.getAttribute("r")
        if formula and formula.firstChild and not formula.hasAttribute("t"):
            told = Translator(f"={formula.firstChild.data}", origin=was)
            formula.firstChild.data = told.translate_formula(called((row, place_of(was)[1])))[1:]
            return
        while cell.firstChild:
            cell.removeChild(cell.firstChild)
        if cell.hasAttribute("t"):
            cell.removeAttribute("t")

    def _merges(self, put: PutIn) -> None:
        for each in list(_elements(self._part, "mergeCell")):
            first, _colon, last = each.getAttribute("ref").partition(":")
            top, bottom = place_of(first), place_of(last or first)
            if top[0] == bottom[0] == put.last:
                for at in range(1, put.count + 1):
                    made = each.cloneNode(deep=True)
                    made.setAttribute("ref", f"{called((put.last + at, top[1]))}:{called((put.last + at, bottom[1]))}")
                    each.parentNode.appendChild(made)
            else:
                each.setAttribute("ref", put.reference(each.getAttribute("ref")))
        for whole in _elements(self._part, "mergeCells"):
            whole.setAttribute("count", str(len(list(_elements(whole, "mergeCell")))))

    def _cell(self, place: Place) -> Element:
        row = self._row(place[0])
        wanted, before = called(place), None
        for cell in _elements(row, "c"):
            told = cell.getAttribute("r")
            if told == wanted:
                return cell
            if before is None and place_of(told)[1] > place[1]:
                before = cell
        made = _new(self._part, "c", row)
        made.setAttribute("r", wanted)
        if row.getAttribute("customFormat") in {"1", "true"} and row.getAttribute("s"):
            made.setAttribute("s", row.getAttribute("s"))
        row.insertBefore(made, before)
        return made

    def _row(self, number: int) -> Element:
        if number not in self._rows:
            made = _new(self._part, "row", self._data)
            made.setAttribute("r", str(number))
            following = [each for each in self._rows if each > number]
            self._data.insertBefore(made, self._rows[min(following)] if following else None)
            self._rows[number] = made
        return self._rows[number]

    def _number(self) -> None:
        """Rows and cells by their numbers; those that do not tell theirs follow the one before."""
        self._rows: dict[int, Element] = {}
        number = 0
        for row in _elements(self._data, "row"):
            number = int(row.getAttribute("r") or number + 1)
            row.setAttribute("r", str(number))
            self._rows[number] = row
            column = 0
            for cell in _elements(row, "c"):
                column = place_of(cell.getAttribute("r"))[1] if cell.getAttribute("r") else column + 1
                cell.setAttribute("r", called((number, column)))

    def _part_formulas(self) -> None:
        """Formulas that are written once for several cells are written in each: the one that holds them may be filled."""
        shared: dict[str, tuple[str, str]] = {}
        for cell in _elements(self._data, "c"):
            formula = _child(cell, "f")
            if formula is None or formula.getAttribute("t") != "shared":
                continue
            told = formula.firstChild.data if formula.firstChild else ""
            if told:
                shared[formula.getAttribute("si")] = (told, cell.getAttribute("r"))
            elif formula.getAttribute("si") in shared:
                text, origin = shared[formula.getAttribute("si")]
                own = Translator(f"={text}", origin=origin).translate_formula(cell.getAttribute("r"))[1:]
                formula.appendChild(self._part.createTextNode(own))
            for name in ("t", "si", "ref"):
                if formula.hasAttribute(name):
                    formula.removeAttribute(name)

    @staticmethod
    def _renumber(row: Element, number: int) -> None:
        row.setAttribute("r", str(number))
        for cell in _elements(row, "c"):
            cell.setAttribute("r", called((number, place_of(cell.getAttribute("r"))[1])))


def _shift_formulas(part: Document, put: PutIn, own: str) -> None:
    for each in part.getElementsByTagName("*"):
        if each.localName in _INSIDE:
            _shift_text(each, put, own)


def _shift_text(element: Element, put: PutIn, own: str) -> None:
    if element.firstChild:
        element.firstChild.data = put.formula(element.firstChild.data, own)


def _shift_anchors(part: Document, put: PutIn) -> None:
    """Pictures and seals below the new rows move down with what they stand on; rows count from 0 here."""
    for each in part.getElementsByTagName("*"):
        if each.localName == "row" and each.parentNode.localName in {"from", "to"} and each.firstChild:
            each.firstChild.data = str(put.moved(int(each.firstChild.data) + 1) - 1)


# --- XML -------------------------------------------------------------------------------------------------------------------


def _elements(within: Document | Element, name: str) -> Iterator[Element]:
    yield from (each for each in within.getElementsByTagName("*") if each.localName == name)


def _child(element: Element, name: str) -> Element | None:
    return next((each for each in element.childNodes if getattr(each, "localName", None) == name), None)


def _drop(element: Element, name: str) -> None:
    if child := _child(element, name):
        element.removeChild(child)


def _new(part: Document, name: str, beside: Element | None = None) -> Element:
    """An element with the prefix that the part uses."""
    like = beside or part.documentElement
    return part.createElementNS(like.namespaceURI, f"{like.prefix}:{name}" if like.prefix else name)


def _text_in(parent: Element, name: str, text: str) -> Element:
    made = _new(parent.ownerDocument, name, parent)
    made.appendChild(parent.ownerDocument.createTextNode(text))
    parent.appendChild(made)
    return made
