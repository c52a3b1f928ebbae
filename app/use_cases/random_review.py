"""A random review held: drawn by a seed, noted in the journal, and each drawn suggestion's sheet filled in."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.changes import Changes
from app.domain.handling import Supervision, SupervisionWay
from app.domain.problems import stop_at
from app.domain.random_review import digest_of_pool, draw_problems, drawn, filled
from app.domain.satisfaction import Satisfaction
from app.domain.values import Code, Id, Json, known
from app.queries.random_review import Pool, pool_of
from app.storage import drafts as kept_drafts
from app.use_cases.drafts import drafts
from app.use_cases.issues import Done, saved
from app.workspace import Workspace

DRAWN: Final = "draw"
"""The event of a draw: its seed, how the pool was narrowed, how large it was, its digest, and what was drawn."""
SHEET_DRAFT: Final = "supervision"
"""The kind of a draft kept on the sheet of a drawn suggestion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What was drawn, of how many; `sheets` are the records that wait to be filled in, none of a rehearsal."""

    seed: str
    pool: int
    digest: str
    suggestions: tuple[Id, ...]
    sheets: tuple[Id, ...] = ()
    changes: Changes = Changes.SUGGESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSheet:
    """What is typed at a sheet: what was reported, commented and tested."""

    report: str = ""
    comment: str = ""
    test: Code[Satisfaction] = ""

    @classmethod
    def of(cls, sheet: Supervision) -> "KeptSheet":
        """What is saved of a sheet."""
        return cls(report=sheet.account, comment=sheet.comment, test=sheet.test)

    def told(self, title: str) -> dict[str, Json]:
        """As the draft keeps it, with what the sheet is about."""
        return {"subject": title, "account": self.report, "comment": self.comment, "test": str(self.test)}


def unsaved_sheet(workspace: Workspace, id: Id) -> KeptSheet | None:
    """What was typed at a sheet and never saved."""
    kept = next((each.body for each in drafts(workspace) if each.key == sheet_key(id)), None)
    if kept is None:
        return None
    report, comment, test = (str(kept.get(name, "")) for name in ("account", "comment", "test"))
    return KeptSheet(report=report, comment=comment, test=known(Satisfaction, test) if test else "")


def new_seed() -> str:
    """A seed that nobody chose; one thrown with dice before everybody's eyes does as well."""
    return secrets.token_hex(4)


def draw(workspace: Workspace, seed: str, many: int, pool: Pool | None = None, *, rehearsed: bool = False) -> Drawn:
    """Draw so many of a pool; the same seed draws the same of the same pool. A rehearsal writes nothing down.

    Raises `Refused("incomplete", problems)`.
    """
    narrowed = pool or Pool()
    ids = pool_of(workspace, narrowed)
    stop_at(draw_problems(seed, ids, many))
    chosen, digest = drawn(seed.strip(), ids, many), digest_of_pool(ids)
    if rehearsed:
        return Drawn(seed=seed.strip(), pool=len(ids), digest=digest, suggestions=chosen, changes=Changes.NOTHING)
    today = workspace.clock.today().date()
    with workspace.writing() as books:
        sheets = [
            Supervision(id=workspace.clock.new_id(), of=id, way=SupervisionWay.RANDOM_REVIEW, on=today, seed=seed.strip())
            for id in chosen
        ]
        books.records.save_all(sheets)
        told: dict[str, Json] = {
            "year": narrowed.year,
            "unit": narrowed.unit,
            "state": str(narrowed.state),
            "pool": len(ids),
            "digest": digest,
        }
        books.note(DRAWN, {"seed": seed.strip(), "drawn": list(chosen), **told})
    made = tuple(each.id for each in sheets)
    return Drawn(seed=seed.strip(), pool=len(ids), digest=digest, suggestions=chosen, sheets=made)


def sheet_key(id: Id) -> str:
    """The name under which the draft of a sheet is kept."""
    return f"{SHEET_DRAFT}:{id}"


def fill_sheet(
    workspace: Workspace,
    id: Id,
    *,
    report: str = "",
    comment: str = "",
    test: Code[Satisfaction] = "",
    seen: Sequence[Id] = (),
) -> Done:
    """Write down what was reported, commented and tested of a drawn suggestion; raises `Refused("record_missing" | "stale")`."""
    with workspace.writing() as books:
        stored = books.records.get(Supervision, id)
        kept_drafts.discard(books.connection, sheet_key(id), workspace.author.op)
        sheet = filled(stored.record, report=report, comment=comment, test=test)
        return saved(books, id, [sheet], {id: tuple(seen)} if seen else {})
