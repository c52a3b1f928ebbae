"""A passphrase and the file it may come from, whichever editor wrote it."""

import os
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.keys.passphrase import Passphrase, read_passphrase_file, read_text_file


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"word", "word"),
        (b"word\n", "word"),
        (b"word\r\nsecond line\r\n", "word"),
        (b"\xef\xbb\xbfword\n", "word"),
        ("口令 一\n".encode(), "口令 一"),
        ("口令\r\n".encode("utf-16"), "口令"),
        (b"\xfe\xff" + "口令\n".encode("utf-16-be"), "口令"),
        (b"  blanks stay \n", "  blanks stay "),
    ],
)
def test_the_first_line_is_the_passphrase(tmp_path: Path, data: bytes, text: str) -> None:
    assert read_passphrase_file(_file(tmp_path, data)) == Passphrase(text)


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\nsecond", b"\xef\xbb\xbf\n"])
def test_an_empty_one_is_refused(tmp_path: Path, data: bytes) -> None:
    path = _file(tmp_path, data)
    with pytest.raises(Refused) as caught:
        read_passphrase_file(path)
    assert (caught.value.code, caught.value.facts) == ("passphrase_empty", {"path": str(path)})


@pytest.mark.parametrize("data", [b"\xff\x00w", "口令".encode("gb18030"), b"SQLite\0", b"w" * 70_000, b"\xff\xfea"])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Refused, match="secret_file_not_text"):
        read_passphrase_file(_file(tmp_path, data))


def test_a_file_that_is_not_there_or_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_missing"):
        read_text_file(tmp_path / "missing")
    with pytest.raises(Unavailable):
        read_text_file(tmp_path)


def test_every_spelling_of_a_character_gives_the_same_secret() -> None:
    assert Passphrase("e\u0301").secret == Passphrase("é").secret == "é".encode()
    assert Passphrase("é").secret != Passphrase("e").secret
    assert Passphrase("\udce9").secret  # half a pair, as an argument of a misconfigured terminal brings it


def test_it_shows_nothing_of_itself() -> None:
    assert "geheim" not in repr(Passphrase("geheim"))
    with pytest.raises(Refused, match="passphrase_empty"):
        Passphrase("")


def _file(folder: Path, data: bytes) -> Path:
    path = folder / f"passphrase {os.getpid()}.txt"
    path.write_bytes(data)
    return path
