"""Files that the body gives with a deed: read beside the list of deeds, kept encrypted, sent home with the next reply."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from app.domain.attachment import LARGEST_FILE, Attachment, file_name, room_problem
from app.domain.problems import Problem, stop_at
from app.domain.records import Record
from app.domain.suggestion_steps import FILED, Deed
from app.domain.values import Id
from app.errors import Refused
from app.files import disk_told
from app.pictures.picture import type_of
from app.province.blobs import encrypted
from app.province.receiver import BLOBS, Receiver
from app.province.tables import BlobRow, ChunkRow, IssuedFileRow


@contextmanager
def given_files(receiver: Receiver, folder: Path) -> Iterator["GivenFiles"]:
    """Files named by their place seen from `folder`; where the block raises, what was kept of them is removed again."""
    files = GivenFiles(receiver, folder)
    try:
        yield files
    except BaseException:
        files.give_up()
        raise


@dataclass(slots=True)
class GivenFiles:
    """Takes files into the store within the transaction that keeps their records."""

    receiver: Receiver
    folder: Path
    _made: list[str] = field(default_factory=list)

    def take(
        self, connection: Connection, station: Id, deed: Deed, left: Sequence[Record], named: object
    ) -> tuple[Attachment, ...]:
        """The records of the files `named`, about that record of the deed which files belong to; the same content once.

        Raises `Refused("field_malformed")` where no list of names was given, `Refused("deed_files_unfit")` for a deed that leaves
        nothing to which files belong, `Refused("file_missing")`, and `Refused("incomplete")` for one that has no room.
        """
        if not isinstance(named, list) or not all(isinstance(each, str) for each in named):
            raise Refused("field_malformed", kind="step", field="", value=str(named)[:80])
        if not named:
            return ()
        whole = next((each for each in left if isinstance(each, FILED.get(deed, ()))), None)
        if whole is None:
            raise Refused("deed_files_unfit", event=deed)
        taken: dict[str, Attachment] = {}
        problems: list[Problem] = []
        for each in named:
            content, size = self._read(self.folder / each)
            if problem := room_problem(file_name(each), size=size, held=len(taken)):
                problems.append(problem)
            elif (digest := hashlib.sha256(content).hexdigest()) not in taken:
                self._keep(connection, station, f"sha256:{digest}", content)
                taken[digest] = self._attachment(whole.id, each, content, digest)
        stop_at(problems)
        return tuple(taken.values())

    def give_up(self) -> None:
        """Remove what was kept so far."""
        for name in self._made:
            with suppress(OSError):
                (self.receiver.folder / BLOBS / name).unlink(missing_ok=True)

    def _read(self, path: Path) -> tuple[bytes, int]:
        """The content of a file as far as one may be long, and how long it is."""
        if path.exists() and not path.is_file():
            raise Refused("file_missing", path=str(path))  # a folder, or what would never end, such as a pipe
        with disk_told(path), path.open("rb") as file:
            return file.read(LARGEST_FILE), path.stat().st_size

    def _attachment(self, of: Id, named: str, content: bytes, digest: str) -> Attachment:
        name = file_name(named)
        return Attachment(
            id=self.receiver.clock.new_id(),
            of=of,
            name=name,
            media_type=type_of(name, content),
            size=len(content),
            sha256=digest,
            added_on=self.receiver.clock.today().date(),
        )

    def _keep(self, connection: Connection, station: Id, sha256: str, content: bytes) -> None:
        """Keep a content that goes to a station; one that lies here, because the station itself sent it, is not kept twice."""
        mine = (BlobRow.station == station) & (BlobRow.sha256 == sha256)
        held = connection.execute(select(BlobRow.file).where(mine)).first()
        if held is None or held.file is None:
            name = encrypted(self.receiver, [content])
            self._made.append(name)
            row = {"station": station, "sha256": sha256, "size": len(content), "file": name}
            connection.execute(delete(BlobRow).where(mine))  # of which the station has sent a part so far
            connection.execute(delete(ChunkRow).where(ChunkRow.station == station, ChunkRow.sha256 == sha256))
            connection.execute(insert(BlobRow), [row])
        known = select(IssuedFileRow.sha256).where(IssuedFileRow.station == station, IssuedFileRow.sha256 == sha256)
        if connection.execute(known).first() is None:
            connection.execute(insert(IssuedFileRow), [{"station": station, "sha256": sha256, "reply": None}])
