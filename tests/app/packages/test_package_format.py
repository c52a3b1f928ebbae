import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.revisions import read_line
from app.packages import age, container, content, envelope, manifest, seal, spool, statement
from app.packages.faults import FATES, SECURITY, WARNINGS
from app.packages.readme import README
from app.packages.statement import Stream
from tests.app.packages import golden
from tests.app.packages.parcels import (
    BODY,
    OURS,
    RECIPIENT,
    SEAT,
    STATION,
    attachment,
    contents,
    heading,
    line,
    unpacked,
    verified,
)

SECRET = Ed25519PrivateKey.from_private_bytes(b"\1" * 32)
FACTS = {"PROVINCE": "43", "STATION": STATION, "TO": BODY, "RECIPIENT": RECIPIENT}
TEXT = golden.DOCUMENT.read_text("utf-8")


def prepare(folder: Path) -> None:
    (folder / "key.txt").write_text(OURS + "\n", "utf-8")
    (folder / "seat.key").write_bytes(base64.b64encode(SEAT.public))


# --- the commands -------------------------------------------------------------------------------------------------


def test_a_package_of_ours_opens_with_the_commands_of_the_document(tmp_path: Path) -> None:
    photo = b"photo" * 1000
    seal.seal(
        tmp_path / "p.llz",
        heading(),
        contents({"issue": [line(1), line(2)], "visit": [line(3, "visit")]}, [attachment(photo)]),
        recipients=[RECIPIENT],
        signer=SEAT,
    )
    prepare(tmp_path)
    told = golden.run(tmp_path, golden.block("open"), golden.OPENS)
    assert "Signature Verified Successfully" in told
    assert "payload.age: OK" in told
    assert "data/issue.jsonl.gz: OK" in told
    assert told.count('"_kind"') == 3
    assert [path.read_bytes() for path in (tmp_path / "blobs").iterdir()] == [photo]


def test_those_commands_object_to_a_changed_package(tmp_path: Path) -> None:
    seal.seal(tmp_path / "p.llz", heading(), contents(), recipients=[RECIPIENT], signer=SEAT)
    prepare(tmp_path)
    (tmp_path / "seat.key").write_bytes(base64.b64encode(bytes(32)))
    with pytest.raises(AssertionError):
        golden.run(tmp_path, golden.block("open"), golden.OPENS)


def test_a_package_made_with_the_commands_of_the_document_is_taken(tmp_path: Path) -> None:
    package = golden.make_package(tmp_path, SECRET, FACTS)
    read = verified(package)
    assert read.statement.producer.app == "by-hand"
    (row,) = unpacked(package)["issue"]
    revision = read_line(row)
    assert (revision.kind, revision.owner, revision.by) == ("issue", STATION, SEAT.seat)
    assert revision.body == {"subject": "东街自来水时断时续", "received_on": "2026-11-20"}


def test_lines_of_ours_travel_in_a_package_made_by_hand(tmp_path: Path) -> None:
    prev = "sha256:" + "ab" * 32
    later = {"EPOCH": "3", "SEQ": "7", "PREV": f'"{prev}"', "KIND": "changes", "TRUST_VERSION": "9"}
    rows = {"visit": [line(1, "visit")], "issue": [line(number) for number in range(2, 30)]}
    package = golden.make_package(tmp_path, SECRET, FACTS | later, {kind: b"".join(lines) for kind, lines in rows.items()})
    read = verified(package)
    assert read.statement.stream == Stream(epoch=3, seq=7, prev=prev, fills=())
    assert read.statement.acks.trust_version == 9
    assert unpacked(package) == rows
    assert read.statement_digest == statement.digest_of((tmp_path / "statement.json").read_bytes())


def test_what_is_made_by_hand_opens_by_hand(tmp_path: Path) -> None:
    package = golden.make_package(tmp_path / "made", SECRET, FACTS)
    (tmp_path / "opened").mkdir()
    package.rename(tmp_path / "opened" / "p.llz")
    prepare(tmp_path / "opened")
    told = golden.run(tmp_path / "opened", golden.block("open"), golden.OPENS)
    assert json.loads(told.splitlines()[-1])["subject"] == "东街自来水时断时续"


def test_every_fact_the_commands_need_is_explained() -> None:
    named = set(re.findall(r"\b([A-Z_]+)=", golden.block("facts")))
    assert named == set(FACTS) | {"EPOCH", "SEQ", "PREV", "KIND", "TRUST_VERSION"}


# --- the words ----------------------------------------------------------------------------------------------------


def test_the_readme_in_the_document_is_the_readme() -> None:
    assert golden.block("readme").encode() == README


def test_the_readme_says_what_it_always_said() -> None:
    """A constant of the format: changing it makes every older package unreadable, and needs a new format number."""
    assert hashlib.sha256(README).hexdigest() == "714647a282989f05e340cadfc1439121ed39a188b57033bec498b8de85c0abd6"
    assert README.isascii() is False
    assert b"\r" not in README


def test_the_table_of_faults_is_the_one_in_the_code() -> None:
    rows = re.findall(r"^\| `(E_[A-Z_]+)`( \*)? \| (\w+) \|", TEXT, re.MULTILINE)
    assert {code: fate for code, _, fate in rows} == {code: fate.value for code, fate in FATES.items()}
    assert {code for code, star, _ in rows if star} == SECURITY
    assert all(f"`{code}`" in TEXT for code in WARNINGS)


def test_every_step_names_codes_of_the_table() -> None:
    steps = TEXT.split("## Step by step")[1].split("## What can be wrong")[0]
    assert set(re.findall(r"`(E_[A-Z_]+)`", steps)) <= FATES.keys()


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("payload", container.LARGEST_PAYLOAD),
        ("package", container.LARGEST),
        ("envelope", envelope.LARGEST),
        ("manifest", manifest.LARGEST),
        ("packed rows", spool.CAP),
        ("piece of an attachment", manifest.LARGEST_CHUNK),
        ("line", manifest.LARGEST_LINE),
        ("tables", manifest.MOST_TABLES),
        ("all plaintext", content.MOST_PLAIN_BYTES),
        ("header of age", age.LARGEST_HEADER),
    ],
)
def test_the_limits_are_those_of_the_code(what: str, limit: int) -> None:
    assert re.search(rf"^\| {what} \| {limit}\b", TEXT, re.MULTILINE)


def test_the_ratio_is_that_of_the_code() -> None:
    assert f"{manifest.RATIO} × its packed bytes, and {manifest.SLACK} more" in TEXT
    assert f"{age.MOST_STANZAS} stanzas" in TEXT
