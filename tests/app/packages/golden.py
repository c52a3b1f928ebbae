"""A package made by common programs alone, with the commands of `docs/package-format.md`, so that two makers can be compared."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.packages import sm2
from app.packages.sm2_keys import Sm2SigningKey

DOCUMENT: Final = Path(__file__).parents[3] / "docs" / "package-format.md"
OPENS: Final = ("unzip", "jq", "base64", "openssl", "sha256sum", "age", "tar", "zcat")
OPENS_GM: Final = ("unzip", "jq", "base64", "openssl", "sha256sum", "basenc", "diff", "tar", "zcat")
MAKES: Final = ("jq", "base64", "openssl", "sha256sum", "age", "tar", "gzip", "zip", "basenc", "sed")


def block(name: str) -> str:
    """The code block of the document that follows the comment `name`."""
    found = re.search(rf"<!-- {name} -->\n```[a-z]*\n(.*?)```\n", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found, f"the document has no block {name}"
    return found[1]


def needs(programs: tuple[str, ...]) -> str:
    """A shell, where all of `programs` are installed; otherwise the test is skipped and names those missing."""
    missing = [name for name in ("sh", *programs) if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    return shutil.which("sh") or ""


def run(folder: Path, script: str, programs: tuple[str, ...], facts: Mapping[str, str] | None = None) -> str:
    """What a script of the document says, run in `folder` with `facts` as its variables."""
    command = [needs(programs), "-euc", script]
    done = subprocess.run(command, cwd=folder, env=os.environ | dict(facts or {}), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_package(
    folder: Path, secret: Ed25519PrivateKey, facts: Mapping[str, str], lines: Mapping[str, bytes] | None = None
) -> Path:
    """`folder`/p.llz, signed with `secret`: one invented issue, or the given lines by kind.

    `facts` are the variables of the document's block `facts`: PROVINCE STATION TO RECIPIENT, and EPOCH SEQ PREV KIND
    TRUST_VERSION where they are not those of a first package.
    """
    pem = secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return _made(folder, pem, ("readme", "seal"), facts, lines)


def make_gm_package(folder: Path, key: Sm2SigningKey, facts: Mapping[str, str], lines: Mapping[str, bytes] | None = None) -> Path:
    """The same of suite gm-1, signed with a further key of the seat; SEAT is a fact then."""
    of_suite = {"HASH": "sm3", "PAYLOAD": "payload.sm4"}
    return _made(folder, sm2.to_pem(key.secret, key.public), ("readme-gm", "seal-gm"), of_suite | dict(facts), lines)


def _made(folder: Path, pem: bytes, blocks: tuple[str, str], facts: Mapping[str, str], lines: Mapping[str, bytes] | None) -> Path:
    readme, seal = blocks
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "seat.pem").write_bytes(pem)
    (folder / "README.txt").write_text(block(readme), "utf-8", newline="\n")
    known = {"EPOCH": "1", "SEQ": "1", "PREV": "null", "KIND": "snapshot", "TRUST_VERSION": "1"} | dict(facts)
    for kind, data in (lines or {}).items():
        (folder / f"{kind}.jsonl").write_bytes(data)
    steps = ([] if lines else ["line"]) + ["make", seal, "box"]
    run(folder, "".join(block(each) for each in steps), MAKES, known)
    return folder / "p.llz"
