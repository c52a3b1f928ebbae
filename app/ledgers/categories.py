"""The categories that a body adds as a small table: 方案 (群众意见 or 代表建议), 代码, 名称, 上级代码; a category a row."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.domain.category import CategoryScheme
from app.domain.reference_data import ReferenceCategory
from app.errors import Refused
from app.ledgers.grid import Row
from app.ledgers.header import normal_name
from app.ledgers.sheet import open_sheet
from app.ledgers.small_table import needed_place, place_of, text_at

_SCHEME: Final = ("方案", "分类方案", "用于")
_CODE: Final = ("代码", "类别代码", "编码")
_NAME: Final = ("名称", "类别名称", "类别")
_PARENT: Final = ("上级代码", "上级")
_SCHEMES: Final = {
    **dict.fromkeys(("群众意见", "群众意见分类", "意见", "issue"), CategoryScheme.ISSUE),
    **dict.fromkeys(("代表建议", "代表建议分类", "建议", "suggestion"), CategoryScheme.SUGGESTION),
}


def read_categories(path: Path) -> tuple[ReferenceCategory, ...]:
    """The categories that a spreadsheet or CSV names, in its order; empty rows are passed over.

    Raises `Refused("columns_missing", row, found, names)`, `Refused("category_row_malformed", row, text)`, and what
    `open_sheet` raises.
    """
    with open_sheet(path, set(map(normal_name, (*_SCHEME, *_CODE, *_NAME, *_PARENT)))) as sheet:
        places = [needed_place(sheet.header, names) for names in (_SCHEME, _CODE, _NAME)]
        parent = place_of(sheet.header, _PARENT)
        return tuple(_categories(sheet.rows, places, parent))


def _categories(rows: Iterator[Row], places: list[int], parent: int | None) -> Iterator[ReferenceCategory]:
    for row in rows:
        scheme, code, name = (text_at(row, at) for at in places)
        if not (scheme or code or name):
            continue
        if scheme not in _SCHEMES or not code or not name:
            raise Refused("category_row_malformed", row=row.number, text=f"{scheme} {code} {name}".strip())
        above = "" if parent is None else text_at(row, parent)
        yield ReferenceCategory(scheme=_SCHEMES[scheme].value, code=code, name=name, parent=above)
