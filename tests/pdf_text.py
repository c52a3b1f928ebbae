"""What a reader of PDF files, another program than ours, finds on a paper."""

import re
import subprocess


def text_of(reader: str, paper: bytes) -> str:
    """The text in the order it was drawn; `reader` is the program pdftotext."""
    run = [reader, "-raw", "-enc", "UTF-8", "-", "-"]
    return subprocess.run(run, input=paper, check=True, capture_output=True).stdout.decode()


def page_count(paper: bytes) -> int:
    """How many pages a paper has."""
    return len(re.findall(rb"/Type\s*/Page\b", paper))


def bare(text: str) -> str:
    """A text without blanks and line ends, which a page puts where it likes."""
    return re.sub(r"\s+", "", text)
