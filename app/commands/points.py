"""The commands of `liaison` for the points of deputies: schemes, what is proposed, approvals, what it comes to."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from app.commands.way_in import reading, writing
from app.domain.papers import Span, year_span
from app.domain.points import PointsState
from app.domain.score_scheme import points_told, scheme_told
from app.domain.values import Id
from app.i18n import _, ngettext
from app.messages import code_told
from app.queries.points import DeputyScore, PointsBoard, PointsRow, own_schemes, points_board
from app.reference import score_schemes
from app.terminal import AddCommand, Answer, day_given
from app.use_cases.issues import Done
from app.use_cases.points import approve, enter_proposed, new_entry, reject, reopen, save_entry, take_over, take_up_scheme
from app.workspace import Workspace

_ALL: Final = "all"
_DEEDS: Final = ("approve", "reject", "reopen", "take-over")


def points(options: Namespace) -> Answer:
    """`points [--year Y | --from D --to D] [--entries]`: what every deputy has come to, and by which entries."""
    with reading(options) as workspace:
        board = points_board(workspace, _span(workspace, options))
    document = {
        "schemes": [each.label for each in board.schemes],
        "proposed": len(board.proposals),
        "deputies": [_score_told(each) for each in board.scores],
        "entries": [_row_told(each) for each in board.rows],
    }
    lines = [_score_line(each) for each in board.scores]
    if options.entries:
        lines += [_row_line(each) for each in board.rows]
    if not board.schemes:
        lines.append(_("No score scheme holds in this period. Take one up first."))
    many = len(board.proposals)
    if many:
        words = ngettext("{count} entry is proposed.", "{count} entries are proposed.", many)
        lines.append(words.format(count=many))
    return Answer(document=document, words="\n".join(lines))


def points_scheme(options: Namespace) -> Answer:
    """`points-scheme [NAME --from DAY]`: the examples and what the station goes by; or go by an example from a day on."""
    if options.name:
        with writing(options) as workspace:
            day = day_given(options.starts_on) or workspace.clock.today().date().replace(month=1, day=1)
            done = take_up_scheme(workspace, options.name, day)
        return Answer(document={"id": done.id, "from": day.isoformat()}, words=_("The scheme is taken up."))
    with reading(options) as workspace:
        kept = own_schemes(workspace)
    own = [
        {
            "id": each.id,
            "name": each.name,
            "from": each.starts_on.isoformat() if each.starts_on else None,
            "to": each.ends_on.isoformat() if each.ends_on else None,
        }
        for each in kept
    ]
    examples = score_schemes().values()
    document = {"examples": [scheme_told(each) for each in examples], "own": own}
    lines = [f"{each.name}  {each.label}" for each in examples]
    lines += [f"* {each['name']}  {each['from']} – {each['to'] or ''}" for each in own]
    return Answer(document=document, words="\n".join(lines))


def points_enter(options: Namespace) -> Answer:
    """`points-enter [--year Y | --from D --to D]`: enter what the records of a period ask for."""
    with writing(options) as workspace:
        done = enter_proposed(workspace, _span(workspace, options))
    many = len(done.made)
    words = ngettext("{count} entry made.", "{count} entries made.", many).format(count=many)
    return Answer(document={"made": list(done.made)}, words=words)


def points_write(options: Namespace) -> Answer:
    """`points-write DEPUTY ITEM[/PART] --account TEXT [--on D] [--many N]`: what no record tells of."""
    item, _slash, part = options.item.partition("/")
    with writing(options) as workspace:
        new = new_entry(workspace)
        entry = replace(
            new,
            deputy=options.deputy,
            item=item,
            sub_item=part,
            account=options.account,
            on=day_given(options.on) or new.on,
            quantity=options.many,
        )
        done = save_entry(workspace, entry)
    return Answer(document={"id": done.id}, words=_("Saved; it is to be approved."))


def points_settle(options: Namespace) -> Answer:
    """`points-settle approve|reject|reopen|take-over ID … | all [--why TEXT]`: settle entries, step by step."""
    with writing(options) as workspace:
        ids = _chosen(workspace, options)
        deeds: dict[str, Callable[[Workspace, Sequence[Id]], Done]] = {
            "approve": approve,
            "reject": lambda at, of: reject(at, of, options.why),
            "reopen": reopen,
            "take-over": take_over,
        }
        done = deeds[options.deed](workspace, ids)
    changed = sorted(done.heads)
    words = ngettext("{count} entry changed.", "{count} entries changed.", len(changed)).format(count=len(changed))
    return Answer(document={"changed": changed}, words=words)


def _chosen(workspace: Workspace, options: Namespace) -> list[Id]:
    """The entries named; of all those for which the deed makes sense."""
    if options.ids != [_ALL]:
        return list(options.ids)
    board: PointsBoard = points_board(workspace, _span(workspace, options))
    if options.deed == "take-over":
        return [each.entry.id for each in board.rows if each.open_again]
    first, second = (board.waiting(each) for each in (PointsState.ENTERED, PointsState.FIRST_APPROVED))
    return [each.entry.id for each in (*first, *second)]


def _span(workspace: Workspace, options: Namespace) -> Span:
    if options.first or options.last:
        return Span(first=day_given(options.first), last=day_given(options.last))
    return year_span(options.year or workspace.clock.today().year)


def _score_told(score: DeputyScore) -> dict[str, Any]:
    return {
        "deputy": score.deputy,
        "name": score.name,
        "scheme": score.scheme.label,
        "points": points_told(score.total),
        "grade": score.grade,
        "items": {code: points_told(each) for code, each in score.items.items()},
        "approved": score.approved,
        "waiting": score.waiting,
    }


def _row_told(row: PointsRow) -> dict[str, Any]:
    entry = row.entry
    return {
        "id": entry.id,
        "deputy": entry.deputy,
        "on": entry.on.isoformat() if entry.on else None,
        "item": entry.item,
        "part": entry.sub_item,
        "account": entry.account,
        "quantity": entry.quantity,
        "state": str(entry.state),
        "open_again": row.open_again,
        "brings": points_told(row.brings),
        "of": entry.of or None,
    }


def _score_line(score: DeputyScore) -> str:
    told = _("{points} points, {grade}").format(points=points_told(score.total), grade=score.grade or _("no grade"))
    waiting = ngettext("{count} waits", "{count} wait", score.waiting).format(count=score.waiting) if score.waiting else ""
    return "  ".join(each for each in (score.name, told, waiting) if each)


def _row_line(row: PointsRow) -> str:
    entry = row.entry
    state = (
        _("record changed")
        if row.open_again
        else (code_told(entry.state) if isinstance(entry.state, PointsState) else entry.state)
    )
    day = entry.on.isoformat() if entry.on else ""
    return "  ".join(
        each for each in (entry.id, day, row.deputy, row.item, entry.account, state, points_told(row.brings)) if each
    )


# --- the words of the command line ------------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    days: Any = (
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY"}),
        ("--year", {"type": int, "default": 0}),
    )
    command(
        "points",
        points,
        _("what every deputy has come to by the score scheme, this year or in a period"),
        *days,
        ("--entries", {"action": "store_true", "help": _("each entry as well")}),
    )
    command(
        "points-scheme",
        points_scheme,
        _("list the score schemes, or go by an example from a day on"),
        ("name", {"nargs": "?", "default": "", "help": _("the example to go by; without it they are listed"), "metavar": "NAME"}),
        (
            "--from",
            {"dest": "starts_on", "default": "", "metavar": "DAY", "help": _("its first day (default: this year's first)")},
        ),
    )
    command("points-enter", points_enter, _("enter the points that the records of a period propose"), *days)
    command(
        "points-write",
        points_write,
        _("enter points for something that no record tells of"),
        ("deputy", {"metavar": "DEPUTY", "help": _("the deputy's identifier")}),
        ("item", {"metavar": "ITEM[/PART]", "help": _("the code of the item in the scheme")}),
        ("--account", {"default": "", "metavar": "TEXT", "help": _("what was done, as evidence")}),
        ("--on", {"default": "", "metavar": "DAY", "help": _("when it was (default: today)")}),
        ("--many", {"type": int, "default": 1, "metavar": "N", "help": _("how often or how many (default: 1)")}),
    )
    command(
        "points-settle",
        points_settle,
        _("approve entries (first, then second), reject them, open them again, or take over what their records say now"),
        ("deed", {"choices": _DEEDS, "metavar": "|".join(_DEEDS)}),
        (
            "ids",
            {
                "nargs": "+",
                "metavar": "ID",
                "help": _("entries, or the word that stands for every one of them: {word}").format(word=_ALL),
            },
        ),
        *days,
        ("--why", {"default": "", "metavar": "TEXT", "help": _("why they do not count")}),
    )
