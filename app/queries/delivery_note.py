"""The note that goes along with packages (数据交接单): number, counts, size, fingerprint, and where they were copied to."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from app.clock import CHINA
from app.domain.chinese import long_day
from app.domain.exchange_papers import DeliveryNote, Parcel
from app.domain.kinds import KINDS
from app.errors import Refused
from app.queries.reconciliation import Number, numbers
from app.queries.relations import own_station
from app.storage.tables import AttachmentFileRow
from app.workspace import Workspace

_ASKED: Final = re.compile(r"(?:e?(?P<epoch>\d{1,9})[-/])?(?P<seq>\d{1,9})")
_GROUP: Final = 8
_KIB: Final = 1 << 10
_MIB: Final = 1 << 20
_LAST: Final = frozenset({"station", "seat"})
"""Kinds that go along by themselves; a person looks for the others first."""


def delivery_note(workspace: Workspace, asked: Sequence[str], body: str) -> DeliveryNote:
    """The note for these numbers: `42`, of an earlier epoch `1/42`; `body` is who takes them.

    Raises `Refused("package_missing", seq)`.
    """
    every = numbers(workspace)
    found = [_asked(every, each) for each in asked]
    with workspace.reading() as connection:
        station, files = own_station(workspace, connection), _files(connection)
    last = max((each.last_copied for each in found if each.last_copied), default=None)
    return DeliveryNote(
        station=station.name,
        code=station.code,
        body=body,
        number="、".join(f"{station.code}-{each.epoch}-{each.seq}" for each in found),
        parcels=tuple(_parcel(each, files.get(each.seq, (0, 0))) for each in found),
        total=f"共{len(found)}个包，{sum(each.total for each in found)}条记录，{size_words(sum(each.size for each in found))}",
        medium=next((each.last_folder for each in reversed(found) if each.last_folder), ""),
        copied_on=long_day(last.astimezone(CHINA).date()) if last else "",
    )


def contents_words(records: Mapping[str, int]) -> str:
    """What is in a package: how many of which kind, the many first."""
    ordered = sorted(records.items(), key=lambda each: (each[0] in _LAST, -each[1]))
    return "、".join(f"{KINDS[kind].label if kind in KINDS else kind}{number}" for kind, number in ordered)


def size_words(size: int) -> str:
    """Bytes as a paper tells them."""
    return f"{size / _KIB:.1f} KB" if size < _MIB else f"{size / _MIB:.1f} MB"


def _asked(every: Sequence[Number], text: str) -> Number:
    asked = _ASKED.fullmatch(text.strip())
    epoch, seq = (asked["epoch"], int(asked["seq"])) if asked else (None, 0)
    found = [each for each in every if each.seq == seq and epoch in {None, str(each.epoch)}]
    if not found:
        raise Refused("package_missing", seq=text)
    return max(found, key=lambda each: each.epoch)


def _files(connection: Connection) -> dict[int, tuple[int, int]]:
    """By number, how many attachments went with it, and their bytes."""
    question = select(AttachmentFileRow.sent_in, func.count(), func.sum(AttachmentFileRow.size))
    rows = connection.execute(question.where(AttachmentFileRow.sent_in.is_not(None)).group_by(AttachmentFileRow.sent_in))
    return {seq: (count, size) for seq, count, size in rows if seq is not None}


def _parcel(number: Number, files: tuple[int, int]) -> Parcel:
    count, size = files
    return Parcel(
        number=str(number.seq),
        made=f"{number.made.astimezone(CHINA):%Y-%m-%d %H:%M}",
        contents=contents_words(number.records) or "—",
        files=f"{count}个，{size_words(size)}" if count else "无",
        size=f"{number.size:,}字节",
        file=number.path.name,
        fingerprint=" ".join(number.sha256[at : at + _GROUP] for at in range(0, len(number.sha256), _GROUP)),
    )
