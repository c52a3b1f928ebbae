"""The log of a thousand visits as a paper, beside typst, which sets the same table with the same fonts."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.papers import Ledger, VisitLine, VisitLog
from app.paths import RESOURCES
from app.printing.fonts import FOLDER
from app.printing.paper import typeset
from app.printing.visit_log import visit_log_paper
from tests.benchmarks.figures import RUNS, taken, taken_in_turn, tell

PRINTED = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
THOUSAND, SECONDS, SHARE = 1000, 1.0, 0.5
TWENTY_THOUSAND, LONGEST = 20_000, 6.0

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


def visits(number: int, seed: int) -> Iterator[VisitLine]:
    """Invented visits, told in the words the demo uses."""
    words = json.loads((RESOURCES / "reference" / "invented.json").read_text(encoding="utf-8"))["words"]
    phrases, urging = (
        [each for each in several if "{" not in each] for several in (words["since"] + words["urging"], words["urging"])
    )
    chance = random.Random(seed)
    for place in range(number):
        yield VisitLine(
            day=f"2026-{place % 12 + 1:02}-{place % 28 + 1:02}",
            hours="09:00至11:30",
            kind="接待",
            place=chance.choice(words["community"]) + "联络站",
            deputies=tuple(f"{surname}代表" for surname in chance.sample(words["surname"].split(), 2)),
            people=str(chance.randint(1, 5)),
            account="，".join(chance.sample(phrases, 4)) + f"，共{chance.randint(1, 99)}户。",
            matters=("，".join(chance.sample(urging, 3)) + "。",),
        )


def log(number: int, seed: int = 1) -> VisitLog:
    """A log of some visits."""
    head = Ledger(station="示例联络站", number="430181001-001", period="2026年", summary=f"共 {number} 次")
    return VisitLog(head=head, lines=tuple(visits(number, seed)))


def cells(number: int, line: VisitLine) -> Sequence[str]:
    """A row of the peer's table."""
    deputies, matters = "、".join(line.deputies), "".join(line.matters)
    return (str(number), f"{line.day} {line.hours}", line.kind, line.place, deputies, line.people, line.account, matters)


def test_a_log_of_a_thousand_visits_beside_typst(tmp_path: Path) -> None:
    """Every run has texts of its own: the peer remembers what it has set before."""
    typst = pytest.importorskip("typst", reason="the peer of papers is not installed: pip install typst")
    source, rows = tmp_path / "log.typ", tmp_path / "rows.json"
    source.write_text(TYPST, encoding="utf-8")
    mine, its = iter([log(THOUSAND, seed) for seed in range(RUNS + 1)]), iter([log(THOUSAND, seed) for seed in range(RUNS + 1)])
    sizes = {"ours": 0, "peer": 0}

    def ours() -> None:
        sizes["ours"] = len(typeset(visit_log_paper(next(mine), PRINTED)))

    def peer() -> None:
        told = [cells(number, line) for number, line in enumerate(next(its).lines, start=1)]
        rows.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        sizes["peer"] = len(typst.compile(str(source), font_paths=[str(FOLDER)], ignore_system_fonts=True))

    us, them = taken_in_turn((f"log of {THOUSAND} visits", ours), ("  typst", peer), runs=RUNS)
    tell(
        f"{us.told()}, {sizes['ours'] // 1024} KB",
        f"{them.told()}, {sizes['peer'] // 1024} KB; ratio {us.median / them.median:.2f}",
    )
    assert us.median < SECONDS
    assert us.median < SHARE * them.median


def test_a_log_of_twenty_thousand_visits() -> None:
    many = log(TWENTY_THOUSAND)
    figure = taken(f"log of {TWENTY_THOUSAND} visits", lambda: typeset(visit_log_paper(many, PRINTED)), runs=3)
    tell(figure.told("s"))
    assert figure.median < LONGEST
