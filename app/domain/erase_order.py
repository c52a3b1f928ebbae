"""The order to erase: what a station has let go is let go wherever its states lie, and no late package brings it back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from app.domain.records import Record, about, kind
from app.domain.revisions import Revision, Written
from app.domain.values import Id

MOST: Final = 5_000
"""States, and contents, named by one order: a line of them stays far below what a package may carry."""


@kind("erase_order", "删除指令", mutable=False)
class EraseOrder(Record):
    """The states (`_rev`) and the contents of attachments (SHA-256, 64 digits) nobody keeps any longer, not what they held."""

    revisions: tuple[Id, ...] = about("版本标识")
    files: tuple[str, ...] = about("附件摘要")


def orders_of(revisions: Sequence[Id], files: Sequence[str], new_id: Callable[[], Id]) -> list[EraseOrder]:
    """As few orders as name all of these; none where there is nothing to name."""
    starts = range(0, max(len(revisions), len(files)), MOST)
    return [
        EraseOrder(id=new_id(), revisions=tuple(revisions[at : at + MOST]), files=tuple(files[at : at + MOST])) for at in starts
    ]


def emptied(revision: Revision, written: Written) -> tuple[Revision, Written]:
    """A revision and its bytes as they are kept where the order was there before them: the header alone."""
    return replace(revision, salt="", body={}), replace(written, line=written.covered + b"\n", body=b"{}")
