"""The commands of `liaison` for checks of the station: how it stands, and what was found."""

from argparse import Namespace
from dataclasses import replace
from typing import Any

from app.commands.way_in import reading, writing
from app.domain.station_check import CheckFinding, StationCheck
from app.errors import Refused
from app.i18n import _, ngettext
from app.messages import code_told
from app.queries.station_checks import CheckRow, check_board
from app.terminal import AddCommand, Answer, day_given
from app.use_cases.station_checks import correct_check, new_round, save_round


def checks(options: Namespace) -> Answer:
    """`checks`: every item with its newest finding, what is to be mended, the stars."""
    with reading(options) as workspace:
        board = check_board(workspace)
    stands = board.standing
    document = {
        "stars": stands.stars,
        "items": stands.applied,
        "fulfilled": stands.halves / 2,
        "unseen": stands.unseen,
        "open": board.open,
        "rows": [_told(each) for each in board.rows],
    }
    words = _("{stars} stars; {met:g} of {of} items fulfilled; {open} to be mended; {unseen} never looked at")
    told = words.format(stars=stands.stars, met=stands.halves / 2, of=stands.applied, open=board.open, unseen=stands.unseen)
    return Answer(document=document, words="\n".join([told, *map(_line, board.rows)]))


def check_station(options: Namespace) -> Answer:
    """`check-station ITEM=FINDING[:ACCOUNT] … [--by NAME] [--on D]`: what was found; the word rest stands for all others."""
    found = dict(_found(each) for each in options.findings)
    with writing(options) as workspace:
        told = new_round(workspace)
        codes = {each.item for each in told.lines}
        if unknown := next((each for each in found if each not in codes | {_REST}), ""):
            raise Refused("check_item_unknown", item=unknown)
        blank = found.get(_REST, ("", ""))
        lines = tuple(_with(each, *found.get(each.item, blank)) for each in told.lines)
        done = save_round(workspace, replace(told, on=day_given(options.on) or told.on, by=options.by or told.by, lines=lines))
    many = len(done.made)
    words = ngettext("{count} finding saved.", "{count} findings saved.", many).format(count=many)
    return Answer(document={"made": list(done.made)}, words=words)


def check_mended(options: Namespace) -> Answer:
    """`check-mended ITEM --measure TEXT [--on D]`: how what was found lacking was mended."""
    with writing(options) as workspace:
        row = next((each for each in check_board(workspace).rows if each.item.code == options.item), None)
        if row is None or row.check is None:
            raise Refused("check_item_unknown", item=options.item)
        on = day_given(options.on) or workspace.clock.today().date()
        done = correct_check(workspace, replace(row.check, measure=options.measure, mended_on=on), row.heads)
    return Answer(document={"id": done.id}, words=_("Saved."))


_REST = "rest"


def _found(told: str) -> tuple[str, tuple[str, str]]:
    item, _equals, rest = told.partition("=")
    finding, _colon, account = rest.partition(":")
    if finding not in set(CheckFinding):
        raise Refused("check_finding_unknown", told=told, names=", ".join(CheckFinding))
    return item, (finding, account)


def _with(check: StationCheck, finding: str, account: str) -> StationCheck:
    return replace(check, finding=CheckFinding(finding), account=account) if finding else check


def _told(row: CheckRow) -> dict[str, Any]:
    check = row.check
    return {
        "item": row.item.code,
        "group": row.item.group,
        "name": row.item.name,
        "finding": str(check.finding) if check else None,
        "on": check.on.isoformat() if check and check.on else None,
        "account": check.account if check else "",
        "open": row.open,
        "overdue": row.overdue,
    }


def _line(row: CheckRow) -> str:
    check = row.check
    found = _("not looked at") if check is None else code_told(CheckFinding(check.finding))
    told = (row.item.code, row.item.group, row.item.name, found, check.account if check else "")
    return "  ".join(each for each in told if each)


# --- the words of the command line ------------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command("checks", checks, _("how the station stands by its checklist, and what is to be mended"))
    command(
        "check-station",
        check_station,
        _("write down a round of checks"),
        (
            "findings",
            {
                "nargs": "+",
                "metavar": "ITEM=FINDING[:TEXT]",
                "help": _("what was found ({names}), with what is missing; the item {rest} stands for all others").format(
                    names=", ".join(CheckFinding), rest=_REST
                ),
            },
        ),
        ("--by", {"default": "", "metavar": "NAME"}),
        ("--on", {"default": "", "metavar": "DAY"}),
    )
    command(
        "check-mended",
        check_mended,
        _("write down how what a check found lacking was mended"),
        ("item", {"metavar": "ITEM"}),
        ("--measure", {"required": True, "metavar": "TEXT"}),
        ("--on", {"default": "", "metavar": "DAY"}),
    )
