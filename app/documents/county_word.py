"""A text of the office that is filled in: the cells of its tables and the paragraphs beside them, only their words changed."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.documents.word_file import DAMAGE, check_word
from app.domain.county_sheet import MOST_COLUMNS, MOST_ROWS, CountySheet, Place, SheetCell
from app.domain.county_table import CellValue, FilledRows, Filling
from app.errors import Refused

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

Told = TypeVar("Told")
BESIDE: Final = "正文"
"""The paragraphs that stand in no table."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_tables(content: bytes, name: str) -> tuple[CountySheet, ...]:
    """The tables, called 表1, 表2 …, and the paragraphs beside them.

    Raises what `check_word` raises, `Refused("draft_damaged", file, reason)`, `Refused("county_table_protected", file)`.
    """
    check_word(content, name)
    return _or_damaged(name, lambda: _read(content, name))


def fill_tables(content: bytes, name: str, filling: Filling) -> bytes:
    """The text with its cells filled; rows are put in that look like the last.

    Raises `Refused("draft_damaged", file, reason)`.
    """
    return _or_damaged(name, lambda: _filled(content, filling))


def _or_damaged(name: str, read: Callable[[], Told]) -> Told:
    from docx.opc.exceptions import OpcError  # takes a moment to load, and is rarely wanted

    try:
        return read()
    except (OpcError, *DAMAGE) as error:
        raise Refused("draft_damaged", file=name, reason=type(error).__name__) from error


def _read(content: bytes, name: str) -> tuple[CountySheet, ...]:
    document = _opened(content)
    for each in document.settings.element.iter(f"{_W}documentProtection"):
        if each.get(f"{_W}enforcement") in {"1", "true", "on"}:
            raise Refused("county_table_protected", file=name)
    lines = {(row, 1): SheetCell(text=each.text) for row, each in enumerate(document.paragraphs[:MOST_ROWS], start=1)}
    beside = CountySheet(name=BESIDE, rows=len(lines), columns=1, cells=lines)
    return (*(_table(at, each) for at, each in enumerate(document.tables, start=1)), beside)


def _opened(content: bytes) -> "Document":
    import docx

    return docx.Document(BytesIO(content))


def _table(at: int, table: "Table") -> CountySheet:
    grid = _grid(table)
    cells: dict[Place, SheetCell] = {}
    for place, tc in grid.items():
        if any(grid.get(before) is tc for before in ((place[0] - 1, place[1]), (place[0], place[1] - 1))):
            continue
        down, across = 1, 1
        while grid.get((place[0] + down, place[1])) is tc:
            down += 1
        while grid.get((place[0], place[1] + across)) is tc:
            across += 1
        cells[place] = SheetCell(text=_text(tc), down=down, across=across)
    rows, columns = (max((place[side] for place in grid), default=0) for side in (0, 1))
    return CountySheet(name=f"表{at}", rows=rows, columns=columns, cells=cells)


def _grid(table: "Table") -> dict[Place, Any]:
    """The element that covers each place; one that goes on below is the one it began in."""
    return {
        (row, column): cell._tc
        for row, line in enumerate(table.rows, start=1)
        if row <= MOST_ROWS
        for column, cell in enumerate(line.cells, start=1 + line.grid_cols_before)
        if column <= MOST_COLUMNS
    }


def _text(element: Any) -> str:
    return "\n".join("".join(text.text or "" for text in each.iter(f"{_W}t")) for each in element.iter(f"{_W}p"))


def _filled(content: bytes, filling: Filling) -> bytes:
    document = _opened(content)
    tables = {f"表{at}": each for at, each in enumerate(document.tables, start=1)}
    for (sheet, place), value in filling.cells.items():
        if sheet == BESIDE:
            _write([document.paragraphs[place[0] - 1]._p], value)
        else:
            _put(_grid(tables[sheet])[place], value)
    for rows in sorted(filling.rows, key=lambda each: -each.first):
        _fill_rows(tables[rows.sheet], rows)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _fill_rows(table: "Table", rows: FilledRows) -> None:
    last = table.rows[rows.last - 1]._tr
    for _more in range(rows.over):
        made = deepcopy(last)
        for merge in made.iter(f"{_W}vMerge"):
            merge.attrib.pop(f"{_W}val", None)  # it goes on above
        for tc in made.tc_lst:
            _put(tc, "")
        last.addnext(made)
    grid = _grid(table)
    for at in range(max(rows.last - rows.first + 1, len(rows.lines))):
        line: tuple[CellValue, ...] = rows.lines[at] if at < len(rows.lines) else ("",) * len(rows.columns)
        for column, value in zip(rows.columns, line, strict=True):
            _put(grid[rows.first + at, column], value)


def _put(tc: Any, value: CellValue) -> None:
    _write(tc.findall(f"{_W}p"), value)


def _write(paragraphs: list[Any], value: CellValue) -> None:
    """Let the first letters hold the value, with their face and size, and all others nothing."""
    from docx.text.paragraph import Paragraph

    first = Paragraph(paragraphs[0], None)  # type: ignore[arg-type]  # it is asked for its runs alone
    runs = first.runs
    run = runs[0] if runs else first.add_run()
    if not runs:
        _face_of_mark(paragraphs[0], run._r)
    for text in _others(paragraphs):
        text.text = ""
    run.text = _UNWRITABLE.sub("", str(value))
    for paragraph in paragraphs[1:]:
        paragraph.getparent().remove(paragraph)


def _others(paragraphs: list[Any]) -> Iterator[Any]:
    for paragraph in paragraphs:
        yield from paragraph.iter(f"{_W}t")


def _face_of_mark(paragraph: Any, run: Any) -> None:
    """Letters in an empty paragraph look as its mark does."""
    mark = paragraph.find(f"{_W}pPr/{_W}rPr")
    if mark is not None:
        run.insert(0, deepcopy(mark))
