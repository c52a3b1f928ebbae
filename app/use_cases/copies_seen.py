"""Copies that were read back and are gone when their stick is seen again, before a receipt has settled their number.

Only a copy whose stick is surely the same is judged: by its volume, or, where the system names none, a folder that is no stick.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.changes import Changes
from app.domain.life import PackageState
from app.queries.reconciliation import Number, numbers
from app.storage import copies
from app.storage.copies import Copy
from app.volumes import Spot, spot_of
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A copy that is in another state than was known: gone, or there again."""

    epoch: int
    seq: int
    copy: Copy
    gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What was noted of copies."""

    changed: tuple[Changed, ...]
    changes: Changes = Changes.EXCHANGE


def look_for_copies(workspace: Workspace, sticks: Sequence[Path]) -> tuple[Changed, ...]:
    """The last copies of unsettled numbers that stand otherwise than known; `sticks` are those plugged in. Writes nothing."""
    return tuple(_changed(numbers(workspace), sticks))


def note_copies(workspace: Workspace, changed: Sequence[Changed]) -> Noted:
    """Remember what `look_for_copies` found."""
    with workspace.writing() as books:
        for each in changed:
            gone = workspace.clock.now() if each.gone else None
            copies.mark(books.connection, each.epoch, each.seq, each.copy, gone)
    return Noted(changed=tuple(changed))


def _changed(every: Sequence[Number], sticks: Sequence[Path]) -> Iterator[Changed]:
    for number in every:
        if number.state != PackageState.COPIED or not number.copied:
            continue
        copy = number.copied[-1]
        if (place := _place(copy, sticks)) is None:
            continue
        gone = not (place / number.path.name).is_file()
        if gone != (copy.gone is not None):
            yield Changed(epoch=number.epoch, seq=number.seq, copy=copy, gone=gone)


def _place(copy: Copy, sticks: Sequence[Path]) -> Path | None:
    """Where the folder of a copy is now; None where its stick is not plugged in, or nobody can tell whether it is the same."""
    spot, folder = Spot(copy.volume, copy.within), Path(copy.folder)
    if not spot.volume:
        known = spot.within and folder.is_dir() and not any(folder.is_relative_to(each) for each in sticks)
        return folder if known and spot_of(folder) == spot else None
    return next(
        (each for each in (folder, *(stick / copy.within for stick in sticks)) if spot_of(each).volume == spot.volume), None
    )
