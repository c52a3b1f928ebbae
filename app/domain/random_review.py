"""A random review (随机抽样点评): some suggestions drawn by a seed, each reported on, commented on and tested (domain brief 6.3).

The draw needs nothing but the seed and the identifiers: each identifier is put behind the seed and a line break, the SHA-256 of
that (UTF-8) is its lot, and the smallest lots are drawn. So anybody can repeat it, with any program, as long as the same
suggestions stand in the pool; a digest over the pool tells whether they do.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from app.domain.handling import Supervision
from app.domain.problems import Problem
from app.domain.satisfaction import Satisfaction
from app.domain.values import Code, CodeSet, Id


class ReviewPart(CodeSet):
    """The four steps of a random review."""

    DRAW = "draw", "抽取"
    REPORT = "report", "汇报"
    COMMENT = "comment", "点评"
    TEST = "test", "测评"


def drawn(seed: str, pool: Iterable[Id], many: int) -> tuple[Id, ...]:
    """As many of the pool as are wanted, by their lots, the smallest first; the order of the pool does not matter."""
    return tuple(sorted(set(pool), key=lambda each: (lot(seed, each), each))[: max(0, many)])


def lot(seed: str, id: Id) -> str:
    """The lot of one identifier under a seed: 64 hexadecimal digits."""
    return sha256(f"{seed}\n{id}".encode()).hexdigest()


def digest_of_pool(pool: Iterable[Id]) -> str:
    """SHA-256 over the identifiers of a pool in their order, a line each."""
    return sha256("".join(f"{id}\n" for id in sorted(set(pool))).encode()).hexdigest()


def draw_problems(seed: str, pool: Sequence[Id], many: int) -> Iterator[Problem]:
    """What keeps a draw from being one."""
    if not seed.strip():
        yield Problem(code="seed_missing", field="seed")
    if many < 1:
        yield Problem(code="draw_of_none", field="many")
    if many > len(pool):
        yield Problem(code="draw_beyond_pool", field="many", facts={"many": many, "pool": len(pool)})


def parts_done(sheet: Supervision) -> tuple[ReviewPart, ...]:
    """The steps of a sheet that are written down."""
    done = {
        ReviewPart.DRAW: bool(sheet.on),
        ReviewPart.REPORT: bool(sheet.account.strip()),
        ReviewPart.COMMENT: bool(sheet.comment.strip()),
        ReviewPart.TEST: bool(sheet.test),
    }
    return tuple(part for part in ReviewPart if done[part])


def filled(sheet: Supervision, *, report: str, comment: str, test: Code[Satisfaction]) -> Supervision:
    """The sheet with what was said at the meeting."""
    return replace(sheet, account=report.strip(), comment=comment.strip(), test=test)
