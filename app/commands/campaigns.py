"""`liaison campaign`: all campaigns, the table of one, and what is done with it."""

from argparse import Namespace
from typing import Any, Final

from app.commands.arguments import FLAG, PATH
from app.commands.way_in import noting, reading, writing
from app.domain.chinese import period
from app.domain.records import body_of
from app.domain.values import wording
from app.i18n import _, ngettext
from app.queries.campaign_paper import NO_NAME, NO_VILLAGE, facts, summary
from app.queries.campaign_table import CampaignTable, Counted, Division, PartRow, campaign_table
from app.queries.campaigns import campaign_list, campaign_named
from app.terminal import AddCommand, Answer
from app.use_cases.campaign_export import export_table
from app.use_cases.campaigns import close_campaign, gather_visits, reopen_campaign

_NAMELESS: Final = {Division.VILLAGE: NO_VILLAGE, Division.DEPUTY: NO_NAME}


def campaign(options: Namespace) -> Answer:
    """`campaign [ID] [--gather] [--close|--reopen] [--output F.xlsx]`: without an ID the list of all."""
    if options.id is None:
        return _listed(options)
    if options.close or options.reopen or options.gather:
        return _done(options)
    if options.output is not None:
        return _exported(options)
    with reading(options) as workspace:
        table = campaign_table(workspace, campaign_named(workspace, options.id).id)
    lines = [table.campaign.name, period(table.campaign.starts_on, table.campaign.ends_on), facts(table.campaign), summary(table)]
    return Answer(document=_document(table), words="\n".join([*filter(None, lines), *_rows(table)]))


def _listed(options: Namespace) -> Answer:
    with reading(options) as workspace:
        rows = campaign_list(workspace)
    shown: list[dict[str, Any]] = [
        {"id": row.id, "state": row.state.value, "visits": row.visits, **body_of(row.campaign)} for row in rows
    ]
    lines = [
        "  ".join((period(row.campaign.starts_on, row.campaign.ends_on), row.campaign.name, wording(row.state), row.id))
        for row in rows
    ]
    words = ngettext("{count} campaign.", "{count} campaigns.", len(rows)).format(count=len(rows))
    return Answer(document={"campaigns": shown}, words="\n".join([words, *lines]))


def _done(options: Namespace) -> Answer:
    with writing(options) as workspace:
        id = campaign_named(workspace, options.id).id
        gathered = len(gather_visits(workspace, id).visits) if options.gather else 0
        if options.close or options.reopen:
            (close_campaign if options.close else reopen_campaign)(workspace, id)
    told = [
        ngettext("{count} visit was taken in.", "{count} visits were taken in.", gathered).format(count=gathered)
        if options.gather
        else "",
        _("The campaign is closed.") if options.close else "",
        _("The campaign is open again.") if options.reopen else "",
    ]
    return Answer(document={"id": id, "gathered": gathered}, words="\n".join(filter(None, told)))


def _exported(options: Namespace) -> Answer:
    with noting(options) as workspace:
        exported = export_table(workspace, campaign_named(workspace, options.id).id, options.output)
    unnoted = _("Another window or command holds the records, so the history does not tell of this.")
    document = {"file": str(exported.path), "noted": exported.noted}
    words = _("The table is saved: {file}").format(file=exported.path)
    return Answer(document=document, words=words, remarks=() if exported.noted else (unnoted,))


def _document(table: CampaignTable) -> dict[str, Any]:
    return {
        "id": table.campaign.id,
        "fields": body_of(table.campaign),
        "whole": _numbers(table.whole),
        "levels": [{"level": row.part.key, "registered": row.registered, **_numbers(row)} for row in table.levels],
        "deputies": [{"id": row.part.key, "name": row.name, "level": row.beside, **_numbers(row)} for row in table.deputies],
        "villages": [{"village": row.name, **_numbers(row)} for row in table.villages],
    }


def _numbers(row: PartRow) -> dict[str, int]:
    return {"times": row.times, **{each.value: row.number(each) for each in Counted}}


def _rows(table: CampaignTable) -> list[str]:
    lines = []
    for division, rows in ((Division.LEVEL, table.levels), (Division.DEPUTY, table.deputies), (Division.VILLAGE, table.villages)):
        lines.append(f"· {division.label}")
        for row in rows:
            told = "  ".join(f"{each.label}{row.number(each)}" for each in Counted)
            lines.append(f"  {row.name or _NAMELESS.get(division, '')}  {told}")
    return lines


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "campaign",
        campaign,
        _("show the campaigns, or the table of one; close it, or take the visits of its days in"),
        ("id", {"nargs": "?", "metavar": "ID"}),
        ("--gather", {**FLAG, "help": _("visits of its days that belong to no campaign belong to it")}),
        ("--close", FLAG),
        ("--reopen", FLAG),
        ("--output", {**PATH, "metavar": "FILE", "help": _("save the table as .xlsx")}),
    )
