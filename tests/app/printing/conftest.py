"""What tests of papers lean on: what a reader of PDF files makes of a paper."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.pdf_text import text_of

ReadBack = Callable[[bytes], str]


@pytest.fixture
def read_back(program: Callable[[str], str]) -> ReadBack:
    """The text of a PDF file in the order it was drawn, line by line, pages parted by a form feed."""
    return partial(text_of, program("pdftotext"))
