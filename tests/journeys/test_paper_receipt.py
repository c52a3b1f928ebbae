"""Where no stick may leave the receiver: the receipt goes home as a paper, scanned, or typed as a short code."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.packages.receipt_codes import typed_code
from app.pictures.codes import codes_in
from tests.app.pictures.coded import page_of, written
from tests.builders import STATION_CODE
from tests.journeys.programs import Line, written_json
from tests.pdf_text import text_of


@pytest.fixture
def laid_out(line: Line) -> dict[str, Path]:
    """What the body lays out after one package, by the end of its name; one of the files is the paper."""
    line.body("intake", line.export())
    files = line.body("receipts", "--station", STATION_CODE, "--output", line.stick / "back", "--printed")["files"]
    return {Path(each).name.partition(".")[2]: Path(each) for each in files}


def number(line: Line) -> dict[str, Any]:
    (told,) = line.station("packages")["packages"]
    return dict(told)


def test_the_codes_on_the_paper_are_the_receipt(
    line: Line, laid_out: dict[str, Path], tmp_path: Path, program: Callable[[str], str]
) -> None:
    page = page_of(laid_out["receipt.pdf"].read_bytes(), tmp_path, program("pdftoppm"), dots=100)
    picture = tmp_path / "照片.jpg"
    picture.write_bytes(written(page.rotate(2, fillcolor="white")))
    codes = codes_in(picture.read_bytes())
    assert len(codes) >= 1
    taken = line.station("receive-code", "--picture", picture)
    assert taken["receipt"] == {"verdict": "accepted", "number": 1, "returned": 0}
    assert (number(line)["state"], number(line)["receipt"]) == ("received", 1)
    assert line.station("receive", laid_out["receipt.dsse.json"])["files"][0]["verdict"] == "duplicate", "the same receipt"


def test_an_altered_code_settles_nothing(line: Line, laid_out: dict[str, Path]) -> None:
    line.station.refused("E_ENVELOPE", "receive-code", "LLZR1/00000000/1/1/ABCDEFGH")
    assert number(line)["state"] == "copied"
    said = line.station.say("receive-code", "LLZR1/00000000/1/2/ABCDEFGH")
    assert (said.code, said.document["missing"]) == (1, 1)


def test_a_short_code_settles_its_package_and_the_receipt_repeats_it(
    line: Line, laid_out: dict[str, Path], program: Callable[[str], str]
) -> None:
    (code,) = codes_on_paper(laid_out["receipt.pdf"], program("pdftotext"))
    number_told, first, second, third = code.split("-")
    wrong_digit = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert "第 4 组" in line.station.refused("short_code_groups", "receive-code", wrong_digit)["message"]
    line.station.refused("short_code_shape", "receive-code", "录入码")
    line.station.refused("short_code_shape", "receive-code", code[:-7])
    line.station.refused("code_not_of_package", "receive-code", f"{number_told}-{third}-{second}-{first}")
    line.station.refused("code_of_no_package", "receive-code", f"000022-{first}-{second}-{third}")
    assert number(line)["state"] == "copied"
    assert line.station("receive-code", code.replace("-", " "))["settled"] == [{"epoch": 1, "seq": 1, "known": False}]
    assert (number(line)["state"], number(line)["receipt"]) == ("received", None)
    assert line.station("receive-code", code)["settled"] == [{"epoch": 1, "seq": 1, "known": True}]
    line.station("receive", laid_out["receipt.dsse.json"])
    assert (number(line)["state"], number(line)["receipt"]) == ("received", 1)


def test_who_has_the_sealed_file_alone_cannot_make_its_code(line: Line, laid_out: dict[str, Path]) -> None:
    digest = digest_of_number(line)
    for guessed in ("", digest, "sha256:" + "0" * 64):
        line.station.refused("code_not_of_package", "receive-code", typed_code(1, digest, guessed))
    assert number(line)["state"] == "copied"


def test_the_code_of_one_package_settles_no_other(line: Line, laid_out: dict[str, Path], program: Callable[[str], str]) -> None:
    line.station("record", "deputy", written_json(line.stick / "deputy.json", name="代表丙"))
    line.export()
    (code,) = codes_on_paper(laid_out["receipt.pdf"], program("pdftotext"))
    line.station.refused("code_not_of_package", "receive-code", f"000022{code[6:]}")
    line.station("receive-code", code)
    assert {each["seq"]: each["state"] for each in line.station("packages")["packages"]} == {1: "received", 2: "copied"}


def codes_on_paper(paper: Path, pdftotext: str) -> list[str]:
    """The short codes that a person would type."""
    return re.findall(r"\b\d{6}(?:-\d{6}){3}\b", text_of(pdftotext, paper.read_bytes()))


def digest_of_number(line: Line) -> str:
    """The digest of the statement of the only package, as the receipt and the paper name it."""
    receipt = next((line.stick / "back").glob("*.receipt.dsse.json"))
    payload = json.loads(base64.b64decode(json.loads(receipt.read_bytes())["payload"]))
    return str(payload["items"][0]["package"])
