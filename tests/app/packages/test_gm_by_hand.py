"""Suite gm-1 by the commands of docs/package-format.md: OpenSSL alone opens what we make, and makes what we open."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from app.domain.revisions import read_line
from app.packages import statement
from app.packages.readme import README_GM
from app.packages.statement import Stream
from tests.app.packages import golden
from tests.app.packages.gm_parcels import GM_OTHERS, GM_OURS, GM_READER, GM_SEAT, GM_THIEF, gm_believing, gm_sealed
from tests.app.packages.parcels import BODY, SEAT, STATION, attachment, contents, line, unpacked, verified

FACTS = {"PROVINCE": "43", "STATION": STATION, "TO": BODY, "RECIPIENT": GM_OURS.recipient, "SEAT": SEAT.seat}


def prepare(folder: Path) -> None:
    (folder / "key.pem").write_bytes(GM_OURS.to_pem())
    (folder / "seat.key").write_bytes(base64.b64encode(GM_SEAT.public))


def test_openssl_alone_opens_a_package_of_ours(tmp_path: Path) -> None:
    photo = b"photo" * 1000
    rows = {"issue": [line(1), line(2)], "visit": [line(3, "visit")]}
    gm_sealed(tmp_path / "p.llz", contents(rows, [attachment(photo)]), [GM_OTHERS.recipient, GM_OURS.recipient])
    prepare(tmp_path)
    told = golden.run(tmp_path, golden.block("open-gm"), golden.OPENS_GM)
    assert "Verified OK" in told
    assert told.count('"_kind"') == 3
    assert [path.read_bytes() for path in (tmp_path / "blobs").iterdir()] == [photo]


@pytest.mark.parametrize("spoiled", ["seat.key", "key.pem", "p.llz"])
def test_those_commands_object_to_what_is_wrong(tmp_path: Path, spoiled: str) -> None:
    gm_sealed(tmp_path / "p.llz")
    prepare(tmp_path)
    package = bytearray((tmp_path / "p.llz").read_bytes())
    package[len(package) // 3] ^= 1
    wrong = {"seat.key": base64.b64encode(GM_THIEF.public), "key.pem": GM_OTHERS.to_pem(), "p.llz": bytes(package)}
    (tmp_path / spoiled).write_bytes(wrong[spoiled])
    with pytest.raises(AssertionError):
        golden.run(tmp_path, golden.block("open-gm"), golden.OPENS_GM)


def test_a_package_made_by_openssl_alone_is_taken(tmp_path: Path) -> None:
    package = golden.make_gm_package(tmp_path, GM_SEAT, FACTS)
    read = verified(package, gm_believing())
    assert (read.statement.suite, read.statement.producer.app) == ("gm-1", "by-hand")
    (row,) = unpacked(package, gm_believing(), GM_READER)["issue"]
    assert read_line(row).by == SEAT.seat


def test_lines_of_ours_travel_in_one_made_by_hand(tmp_path: Path) -> None:
    prev = "sha256:" + "ab" * 32
    later = {"EPOCH": "3", "SEQ": "7", "PREV": f'"{prev}"', "KIND": "changes", "TRUST_VERSION": "9"}
    rows = {"visit": [line(1, "visit")], "issue": [line(number) for number in range(2, 30)]}
    given = {kind: b"".join(lines) for kind, lines in rows.items()}
    package = golden.make_gm_package(tmp_path, GM_SEAT, FACTS | later, given)
    read = verified(package, gm_believing())
    assert read.statement.stream == Stream(epoch=3, seq=7, prev=prev, fills=())
    assert unpacked(package, gm_believing(), GM_READER) == rows
    assert read.statement_digest == statement.digest_of((tmp_path / "statement.json").read_bytes())


def test_what_is_made_by_hand_opens_by_hand(tmp_path: Path) -> None:
    package = golden.make_gm_package(tmp_path / "made", GM_SEAT, FACTS)
    (tmp_path / "opened").mkdir()
    package.rename(tmp_path / "opened" / "p.llz")
    prepare(tmp_path / "opened")
    told = golden.run(tmp_path / "opened", golden.block("open-gm"), golden.OPENS_GM)
    assert json.loads(told.splitlines()[-1])["subject"] == "东街自来水时断时续"


def test_the_readme_in_the_document_is_the_readme() -> None:
    assert golden.block("readme-gm").encode() == README_GM


def test_the_readme_says_what_it_always_said() -> None:
    """A constant of the format: changing it makes every older package unreadable, and needs a new format number."""
    assert hashlib.sha256(README_GM).hexdigest() == "8327e182c18818499f2c137e172c109b7bfb15e0ddaff81c18b05c64dfe198ec"
    assert b"\r" not in README_GM


def test_every_member_of_the_locks_is_described() -> None:
    section = golden.DOCUMENT.read_text("utf-8").split("`payload.locks` of the statement")[1].split("###")[0]
    told = set(re.findall(r"`([a-z]+)`", section))
    assert {"iv", "mac", "keys", "kid", "key"} <= told
