"""Files checked without a program of ours: by the list of signers that station and body write, and `ssh-keygen`."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.programs import BODY_CODE, STATION_CODE, Line

Believed = Callable[[Path, Path, dict[str, Any]], bool]


@pytest.fixture
def believed(program: Callable[[str], str]) -> Believed:
    """Whether `ssh-keygen` believes the signature beside a file, by a list of signers."""
    keygen = program("ssh-keygen")

    def verify(signers: Path, file: Path, told: dict[str, Any]) -> bool:
        arguments = ["-Y", "verify", "-f", signers, "-I", told["principal"], "-n", told["namespace"], "-s", told["file"]]
        return subprocess.run([keygen, *arguments], input=file.read_bytes(), capture_output=True, check=False).returncode == 0

    return verify


def test_a_package_is_signed_for_common_tools_and_a_changed_one_is_not_believed(
    line: Line, tmp_path: Path, believed: Believed
) -> None:
    package, signers = line.export(), tmp_path / "signers"
    told = line.station("sign", package)
    assert told["file"] == f"{package}.sig"
    assert told["principal"].endswith(f"@{STATION_CODE}")
    made = line.station("export-trust", "--allowed-signers", signers)
    assert (made["keys"], made["left_out"]) == (2, 0)
    assert believed(signers, package, told)
    assert believed(signers, package, told | {"principal": STATION_CODE})
    package.write_bytes(package.read_bytes() + b"\n")
    assert not believed(signers, package, told)
    line.station.refused("folder_exists", "sign", package)
    line.station.refused("file_missing", "sign", tmp_path / "nothing")
    assert "file_signed" in [each["event"] for each in line.station("log")["lines"]]


def test_the_body_signs_too_and_its_list_is_the_station_s(line: Line, tmp_path: Path, believed: Believed) -> None:
    paper, theirs, ours = tmp_path / "函.pdf", tmp_path / "theirs", tmp_path / "ours"
    paper.write_bytes(b"%PDF-1.7")
    told = line.body("sign", paper)
    assert told["principal"] == BODY_CODE
    line.station("export-trust", "--allowed-signers", ours)
    line.body("export-trust", "--allowed-signers", theirs)
    assert ours.read_bytes() == theirs.read_bytes()
    assert believed(ours, paper, told)
    line.body.refused("folder_exists", "sign", paper)


def test_a_revoked_computer_stands_in_no_list_and_signs_nothing(line: Line, tmp_path: Path, believed: Believed) -> None:
    package = line.export()
    told = line.station("sign", package)
    seat = told["principal"].partition("@")[0]
    line.body("revoke", seat)
    line.station("enrol-request", "--output", tmp_path / "request.json")
    line.body("enrol", tmp_path / "request.json", "--output", tmp_path / "newest.json")
    line.station("trust", tmp_path / "newest.json")
    made = line.station("export-trust", "--allowed-signers", tmp_path / "signers")
    assert (made["keys"], made["left_out"]) == (1, 1)
    assert not believed(tmp_path / "signers", package, told)
    line.station.refused("signer_not_enrolled", "sign", tmp_path / "newest.json")
