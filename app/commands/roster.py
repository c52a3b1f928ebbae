"""The commands of `liaison` that concern the register: who is in it, a change of term, livelihood projects."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.commands.arguments import FLAG, NEEDED, NUMBER, PATH
from app.commands.way_in import reading, writing
from app.domain.congress import Congress, Level
from app.domain.issue_steps import StepEntry
from app.domain.life import ProjectEvent, ProjectState
from app.domain.money import money_told
from app.domain.project import Project
from app.domain.values import Id, wording
from app.errors import Refused
from app.i18n import _, ngettext
from app.messages import said
from app.queries.congresses import congress_terms
from app.queries.record import record_of
from app.queries.roster_list import RosterFilter, RosterRow, RosterSection, Standing, roster_list
from app.terminal import AddCommand, Answer, day_given
from app.use_cases.change_of_term import TermChange, TermPlan, change_term, plan_term
from app.use_cases.people import deputy_named
from app.use_cases.projects import project_from, step_project
from app.use_cases.roster import end_mandate, save_entry
from app.workspace import Workspace

_MOST = 10_000  # lines of a list


# --- lists ------------------------------------------------------------------------------------------------------------


def deputies(options: Namespace) -> Answer:
    """`deputies [TEXT] [--level L] [--all]`."""
    return _listed(options, RosterSection.DEPUTIES)


def units(options: Namespace) -> Answer:
    """`units [TEXT] [--all]`."""
    return _listed(options, RosterSection.UNITS)


def projects(options: Namespace) -> Answer:
    """`projects [TEXT] [--year Y] [--state S]`."""
    return _listed(options, RosterSection.PROJECTS)


def _listed(options: Namespace, section: RosterSection) -> Answer:
    asked = RosterFilter(
        typed=options.text or "",
        level=getattr(options, "level", None) or "",
        state=getattr(options, "state", None) or "",
        year=getattr(options, "year", 0),
        standing=Standing.ALL if getattr(options, "all", False) else Standing.HERE,
    )
    with reading(options) as workspace:
        found = roster_list(workspace, section, asked, limit=_MOST)
    rows = [_row(section, each) for each in found.rows]
    words = ngettext("{count} record", "{count} records", found.total).format(count=found.total)
    lines = ["  ".join(str(value) for value in row.values() if value) for row in rows]
    return Answer(document={"total": found.total, "records": rows}, words="\n".join([words, *lines]))


def _row(section: RosterSection, row: RosterRow) -> dict[str, Any]:
    told: dict[str, Any] = {"name": row.name}
    if section is RosterSection.DEPUTIES:
        told |= {"level": wording(row.level), "congress": row.congress, "term": row.term, "card": row.card}
        told |= {"group": row.group, "work": row.work}
    elif section is RosterSection.UNITS:
        told |= {"type": wording(row.type), "parent": row.unit, "policy_contact": row.contact}
    else:
        told = {"year": row.year, "name": row.name, "unit": row.unit, "budget": money_told(row.budget)}
        told["state"] = wording(row.state)
    return told | {"ended": _("ended") if row.gone else "", "id": row.id}


# --- mandates and terms -----------------------------------------------------------------------------------------------


def end(options: Namespace) -> Answer:
    """`end-mandate DEPUTY --on DAY --reason TEXT`."""
    with writing(options) as workspace:
        deputy = deputy_named(workspace, options.deputy)
        on = day_given(options.on) or workspace.clock.today().date()
        saved = end_mandate(workspace, deputy.id, on, options.reason)
    words = _("The mandate of {name} ends on {day}. To take it back: liaison undo {id}")
    return Answer(document={"id": saved.id}, words=words.format(name=deputy.name, day=on, id=saved.id))


def change(options: Namespace) -> Answer:
    """`change-term CONGRESS --began DAY [--roster FILE] …`: with `--dry-run` only what would happen."""
    with (reading if options.dry_run else writing)(options) as workspace:
        asked = _asked(workspace, options)
        plan = plan_term(workspace, asked)
        if options.same_names:
            asked, plan = _with_same_names(workspace, asked, plan)
        document = _plan_document(plan)
        if options.dry_run:
            words = _("A rehearsal; nothing was saved.") + "\n" + _plan_told(plan)
            return Answer(document=document, words=words)
        done = change_term(workspace, asked)
    told = _("To take it back: liaison undo {id}").format(id=done.id)
    return Answer(document=document | {"id": done.id}, words="\n".join([_plan_told(plan), told]))


def _asked(workspace: Workspace, options: Namespace) -> TermChange:
    began = day_given(options.began)
    assert began is not None  # the option is needed
    roster: Path | None = options.roster
    return TermChange(
        congress=_congress(workspace, options.congress),
        began_on=began,
        term_no=options.term,
        roster=roster,
        same={**{int(row): "" for row in options.new}, **_pairs(workspace, options.same)},
        stay=frozenset(deputy_named(workspace, each).id for each in options.stay),
        leave=frozenset(deputy_named(workspace, each).id for each in options.leave),
        heirs={suggestion: _heir(workspace, heir) for suggestion, heir in map(_parted, options.heir)},
    )


def _congress(workspace: Workspace, text: str) -> Id:
    """The congress of this identifier, name, or part of a name that only one bears."""
    known = [each.congress for each in congress_terms(workspace)]
    exact = [each for each in known if text in {each.id, each.name}]
    near = exact or [each for each in known if text in each.name]
    if len(near) != 1:
        raise Refused("congress_named", text=text, names=[each.name for each in known])
    return record_of(workspace, Congress, near[0].id).id


def _pairs(workspace: Workspace, given: list[str]) -> Mapping[int, Id]:
    pairs = map(_parted, given)
    return {int(row): deputy_named(workspace, deputy).id for row, deputy in pairs if row.isdecimal()}


def _heir(workspace: Workspace, text: str) -> str:
    return text if text.startswith("row:") else deputy_named(workspace, text).id


def _parted(text: str) -> tuple[str, str]:
    before, equals, after = text.partition("=")
    if not equals:
        raise Refused("pair_malformed", text=text)
    return before.strip(), after.strip()


def _with_same_names(workspace: Workspace, asked: TermChange, plan: TermPlan) -> tuple[TermChange, TermPlan]:
    """Everybody whose name only one deputy bears is that deputy."""
    same = dict(asked.same)
    for doubt in plan.doubts:
        near = [each.id for each in doubt.near if each.name == doubt.told.name]
        if len(near) == 1 and near[0] not in same.values():
            same[doubt.row] = near[0]
    decided = replace(asked, same=same)
    return decided, plan_term(workspace, decided)


def _plan_document(plan: TermPlan) -> dict[str, Any]:
    return {
        "congress": plan.congress.name,
        "term": plan.new.term_no,
        "began_on": plan.new.began_on,
        "goes_on": [{"id": each.before.id, "name": each.before.name, "row": each.row or None} for each in plan.goes_on],
        "new": [{"row": each.row, "name": each.deputy.name} for each in plan.joins],
        "leaves": [{"id": each.id, "name": each.name} for each in plan.leaves],
        "doubtful": [
            {"row": each.row, "name": each.told.name, "near": [{"id": near.id, "name": near.name} for near in each.near]}
            for each in plan.doubts
        ],
        "suggestions": [
            {"id": each.suggestion.id, "title": each.suggestion.title(), "lead": each.lead.name, "heir": each.heir or None}
            for each in plan.suggestions
        ],
        "open_issues": plan.issues,
        "planned_days": plan.planned,
        "rows": {"read": plan.read, "refused": plan.refused, "others": plan.others},
        "problems": [said(each.code, {"row": each.row, "column": each.column, **each.facts}) for each in plan.problems],
    }


def _plan_told(plan: TermPlan) -> str:
    """What happens, a line each; who has still to be decided comes with the options that decide it."""
    lines = [f"{plan.congress.name} {plan.old.title() if plan.old else ''} → {plan.new.title()} {plan.new.began_on}"]
    parts = (
        (_("Goes on"), [each.before.name for each in plan.goes_on]),
        (_("Is new"), [each.deputy.name for each in plan.joins]),
        (_("Leaves"), [each.name for each in plan.leaves]),
    )
    lines += [f"{words} {len(names)}：{'、'.join(names)}" for words, names in parts]
    for each in plan.doubts:
        told = _("Row {row}, {name}: is it {near}? Then: {same}; somebody new: {new}")
        near = "、".join(f"{one.name} {one.deputy_card_no}".strip() for one in each.near)
        lines.append(
            told.format(row=each.row, name=each.told.name, near=near, same=f"--same {each.row}=…", new=f"--new {each.row}")
        )
    for one in plan.suggestions:
        words = _("Open, of {name}: {title} ({option})")
        lines.append(words.format(name=one.lead.name, title=one.suggestion.title(), option=f"--heir {one.suggestion.id}=…"))
    carried = _("{issues} open issues stay with the station; {days} planned reception days name somebody who leaves.")
    lines.append(carried.format(issues=plan.issues, days=plan.planned))
    return "\n".join(lines)


# --- livelihood projects ----------------------------------------------------------------------------------------------


def propose(options: Namespace) -> Answer:
    """`project-from ISSUE... [--name TEXT] [--year Y]`."""
    with writing(options) as workspace:
        sheet = project_from(workspace, options.issues)
        project = sheet.record
        assert isinstance(project, Project)
        named = replace(project, name=options.name or project.name, year=options.year or project.year)
        saved = save_entry(workspace, replace(sheet, record=named))
    return Answer(document={"id": saved.id}, words=_("Proposed: {id}").format(id=saved.id))


def step(options: Namespace) -> Answer:
    """`project-step ID EVENT [--on DAY] [--words TEXT] [--votes F/A/B] [--opinions ASKED/S/B/D]`."""
    fields: dict[str, Any] = {}
    fields |= _numbers(options.votes, ("votes_for", "votes_against", "votes_abstained"))
    fields |= _numbers(options.opinions, ("asked", "satisfied", "basically_satisfied", "dissatisfied"))
    with writing(options) as workspace:
        on = day_given(options.on) or workspace.clock.today().date()
        entry = StepEntry(on=on, words=options.words, fields=fields)
        done = step_project(workspace, options.id, ProjectEvent(options.event), entry)
        project = record_of(workspace, Project, done.id)
    words = f"{project.name}：{wording(project.state)}"
    return Answer(document={"id": done.id, "state": str(project.state)}, words=words)


def _numbers(text: str, names: tuple[str, ...]) -> dict[str, int]:
    """Numbers between slashes, for fields in their order."""
    if not text:
        return {}
    parts = text.split("/")
    if len(parts) != len(names) or not all(part.strip().isdecimal() for part in parts):
        raise Refused("numbers_malformed", text=text, names=list(names))
    return {name: int(part) for name, part in zip(names, parts, strict=True)}


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    _add_register(command)
    _add_projects(command)


def _add_register(command: AddCommand) -> None:
    typed = ("text", {"nargs": "?", "default": "", "help": _("only what holds these words, or sounds like them")})
    everyone = ("--all", {**FLAG, "help": _("also those whose mandate ended, and closed units")})
    command(
        "deputies",
        deputies,
        _("list the deputies"),
        typed,
        ("--level", {"choices": [each.value for each in Level], "default": ""}),
        everyone,
    )
    command("units", units, _("list the units with their policy contacts"), typed, everyone)
    command(
        "end-mandate",
        end,
        _("note that a deputy's mandate ends"),
        ("deputy", {"metavar": "DEPUTY"}),
        ("--on", {"metavar": "DAY"}),
        ("--reason", NEEDED),
    )
    command(
        "change-term",
        change,
        _("change the term of one congress: who goes on, who is new, who leaves"),
        ("congress", {"metavar": "CONGRESS"}),
        ("--began", {**NEEDED, "metavar": "DAY", "help": _("the first session of the new term")}),
        ("--term", {**NUMBER, "default": 0, "metavar": "N", "help": _("the number of the new term; the next one if left out")}),
        ("--roster", {**PATH, "metavar": "FILE", "help": _("the new roster as a spreadsheet; without it everybody goes on")}),
        ("--same", {"action": "append", "default": [], "metavar": "ROW=DEPUTY", "help": _("this row tells of this deputy")}),
        ("--new", {"action": "append", "default": [], "metavar": "ROW", "help": _("this row tells of somebody new")}),
        ("--same-names", {**FLAG, "help": _("whoever has the name of one deputy only is that deputy")}),
        (
            "--stay",
            {"action": "append", "default": [], "metavar": "DEPUTY", "help": _("goes on though the roster leaves them out")},
        ),
        ("--leave", {"action": "append", "default": [], "metavar": "DEPUTY", "help": _("leaves, where there is no roster")}),
        (
            "--heir",
            {"action": "append", "default": [], "metavar": "SUGGESTION=DEPUTY", "help": _("takes an open suggestion over")},
        ),
        ("--dry-run", FLAG),
    )


def _add_projects(command: AddCommand) -> None:
    command(
        "projects",
        projects,
        _("list the livelihood projects"),
        ("text", {"nargs": "?", "default": "", "help": _("only what holds these words, or sounds like them")}),
        ("--year", {**NUMBER, "default": 0}),
        ("--state", {"choices": [each.value for each in ProjectState], "default": ""}),
    )
    command(
        "project-from",
        propose,
        _("propose a livelihood project on the ground of issues"),
        ("issues", {"nargs": "+", "metavar": "ISSUE"}),
        ("--name", {"default": ""}),
        ("--year", {**NUMBER, "default": 0}),
    )
    command(
        "project-step",
        step,
        _("take a livelihood project a step further"),
        ("id", {"metavar": "ID"}),
        ("event", {"choices": [each.value for each in ProjectEvent]}),
        ("--on", {"metavar": "DAY"}),
        ("--words", {"default": "", "metavar": "TEXT"}),
        ("--votes", {"default": "", "metavar": "N/N/N", "help": _("for, against, abstained")}),
        (
            "--opinions",
            {"default": "", "metavar": "N/N/N/N", "help": _("residents asked, satisfied, basically satisfied, dissatisfied")},
        ),
    )
