"""The shelf that comes with the program (`resources/shelf/`), read into entries; its words are Chinese and are data."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from app.domain.hint import Rule
from app.domain.shelf import Board, Entry
from app.errors import Unavailable
from app.paths import RESOURCES
from app.reference import hint_rules

FOLDER: Final = RESOURCES / "shelf"
_HEAD: Final = re.compile(r"^## *([A-Za-z0-9-]+)(?: *\| *(.+))?$", re.MULTILINE)
_TOLD: Final = re.compile(r"\A\n*((?:(?:来源|性质|参见)：[^\n]*\n)*)\n*(.*)\Z", re.DOTALL)
_HINT_NATURE: Final = "提示的依据；写法为本程序编写"


@cache
def shelf(folder: Path = FOLDER) -> tuple[Entry, ...]:
    """All entries board by board, in the order of the files; raises `Unavailable("reference_damaged")`.

    An entry that bears the code of a hint's rule tells that rule first, with where it is written.
    """
    return tuple(entry for board in Board for entry in _read(folder / f"{board}.md", board))


def _read(file: Path, board: Board) -> Iterator[Entry]:
    try:
        text = file.read_text(encoding="utf-8")
        heads = [*_HEAD.finditer(text)]
        if not heads:
            raise ValueError
        ends = [*(each.start() for each in heads[1:]), len(text)]
        for head, end in zip(heads, ends, strict=True):
            yield _entry(board, head[1], head[2] or "", text[head.end() : end])
    except (OSError, ValueError, KeyError) as error:
        raise Unavailable("reference_damaged", file=file.name, why=type(error).__name__) from error


def _entry(board: Board, code: str, title: str, part: str) -> Entry:
    found = _TOLD.match(part)
    if not found:
        raise ValueError
    told = dict(line.split("：", 1) for line in found[1].splitlines())
    text, see = found[2].strip(), tuple(each for each in told.get("参见", "").split("、") if each)
    if not title:
        return _of_rule(hint_rules()[code], text, see)
    return Entry(code=code, board=board, title=title, source=told["来源"], nature=told["性质"], text=text, see=see)


def _of_rule(rule: Rule, pair: str, see: tuple[str, ...]) -> Entry:
    return Entry(
        code=rule.code,
        board=Board.GUIDE,
        title=rule.title,
        source=f"{rule.source} {rule.article}".strip(),
        nature=_HINT_NATURE,
        text=f"{rule.words}\n{pair}",
        see=see,
    )
