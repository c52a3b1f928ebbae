import errno
import io
import json
import os
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import pytest

from app.errors import AppError, Unavailable
from app.packages import age, closed, container, seal, statement
from app.packages.faults import PackageFault
from app.packages.forms import Form
from app.packages.manifest import LARGEST_CHUNK
from app.packages.seal import Contents, Sealed
from app.packages.statement import Stream
from tests.app.packages.parcels import (
    COLUMNS,
    OTHERS,
    PACKAGE,
    READER,
    RECIPIENT,
    SCHEMA,
    SEAT,
    attachment,
    contents,
    heading,
    line,
    unpacked,
    verified,
)


def sealed(target: Path, what: Contents | None = None, **changes: Any) -> Sealed:
    return seal.seal(target, heading(**changes), what or contents(), recipients=[RECIPIENT], signer=SEAT)


def refused(target: Path, what: Contents | None = None, **changes: Any) -> AppError:
    with pytest.raises(AppError) as caught:
        sealed(target, what, **changes)
    assert not list(target.parent.iterdir())
    return caught.value


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    photo = bytes(range(256)) * 900
    rows = {"issue": [line(1), line(2)], "visit": [line(number, "visit") for number in range(3, 40)]}
    sealed(tmp_path / "p.llz", contents(rows, [attachment(photo), attachment(b"")]))
    found = unpacked(tmp_path / "p.llz")
    assert (found.pop("issue"), found.pop("visit")) == (rows["issue"], rows["visit"])
    assert sorted(found.values()) == [b"", photo]
    assert list(tmp_path.iterdir()) == [tmp_path / "p.llz"]


def test_the_statement_told_is_the_one_in_the_file(tmp_path: Path) -> None:
    stream = Stream(epoch=3, seq=9, prev="sha256:" + "ab" * 32, fills=(7, 8))
    told = sealed(tmp_path / "p.llz", stream=stream)
    read = verified(tmp_path / "p.llz")
    assert (read.statement, read.statement_digest) == (told.statement, told.digest)
    assert told.statement.stream == stream
    assert told.bytes == (tmp_path / "p.llz").stat().st_size
    with zipfile.ZipFile(tmp_path / "p.llz") as opened:
        payload = opened.read("payload.age")
    assert statement.digest_of(payload) == told.statement.payload.digest


def test_a_package_may_be_empty(tmp_path: Path) -> None:
    sealed(tmp_path / "p.llz", Contents(schema=SCHEMA))
    assert unpacked(tmp_path / "p.llz") == {}


def test_nothing_readable_lies_in_the_file(tmp_path: Path) -> None:
    sealed(tmp_path / "p.llz", contents({"issue": [line(1, body="东街的张三说水停了")]}))
    data = (tmp_path / "p.llz").read_bytes()
    assert "张三".encode() not in data
    assert b"issue" not in data
    assert b"datapackage" not in data
    assert PACKAGE.encode() not in data, "the statement is in base64"


def test_the_same_number_sealed_twice_is_two_files_but_each_opens(tmp_path: Path) -> None:
    digests = {sealed(tmp_path / "p.llz").digest for _ in range(2)}
    assert len(digests) == 2, "so a number is sealed once and then only copied"
    assert unpacked(tmp_path / "p.llz")["issue"] == [line(1), line(2)]


def test_an_attachment_larger_than_a_chunk_travels_in_several(tmp_path: Path) -> None:
    whole = bytes(LARGEST_CHUNK) + b"the end"
    first, last = attachment(whole), attachment(whole, LARGEST_CHUNK)
    sealed(tmp_path / "1.llz", contents({}, [last]))
    name = first.place.id.removeprefix("sha256:")
    assert unpacked(tmp_path / "1.llz") == {f"blobs/{name}.00001": b"the end"}
    sealed(tmp_path / "2.llz", contents({}, [first, last]))
    assert b"".join(unpacked(tmp_path / "2.llz").values()) == whole


def test_only_the_suite_we_have_is_sealed(tmp_path: Path) -> None:
    assert refused(tmp_path / "p.llz", suite="gm-1").code == "E_SUITE"


def test_a_package_no_reader_would_take_is_not_made(tmp_path: Path) -> None:
    assert refused(tmp_path / "p.llz", stream=Stream(epoch=1, seq=2, prev=None, fills=())).code == "E_ENVELOPE"
    assert refused(tmp_path / "p.llz", replace(contents(), change_range=(5, 1))).code == "E_LAYOUT"


def test_more_than_a_package_holds_is_refused_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "LARGEST_PAYLOAD", 100_000)
    fault = refused(tmp_path / "p.llz", contents({}, [attachment(bytes(99_000))]))
    assert fault.code == "E_LIMIT"


def test_the_container_has_the_last_word_on_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "LARGEST_PAYLOAD", 1000)
    assert refused(tmp_path / "p.llz").code == "E_LIMIT"


@pytest.mark.parametrize("recipients", [[], ["age1"], [OTHERS]])
def test_without_a_recipient_nothing_is_sealed(tmp_path: Path, recipients: list[str]) -> None:
    with pytest.raises(PackageFault, match="E_NO_KEY"):
        seal.seal(tmp_path / "p.llz", heading(), contents(), recipients=recipients, signer=SEAT)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("found", [b"shorter", b"of one length, but other bytes..", b""])
def test_an_attachment_that_is_not_what_it_was_is_told(tmp_path: Path, found: bytes) -> None:
    other = replace(attachment(b"thirty-two bytes of a photograph"), read=lambda: io.BytesIO(found))
    assert refused(tmp_path / "p.llz", contents({}, [other])).code == "attachment_changed"


def test_a_chunk_that_changes_while_it_is_sealed_is_told(tmp_path: Path) -> None:
    given = iter([b"the end", b"The end"])
    last = replace(attachment(b"the end"), read=lambda: io.BytesIO(next(given)))
    place = replace(last.place, size=LARGEST_CHUNK + 7, offset=LARGEST_CHUNK)
    assert refused(tmp_path / "p.llz", contents({}, [replace(last, place=place)])).code == "attachment_changed"


class FullDisk:
    """A file on a disk that is full after so many writes, and says so once or for ever."""

    def __init__(self, file: BinaryIO, good: int, number: int) -> None:
        self._file = file
        self._good = good
        self._number = number
        self.writes = 0

    def write(self, data: bytes) -> int:
        self.writes += 1
        if self.writes > self._good:
            raise OSError(self._number, os.strerror(self._number))
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    real = container.ContainerFile
    disks: list[FullDisk] = []

    def on(good: int) -> None:
        def container_file(file: BinaryIO, form: Form) -> container.ContainerFile:
            disks.append(FullDisk(file, good, number))
            return real(cast("BinaryIO", disks[-1]), form)

        monkeypatch.setattr(seal, "ContainerFile", container_file)

    on(good=1000)
    sealed(tmp_path / "p.llz")
    (tmp_path / "p.llz").unlink()
    writes = disks[-1].writes
    assert writes >= 4, "header, ciphertext, tail, header again"
    for good in range(writes):
        on(good)
        code = refused(tmp_path / "p.llz").code
        assert code == {errno.ENOSPC: "disk_full", errno.EIO: "disk_failed"}[number]


@pytest.mark.parametrize("call", ["fsync", "flush"])
def test_a_disk_that_fails_at_the_end_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", failing)
    else:
        monkeypatch.setattr(container.ContainerFile, "finish", failing)
    assert refused(tmp_path / "p.llz").code == "disk_full"


def test_a_signer_who_fails_leaves_nothing(tmp_path: Path) -> None:
    class Absent:
        keyid = SEAT.keyid
        public = SEAT.public

        def sign(self, pae: bytes) -> bytes:
            raise Unavailable("keyring_locked")

    with pytest.raises(Unavailable, match="keyring_locked"):
        seal.seal(tmp_path / "p.llz", heading(), contents(), recipients=[RECIPIENT], signer=Absent())
    assert not list(tmp_path.iterdir())


def test_what_lay_there_before_a_failure_lies_there_after(tmp_path: Path) -> None:
    told = sealed(tmp_path / "p.llz")
    with pytest.raises(PackageFault):
        sealed(tmp_path / "p.llz", suite="other")
    assert verified(tmp_path / "p.llz").statement_digest == told.digest


def test_an_unpacked_package_is_a_data_package_to_others(tmp_path: Path) -> None:
    """Another program checks types, hashes and sizes of what a station would read with it."""
    frictionless = pytest.importorskip("frictionless", reason="needs the library frictionless")
    bare = closed.compact({name: each for name, each in json.loads(line(9)).items() if name not in {"body", "title"}}) + b"\n"
    rows = {"issue": [line(number) for number in range(50)], "visit": [bare, line(7, "visit")]}
    sealed(tmp_path / "p.llz", contents(rows, [attachment(b"photo" * 100)]))
    described = unpack(tmp_path / "p.llz", tmp_path / "unpacked")
    report = frictionless.Package(str(described)).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert [len(task.labels) for task in report.tasks[:2]] == [len(COLUMNS), len(COLUMNS) - 2]
    damaged = json.loads(described.read_text("utf-8"))
    damaged["resources"][0]["hash"] = "sha256:" + "0" * 64
    described.write_text(json.dumps(damaged), "utf-8")
    assert not frictionless.Package(str(described)).validate().valid


def unpack(package: Path, folder: Path) -> Path:
    """The folder a package unpacks to; its manifest."""
    outer = verified(package).container
    with package.open("rb") as file:
        file.seek(outer.payload_start)
        with age.decrypting(file, outer.payload_bytes, READER.identities) as plaintext:
            plain = b"".join(iter(plaintext.read, b""))
    with tarfile.open(fileobj=io.BytesIO(plain)) as entries:
        for entry in entries:  # by name, as the early releases of Python 3.11 have no filter for what is unpacked
            path = folder / entry.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(cast(IO[bytes], entries.extractfile(entry)).read())
    return folder / "datapackage.json"
