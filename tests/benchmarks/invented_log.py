"""A log of invented visits, as long as is wanted; as a program, the log made once, so that its memory can be asked for."""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.domain.papers import Ledger, VisitLine, VisitLog
from app.ledgers.written import Table, write_workbook
from app.paths import RESOURCES
from app.printing.paper import typeset
from app.printing.visit_log import visit_log_paper

PRINTED = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def visits(number: int, seed: int) -> Iterator[VisitLine]:
    """Invented visits."""
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
    """A row of a peer's table."""
    deputies, matters = "、".join(line.deputies), "".join(line.matters)
    return (str(number), f"{line.day} {line.hours}", line.kind, line.place, deputies, line.people, line.account, matters)


def main(target: Path, number: int) -> None:
    """A log written as a paper or as a workbook, by the ending of its file."""
    if target.suffix == ".pdf":
        target.write_bytes(typeset(visit_log_paper(log(number), PRINTED)))
    else:
        with target.open("wb") as file:
            write_workbook(file, [table(number)])


def table(number: int, seed: int = 1) -> Table:
    """The rows of a log, made one by one."""
    return Table("接待走访日志", VisitLog.columns, (cells(place, line) for place, line in enumerate(visits(number, seed))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
