"""What tests of papers lean on: a paper of some blocks, and what a reader of PDF files makes of it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ReadBack = Callable[[bytes], str]


@pytest.fixture
def read_back(program: Callable[[str], str], tmp_path: Path) -> ReadBack:
    """The text of a PDF file in the order it was drawn, line by line, pages parted by a form feed."""
    reader = program("pdftotext")

    def read(paper: bytes) -> str:
        file = tmp_path / "paper.pdf"
        file.write_bytes(paper)
        run = [reader, "-raw", "-enc", "UTF-8", str(file), "-"]
        return subprocess.run(run, check=True, capture_output=True).stdout.decode("utf-8")

    return read
