"""What was typed of one decision over several suggestions and never saved: the form, who it is about, numbers of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.suggestion_steps import STEP_DRAFT, Deed, Entry, entry_from
from app.domain.values import Id, Json
from app.errors import Refused
from app.use_cases.drafts import drafts
from app.workspace import Workspace

_TOGETHER: Final = "together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One of several suggestions; `number` is the case number that somebody typed for it alone."""

    id: Id
    title: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A decision over several suggestions as far as it was typed."""

    chosen: tuple[Chosen, ...]
    deed: Deed
    entry: Entry

    @property
    def key(self) -> str:
        """The name under which it is kept."""
        return batch_key(self.chosen[0].id, self.deed)


def batch_key(first: Id, deed: Deed) -> str:
    """The name under which it is kept: with the first of the suggestions, apart from what is typed for that one alone."""
    return f"{STEP_DRAFT}:{first}:{deed}:{_TOGETHER}"


def is_batch_key(key: str) -> bool:
    """Whether a draft's key names a decision over several suggestions."""
    return key.startswith(f"{STEP_DRAFT}:") and key.endswith(f":{_TOGETHER}")


def is_batch(body: Mapping[str, Json]) -> bool:
    """Whether a kept step is one of several suggestions."""
    return _TOGETHER in body


def batch_told(step: Mapping[str, Json], chosen: Sequence[Chosen]) -> dict[str, Json]:
    """The step of the first of them, as `entry_told` tells it, with who else it is about."""
    several: list[Json] = [[each.id, each.title, each.number] for each in chosen]
    return {**step, _TOGETHER: several}


def unsaved_batches(workspace: Workspace) -> tuple[Batch, ...]:
    """All that are kept; what this program cannot read is left alone."""
    bodies = (each.body for each in drafts(workspace) if each.kind == STEP_DRAFT and is_batch(each.body))
    return tuple(batch for body in bodies for batch in _read(body))


def _read(body: Mapping[str, Json]) -> Iterator[Batch]:
    several = body[_TOGETHER]
    try:
        deed, entry = entry_from(body)
    except Refused:
        return  # a newer program kept it
    if isinstance(several, list):
        told = [[str(part) for part in each] for each in several if isinstance(each, list) and len(each) == 3]
        chosen = tuple(Chosen(id=id, title=title, number=own) for id, title, own in told)
        if chosen:
            yield Batch(chosen=chosen, deed=deed, entry=entry)
