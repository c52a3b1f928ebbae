"""Write the pages and pictures of `docs/` that are made from the code: `python -m app.describe`."""

import contextlib
import inspect
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from app.clock import Clock
from app.domain.cosignature import Cosignature
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.kinds import ALL_KINDS
from app.domain.life import LIVES, Life
from app.domain.papers import ALWAYS, PaperName, Span
from app.domain.records import ANY_KIND, FieldTraits, KindTraits, Travels, described
from app.domain.reply import Reply
from app.domain.rota import RotaPlan
from app.domain.suggestion import Suggestion
from app.domain.values import CodeSet, Id, wording
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.i18n import _
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.province import enrolment, receiver
from app.province.intake import Intake
from app.province.receipts import write_receipts
from app.province.receiver import Receiver
from app.queries.deputies import register
from app.queries.relations import found
from app.use_cases import demo
from app.use_cases.arrivals import receive
from app.use_cases.handing_in import export
from app.use_cases.papers import Asked, composed_paper
from app.use_cases.receptions import save_visit
from app.use_cases.rota import plan_receptions
from app.use_cases.trust import request_enrolment, take_trust
from app.workspace import OUTBOX, Workspace, opened

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"

_SAMPLE_DAY: Final = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_SAMPLE_SPAN: Final = Span(first=date(2026, 1, 1), last=date(2026, 6, 30))
_DOTS_AN_INCH: Final = 100
_STICK: Final = "报送盘"

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
    """Write the pages, and the pictures where the program that makes them is installed."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8", newline="\n")
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        told = _("The pictures of the papers stay as they are: {program} is missing.").format(program="pdftoppm (poppler-utils)")
        print(told, file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        draw_papers(drawer, Path(folder), DOCS / "pictures")


# --- papers --------------------------------------------------------------------------------------------------------


def draw_papers(drawer: str, folder: Path, pictures: Path) -> None:
    """The first page of every paper as a picture, of an invented station made in `folder`; the fullest of each kind."""
    way, clock = PassphraseWay(passphrase=Passphrase("sample")), Clock(now=lambda: _SAMPLE_DAY)
    demo.set_up_if_missing(folder, way, clock)
    pictures.mkdir(exist_ok=True)
    with opened(folder, way, write=True, clock=clock) as workspace:
        demo.fill(workspace, demo.Amounts(visits=40, issues=60, suggestions=6), 1)
        for asked in _samples(workspace):
            file = folder / f"{asked.name}.pdf"
            file.write_bytes(composed_paper(workspace, asked).content)
            _draw(drawer, file, pictures / f"paper-{asked.name}")
        receiver.set_up(folder / "body", way, code="43", roots_folder=folder / "roots", passphrase=None, clock=clock)
        with receiver.opened(folder / "body", way, write=True, clock=clock) as body:
            receipt = exchanged(workspace, body, folder)
        statement = folder / "statement.pdf"
        statement.write_bytes(composed_paper(workspace, Asked(name=PaperName.STATEMENT, span=ALWAYS)).content)
        _draw(drawer, statement, pictures / f"paper-{PaperName.STATEMENT}")
        _draw(drawer, receipt, pictures / "paper-receipt")


def _samples(workspace: Workspace) -> Iterator[Asked]:
    with workspace.reading() as connection:
        receptions = {each.id for each in found(connection, Visit) if each.visit_kind == VisitKind.RECEPTION}
        issues = [each for each in found(connection, Issue) if each.visit in receptions]
        suggestions = found(connection, Suggestion)
    yield Asked(name=PaperName.RECEPTION_FORM, id=max(issues, key=lambda each: len(repr(each))).encounter)
    yield Asked(name=PaperName.VISIT_LOG, span=_SAMPLE_SPAN)
    yield Asked(name=PaperName.ISSUE_LEDGER, span=_SAMPLE_SPAN)
    yield Asked(name=PaperName.SUGGESTION, id=max(suggestions, key=lambda each: len(each.text)).id)
    answered = next(each for each in issues if each.unit and each.result_text)
    yield Asked(name=PaperName.ASSIGNMENT_SLIP, id=answered.id)
    yield Asked(name=PaperName.FEEDBACK_SLIP, id=answered.id)
    yield from _of_suggestions(workspace)
    yield from _of_reception_days(workspace)


def _of_suggestions(workspace: Workspace) -> Iterator[Asked]:
    """The papers of a suggestion that was answered, and of one that others signed; both ledgers."""
    with workspace.reading() as connection:
        replies, signatures = found(connection, Reply), found(connection, Cosignature)
    for name in (PaperName.COSIGNATURE_PAGE, PaperName.COSIGNING_CALL, PaperName.WITHDRAWAL_APPLICATION):
        yield Asked(name=name, id=signatures[0].suggestion)
    for name in (
        *(PaperName.REVIEW_NOTICE, PaperName.SUGGESTION_SLIP, PaperName.REPLY_SHEET, PaperName.EVALUATION_FORM),
        *(PaperName.RETURN_APPLICATION, PaperName.EXTENSION_APPLICATION),
    ):
        yield Asked(name=name, id=replies[0].suggestion)
    yield Asked(name=PaperName.SUGGESTION_LEDGER)
    yield Asked(name=PaperName.COMMITMENT_LEDGER)
    yield Asked(name=PaperName.AWARD_LEDGER)


def _of_reception_days(workspace: Workspace) -> Iterator[Asked]:
    """The papers of a rota of six months, and of a reception of three residents."""
    deputies = tuple(each.id for each in register(workspace))[:6]
    plan = RotaPlan(first=date(2026, 12, 1), last=date(2027, 5, 31), deputies=deputies, together=2)
    morning = replace(plan, starts=time(9), ends=time(11, 30), place="联络站接待室", theme="听取群众对民生实事的意见")
    planned = plan_receptions(workspace, morning).ids
    yield Asked(name=PaperName.RECEPTION_NOTICE, id=planned[0])
    yield Asked(name=PaperName.DUTY_ROTA, span=Span(first=plan.first, last=plan.last))
    yield Asked(name=PaperName.VISITOR_SLIP, id=save_visit(workspace, _reception(workspace, deputies[0])).sheet.visit.id)
    yield Asked(name=PaperName.CALL_BACK_LIST)
    yield Asked(name=PaperName.BLANK_RECEPTION_FORM)
    yield Asked(name=PaperName.BLANK_OUTREACH_FORM)
    yield Asked(name=PaperName.PROJECT_BALLOT)
    yield Asked(name=PaperName.PROJECT_PROGRESS)


def exchanged(workspace: Workspace, body: Receiver, folder: Path) -> Path:
    """Four numbers handed in, the second lost on its way and in the outbox, and filled by a later one; the receipt on paper.

    `folder` becomes the working directory for as long as it takes, since papers tell where each number was copied.
    """
    take_trust(workspace, enrolment.enrol(body, request_enrolment(workspace).content).bundle)
    with contextlib.chdir(folder):
        for place, lost in enumerate((False, True, False), start=1):
            save_visit(workspace, _reception(workspace, register(workspace)[place].id))
            exported = export(workspace, Path(_STICK))
            if lost:
                for sent, path in zip(exported.numbers, exported.paths, strict=True):
                    path.unlink()
                    (workspace.folder / OUTBOX / sent.file).unlink()
            else:
                for path in exported.paths:
                    Intake(body).take(path)
            laid_out = write_receipts(body, demo.STATION_CODE, folder / "back", printed=True)
            for file in laid_out.files:
                if file.suffix == ".json":
                    receive(workspace, file)
    return next(each for each in laid_out.files if each.suffix == ".pdf")


def _reception(workspace: Workspace, deputy: Id) -> VisitSheet:
    """A reception of somebody who gives a name, somebody who gives none, and somebody who asks for confidence."""
    new_id = workspace.clock.new_id
    visit = Visit(id=new_id(), visit_kind=VisitKind.RECEPTION, on=_SAMPLE_DAY.date(), deputies=(deputy,))
    people = (
        Encounter(id=new_id(), name="某某某"),
        Encounter(id=new_id(), anonymous=True),
        Encounter(id=new_id(), name="某某某", confidential=True),
    )
    said = ("南一社区路灯坏了快三个月，晚上老人不敢出门", "丙一村灌溉渠淤了两年没有清", "小区停车收费没有公示")
    lines = (
        Line(encounter=one, issues=(Issue(id=new_id(), subject=words, words=words),))
        for one, words in zip(people, said, strict=True)
    )
    return VisitSheet(visit=visit, lines=tuple(lines))


def _draw(drawer: str, paper: Path, picture: Path) -> None:
    options = ("-png", "-gray", "-r", str(_DOTS_AN_INCH), "-f", "1", "-singlefile")
    subprocess.run([drawer, *options, str(paper), str(picture)], check=True)


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
