"""The spool: rows of many kinds packed in memory as they come, until a package is full (decision 16)."""

import hashlib
import zlib
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from app.packages.faults import PackageFault
from app.packages.manifest import LARGEST_LINE, MOST_TABLES, RATIO, SLACK

CAP: Final = 64 << 20
"""Bytes of packed rows in one package."""

_LEVEL: Final = 6
_GZIP: Final = 31  # zlib's word for a gzip member with a header that says neither time nor name
_BATCH: Final = 1 << 16
_IN_FLIGHT: Final = 16  # batches of one kind on their way through the worker
RESERVE: Final = (1 << 18) + (1 << 10)
"""More than deflate ever keeps to itself before it puts out a block, and gzip's own header and trailer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The finished lines of one kind: the pieces of a gzip file, its size and digest, and what it unpacks to."""

    kind: str
    rows: int
    raw_bytes: int
    pieces: Sequence[bytes]
    bytes: int
    digest: str


class Spool:
    """Lines of one package, each kind in a gzip of its own; memory grows with the packed bytes only.

    `cap` in bytes of packed rows.
    """

    def __init__(self, cap: int = CAP) -> None:
        self._cap = cap
        self._most_bytes = 0
        self._tables: dict[str, _Table] = {}
        # Packing is most of the work and needs no Python: a thread packs what was taken while the next lines are read.
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spool")

    @property
    def rows(self) -> int:
        """How many lines were taken."""
        return sum(table.rows for table in self._tables.values())

    def add(self, kind: str, line: bytes) -> bool:
        """Take `line`, its line end included, or answer False: the package is full, seal it and go on in the next number.

        An empty spool takes every line. Raises `PackageFault("E_LIMIT", bytes, limit)` for a line longer than a reader takes,
        and `ValueError` for what is not exactly one line.
        """
        if len(line) > LARGEST_LINE:
            raise PackageFault("E_LIMIT", bytes=len(line), limit=LARGEST_LINE)
        if not line or line.find(b"\n") != len(line) - 1:
            raise ValueError("one line, with its end")
        table = self._tables.get(kind)
        if self._tables and not self._has_room(table, len(line)):
            self._most_bytes += sum(each.land() for each in self._tables.values())  # exact sizes instead of upper bounds
            if not self._has_room(table, len(line)):
                return False
        if table is None:
            table = self._tables[kind] = _Table(self._worker)
            self._most_bytes += RESERVE
        self._most_bytes += table.add(line)
        return True

    def finish(self) -> tuple[Packed, ...]:
        """Every kind that has rows, by name; the spool is done with."""
        packed = tuple(self._tables[kind].finish(kind) for kind in sorted(self._tables))
        self._worker.shutdown()
        return packed

    def _has_room(self, table: "_Table | None", size: int) -> bool:
        if table is None:
            return len(self._tables) < MOST_TABLES and self._most_bytes + RESERVE + size <= self._cap
        unpacked = table.raw_bytes + size <= RATIO * table.packed_bytes + SLACK
        return unpacked and self._most_bytes + size <= self._cap


class _Table:
    def __init__(self, worker: ThreadPoolExecutor) -> None:
        self.rows = 0
        self.raw_bytes = 0
        self.packed_bytes = 0
        self._worker = worker
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._packing: deque[tuple[int, Future[bytes]]] = deque()
        self._pieces: list[bytes] = []
        self._hash = hashlib.sha256()
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)

    def add(self, line: bytes) -> int:
        """Take a line; by how many bytes the table has grown at most, less than nothing once lines were packed."""
        self.rows += 1
        self.raw_bytes += len(line)
        self._waiting.append(line)
        self._waiting_bytes += len(line)
        if self._waiting_bytes >= _BATCH:
            self._pack()
        grown = len(line)
        while len(self._packing) > _IN_FLIGHT:
            grown += self._land_first()
        return grown

    def land(self) -> int:
        """Wait for all that is being packed; by how many bytes, never more than none, the table has grown by it."""
        grown = 0
        while self._packing:
            grown += self._land_first()
        return grown

    def finish(self, kind: str) -> Packed:
        self._pack()
        self.land()
        self._keep(self._packer.flush())
        return Packed(
            kind=kind,
            rows=self.rows,
            raw_bytes=self.raw_bytes,
            bytes=self.packed_bytes,
            digest="sha256:" + self._hash.hexdigest(),
            pieces=tuple(self._pieces),
        )

    def _pack(self) -> None:
        lines = b"".join(self._waiting)
        self._packing.append((len(lines), self._worker.submit(self._packer.compress, lines)))
        self._waiting.clear()
        self._waiting_bytes = 0

    def _land_first(self) -> int:
        size, packed = self._packing.popleft()
        piece = packed.result()
        self._keep(piece)
        return len(piece) - size

    def _keep(self, piece: bytes) -> None:
        if piece:
            self._pieces.append(piece)
            self._hash.update(piece)
            self.packed_bytes += len(piece)
