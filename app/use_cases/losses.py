"""Numbers that are lost: nobody has a copy, and what they carried must go again under a later number (package format 5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.life import PACKAGE_LIFE, PackageEvent, PackageState
from app.files import sha256_of
from app.storage import epochs
from app.storage.outbox import Outbox, Sent
from app.workspace import OUTBOX, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What is to be done about numbers of the newest epoch that the body has not: `again` are copied, `lost` carried anew.

    Each of `lost` is a group of numbers that carried the same lines, the newest first.
    """

    again: tuple[Sent, ...] = ()
    lost: tuple[tuple[Sent, ...], ...] = ()


def noted_losses(workspace: Workspace) -> Losses:
    """Note as lost what the outbox holds no longer, unless it was received; tell what the body asks for.

    A number that the newest receipt misses is copied again where its sealed file is sound, and lost otherwise.
    """
    with workspace.reading() as connection:
        outbox = Outbox(connection)
        last, missing = outbox.last(), epochs.missing(connection)
        out = [each for each in outbox.counting() if each.state in {PackageState.SEALED, PackageState.COPIED}]
    folder = workspace.folder / OUTBOX
    asked = [each for each in out if (each.epoch, each.seq) in missing]
    again = tuple(each for each in asked if is_sound(folder / each.file, each))
    gone = [each for each in out if each not in again and (each in asked or not _is_there(folder / each.file, each))]
    if gone:
        with workspace.writing() as books:
            for each in gone:
                lose(Outbox(books.connection), each)
                books.note("lost", {"epoch": each.epoch, "seq": each.seq, "digest": each.digest})
    with workspace.reading() as connection:
        lost = Outbox(connection).unfilled() if last else []
    return Losses(again=tuple(sorted(again, key=lambda each: each.seq)), lost=_grouped(lost))


def lose(outbox: Outbox, sent: Sent) -> None:
    """A number counts as lost; its attachments go again."""
    outbox.set_state(sent, PACKAGE_LIFE.after(sent.state, PackageEvent.LOSE))
    outbox.free_attachments(sent.seq)


def is_sound(path: Path, sent: Sent) -> bool:
    """Whether the outbox still holds a number's very bytes."""
    return _is_there(path, sent) and sha256_of(path) == sent.sha256


def _is_there(path: Path, sent: Sent) -> bool:
    try:
        return path.stat().st_size == sent.size
    except OSError:
        return False


def _grouped(lost: Sequence[Sent]) -> tuple[tuple[Sent, ...], ...]:
    groups: dict[tuple[int, int], list[Sent]] = {}
    for each in lost:
        groups.setdefault((each.first, each.last), []).append(each)
    return tuple(tuple(group) for group in groups.values())
