"""Write the pages of `docs/` that are made from the code: `python -m app.describe`."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from app.domain.kinds import ALL_KINDS
from app.domain.life import LIVES, Life
from app.domain.records import ANY_KIND, FieldTraits, KindTraits, Travels, described
from app.domain.values import CodeSet, wording

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"

_TRAVELS: Final = {Travels.ALWAYS: "exported", Travels.BY_POLICY: "by policy", Travels.NEVER: "local"}

_RECORDS_INTRO: Final = """\
# Records

Written by `python -m app.describe` from `app/domain/`; change the code, not this page.

A record is one flat, frozen value of one kind. A save makes a revision of it, a package carries revisions, and several seats'
revisions merge field by field (fields of one group as a whole). Every field is empty unless something was said; only what the
functions called `…_problems` name is ever demanded, and only for the step that needs it.

## Where a new field goes

1. One line in the kind's class in `app/domain/`, its Chinese term by `about(…)`: `searched=True` where people would look for
   its words, `to="…"` where it holds the identifiers of another kind. Add it to a group of `@kind` where it makes sense only
   together with others. A code set is a `CodeSet` in the same file; annotate the field `Code[…]`, so that it stays open.
2. `python -m app.describe`, and commit this page with the code.
3. Nothing else: lines, packages, search, history and merging follow from the declaration. A form that shows the field, and a
   column of a spreadsheet that fills it, name it themselves.

A field is never renamed and never changes its shape, and a code never changes its meaning: stations hold lines that use them.

What notices: `tests/app/test_describe.py` when this page is old; `tests/app/domain/test_records.py` when a value does not come
back from its line as it went in; `tests/app/domain/test_kinds.py` when a term or a code's word is missing, a searched field is
no text, a reference or a group names what is not there.

`docs/lives.md` shows what may follow what in the lives of issues, suggestions and packages.
"""

_LIVES_INTRO: Final = """\
# Lives

Written by `python -m app.describe` from `app/domain/life.py`; change the code, not this page.

A life is a table: what may happen in each state, and the state that follows. It holds the longest way; a rule profile says which
steps a people's congress takes. In a state that a newer program coined nothing is allowed, and the state is shown as it is.
"""


def records_page() -> str:
    """The page of all kinds, their fields and their code sets."""
    kinds = [each.traits for each in ALL_KINDS]
    lines = [_RECORDS_INTRO, "## Kinds", "", *_kind_table(kinds), ""]
    for traits in kinds:
        lines += [*_kind_section(traits), ""]
    lines += ["## Code sets", "", "A code that is not listed is kept and shown as it is (decision 7).", ""]
    for codes in _code_sets(kinds):
        lines += [*_code_section(codes), ""]
    return "\n".join(lines).rstrip() + "\n"


def lives_page() -> str:
    """The page of all lives: a diagram and a table each."""
    lines = [_LIVES_INTRO]
    for life in LIVES:
        lines += [f"## {life.label} `{life.name}`", "", *_diagram(life), "", *_transition_table(life), ""]
    return "\n".join(lines).rstrip() + "\n"


PAGES: Final[Mapping[str, Callable[[], str]]] = {"records.md": records_page, "lives.md": lives_page}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")


# --- records -------------------------------------------------------------------------------------------------------


def _kind_table(kinds: list[KindTraits]) -> Iterator[str]:
    yield "| kind | term | a save | goes out | fields |"
    yield "|---|---|---|---|---|"
    for each in kinds:
        change = "changes it" if each.mutable else "only adds"
        yield f"| [`{each.name}`](#{each.name}) | {each.label} | {change} | {_TRAVELS[each.travels]} | {len(each.fields)} |"


def _kind_section(traits: KindTraits) -> Iterator[str]:
    yield f"### {traits.name}"
    yield ""
    yield f"{traits.label}. {_told(traits.record)} (`{traits.record.__module__}`)"
    yield ""
    yield "| field | term | shape | searched | group |"
    yield "|---|---|---|---|---|"
    for field, shape in described(traits.record):
        searched = "yes" if field.searched else ""
        yield f"| `{field.name}` | {field.label} | {_shape(field, shape)} | {searched} | {_group(traits, field.name)} |"


def _shape(field: FieldTraits, shape: str) -> str:
    if field.shape.codes:
        return shape.replace("code", f"code [{field.shape.codes.__name__}](#{field.shape.codes.__name__.lower()})")
    if field.to:
        return shape.replace("text", "id of any record" if field.to == ANY_KIND else f"id of [{field.to}](#{field.to})")
    return shape


def _group(traits: KindTraits, name: str) -> str:
    return next((str(number) for number, group in enumerate(traits.groups, 1) if name in group), "")


def _code_sets(kinds: list[KindTraits]) -> list[type[StrEnum]]:
    found = {field.shape.codes for each in kinds for field in each.fields.values() if field.shape.codes}
    return sorted(found, key=lambda each: each.__name__)


def _code_section(codes: type[StrEnum]) -> Iterator[str]:
    yield f"### {codes.__name__}"
    yield ""
    yield f"{_told(codes)} " + " · ".join(f"`{each}` {wording(each)}" for each in codes)


def _told(thing: type) -> str:
    return " ".join((inspect.getdoc(thing) or "").split())


# --- lives ---------------------------------------------------------------------------------------------------------


def _diagram(life: Life[Any, Any]) -> Iterator[str]:
    ways: dict[tuple[CodeSet, CodeSet], list[str]] = {}
    for before, event, after in life.rows():
        ways.setdefault((before, after), []).append(event.label)
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f'    state "{state.label}" as {state}' for state in dict.fromkeys(each for way in ways for each in way))
    yield f"    [*] --> {life.start}"
    yield from (f"    {before} --> {after}: {'、'.join(labels)}" for (before, after), labels in ways.items())
    yield "```"


def _transition_table(life: Life[Any, Any]) -> Iterator[str]:
    yield "| in | may happen | then |"
    yield "|---|---|---|"
    for before, event, after in life.rows():
        yield f"| {before.label} `{before}` | {event.label} `{event}` | {after.label} `{after}` |"


if __name__ == "__main__":
    main()
