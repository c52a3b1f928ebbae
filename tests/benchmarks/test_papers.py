"""The log as a paper, beside typst, WeasyPrint and LibreOffice, which set the same rows; twenty thousand visits, and memory."""

import html
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.ledgers.written import workbook_of
from app.printing.fonts import FOLDER
from app.printing.paper import typeset
from app.printing.visit_log import visit_log_paper
from tests.benchmarks.figures import RUNS, peak_megabytes, taken, taken_in_turn, tell
from tests.benchmarks.invented_log import PRINTED, cells, log, table
from tests.pdf_text import page_count

_TOP = Path(__file__).resolve().parents[2]
THOUSAND, SECONDS, SHARE = 1000, 1.0, 0.5
TWENTY_THOUSAND, LONGEST = 20_000, 6.0
LINEAR = 1.3
"""How much longer a page of the long log may take than one of the short log."""
MEMORY = 300  # MB

HEADINGS = ("序号", "日期", "类别", "地点", "参加代表", "人数", "活动情况", "反映的问题和建议")
TYPST = """
#set page(paper: "a4", flipped: true, margin: (x: 15mm, y: 20mm), numbering: (at, of) => [第 #at 页　共 #of 页])
#set text(font: ("Liaison Song",), size: 9.5pt, lang: "zh", region: "cn")
#set par(justify: true)
#let rows = json("rows.json")
#align(center, text(size: 20pt)[接待走访日志])
#table(
  columns: (auto, auto, auto, 2.2fr, 2fr, auto, 5fr, 4.5fr), stroke: 0.5pt,
  table.header(..("序号", "日期", "类别", "地点", "参加代表", "人数", "活动情况", "反映的问题和建议").map(each => [#each])),
  ..rows.flatten().map(each => [#each]),
)
"""
WEASYPRINT = """<meta charset="utf-8"><style>
@font-face {{ font-family: "Liaison Song"; src: url("{font}") }}
@page {{ size: A4 landscape; margin: 20mm 15mm; @bottom-center {{ content: "第 " counter(page) " 页" }} }}
body {{ font: 9.5pt "Liaison Song" }} table {{ border-collapse: collapse }} td, th {{ border: 0.5pt solid; text-align: justify }}
</style><h1>接待走访日志</h1><table><thead><tr>{head}</tr></thead>{rows}</table>"""


class Logs:
    """Every run has texts of its own: a peer may remember what it has set before."""

    def __init__(self) -> None:
        self._logs = iter([log(THOUSAND, seed) for seed in range(RUNS + 1)])
        self.pages = 0

    def rows(self) -> list[list[str]]:
        return [[*cells(number, line)] for number, line in enumerate(next(self._logs).lines, start=1)]

    def ours(self) -> None:
        self.pages = page_count(typeset(visit_log_paper(next(self._logs), PRINTED)))


def with_typst(folder: Path) -> Callable[[], object]:
    typst = pytest.importorskip("typst", reason="a peer of papers is not installed: pip install typst")
    logs, source, rows = Logs(), folder / "log.typ", folder / "rows.json"
    source.write_text(TYPST, encoding="utf-8")

    def set_it() -> None:
        rows.write_text(json.dumps(logs.rows(), ensure_ascii=False), encoding="utf-8")
        typst.compile(str(source), font_paths=[str(FOLDER)], ignore_system_fonts=True)

    return set_it


def with_weasyprint(_folder: Path) -> Callable[[], object]:
    weasyprint = pytest.importorskip("weasyprint", reason="a peer of papers is not installed: pip install weasyprint")
    logs, font = Logs(), next(FOLDER.glob("LiaisonSong-Regular*")).as_uri()

    def row(texts: list[str], mark: str) -> str:
        return "".join(f"<{mark}>{html.escape(each)}</{mark}>" for each in texts)

    def set_it() -> None:
        rows = "".join(f"<tr>{row(each, 'td')}</tr>" for each in logs.rows())
        weasyprint.HTML(string=WEASYPRINT.format(font=font, head=row([*HEADINGS], "th"), rows=rows)).write_pdf()

    return set_it


def with_libreoffice(folder: Path, program: Callable[[str], str]) -> Callable[[], object]:
    """What a station does today: the table of a spreadsheet program as a PDF file."""
    soffice, book = program("soffice"), folder / "log.xlsx"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def set_it() -> None:
        book.write_bytes(workbook_of(table(THOUSAND)))
        command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
        subprocess.run(command, check=True, capture_output=True)
        assert (folder / "log.pdf").exists()

    return set_it


@pytest.mark.parametrize("peer", ["typst", "weasyprint", "libreoffice"])
def test_a_log_of_a_thousand_visits_beside_others(peer: str, tmp_path: Path, program: Callable[[str], str]) -> None:
    peers = {
        "typst": lambda: with_typst(tmp_path),
        "weasyprint": lambda: with_weasyprint(tmp_path),
        "libreoffice": lambda: with_libreoffice(tmp_path, program),
    }
    ours, theirs = Logs(), peers[peer]()
    us, them = taken_in_turn((f"log of {THOUSAND} visits", ours.ours), (f"  {peer}", theirs), runs=RUNS)
    tell(us.told(), f"{them.told()}; ratio {us.median / them.median:.2f}")
    assert us.median < SECONDS
    assert us.median < SHARE * them.median


def test_a_log_of_twenty_thousand_visits_takes_no_longer_a_page(tmp_path: Path) -> None:
    short, long = log(THOUSAND), log(TWENTY_THOUSAND)
    pages: dict[int, int] = {}

    def set_log(of: int) -> None:
        pages[of] = page_count(typeset(visit_log_paper(short if of == THOUSAND else long, PRINTED)))

    few = taken(f"log of {THOUSAND} visits", lambda: set_log(THOUSAND))
    many = taken(f"log of {TWENTY_THOUSAND} visits", lambda: set_log(TWENTY_THOUSAND), runs=3)
    a_page = {THOUSAND: few.median / pages[THOUSAND], TWENTY_THOUSAND: many.median / pages[TWENTY_THOUSAND]}
    memory = peak_megabytes([sys.executable, "-m", "tests.benchmarks.invented_log", tmp_path / "log.pdf", TWENTY_THOUSAND], _TOP)
    ratio = a_page[TWENTY_THOUSAND] / a_page[THOUSAND]
    tell(few.told(), many.told("s"), f"a page of the long log: {ratio:.2f} of the short one's time; memory {memory:.0f} MB")
    assert many.median < LONGEST
    assert ratio < LINEAR
    assert memory < MEMORY
