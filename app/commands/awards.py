"""The commands of `liaison` for stars and awards; a suggestion is rated and awarded by `suggestion-step`."""

from argparse import Namespace
from dataclasses import replace
from typing import Any

from app.commands.way_in import reading, writing
from app.domain.award import OF_PEOPLE, AwardType
from app.i18n import _, ngettext
from app.messages import code_told
from app.queries.awards import AwardRow, AwardsWanted, awards
from app.queries.units import units
from app.terminal import AddCommand, Answer, day_given
from app.use_cases.awards import give_award, new_award
from app.workspace import Workspace


def award_list(options: Namespace) -> Answer:
    """`awards [--year Y] [--type T] [--holding]`: what was given to whom."""
    with reading(options) as workspace:
        wanted = AwardsWanted(year=options.year, award_type=options.award_type, holding=options.holding)
        found = awards(workspace, wanted, limit=max(0, options.limit))
    words = ngettext("{count} rating or award.", "{count} ratings and awards.", found.total).format(count=found.total)
    document = {"total": found.total, "awards": [_told(each) for each in found.rows]}
    return Answer(document=document, words="\n".join([words, *map(_line, found.rows)]))


def award(options: Namespace) -> Answer:
    """`award TYPE --to ID … | --unit NAME … | --station --year Y --issuer NAME [--name N] [--document-no N] [--on D]`."""
    with writing(options) as workspace:
        given = replace(
            new_award(workspace),
            award_type=AwardType(options.award_type),
            year=options.year or workspace.clock.today().year,
            on=day_given(options.on) or workspace.clock.today().date(),
            name=options.name,
            issuer=options.issuer,
            document_no=options.document_no,
            reason=options.words,
            by_name=options.by,
        )
        done = give_award(workspace, given, _recipients(workspace, options))
    many = len(done.made)
    words = ngettext("{award}: given to {count}.", "{award}: given to {count}.", many)
    document = {"award": options.award_type, "made": list(done.made)}
    return Answer(document=document, words=words.format(award=code_told(AwardType(options.award_type)), count=many))


def _recipients(workspace: Workspace, options: Namespace) -> list[str]:
    """Records by their identifiers, units by name as well, and this station."""
    known = {each.name: each.id for each in units(workspace)}
    station = [workspace.author.owner] if options.station else []
    return [*options.to, *(known.get(name, name) for name in options.unit), *station]


def _told(row: AwardRow) -> dict[str, Any]:
    return {
        "id": row.award.id,
        "type": str(row.award.award_type),
        "name": row.word,
        "stars": str(row.award.stars) or None,
        "year": row.year,
        "on": row.award.on.isoformat() if row.award.on else None,
        "to": row.recipient.id,
        "kind": row.recipient.kind,
        "title": row.recipient.title,
        "issuer": row.award.issuer,
        "document_no": row.award.document_no,
        "reason": row.award.reason,
        "holds": row.holds,
    }


def _line(row: AwardRow) -> str:
    over = "" if row.holds else _("(rated anew since)")
    told = (str(row.year or ""), row.word, over, row.recipient.title, row.award.issuer, row.award.document_no, row.award.id)
    return "  ".join(each for each in told if each)


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "awards",
        award_list,
        _("list the stars of suggestions and the awards of suggestions, deputies, units and stations"),
        ("--year", {"type": int, "default": 0}),
        ("--type", {"dest": "award_type", "choices": [each.value for each in AwardType], "default": ""}),
        ("--holding", {"action": "store_true", "help": _("without ratings that a newer one took the place of")}),
        ("--limit", {"type": int, "default": 100}),
    )
    command(
        "award",
        award,
        _("write down an award of deputies, units or the station; suggestions are rated and awarded by their own steps"),
        ("award_type", {"choices": [each.value for each in OF_PEOPLE], "metavar": "TYPE"}),
        ("--to", {"nargs": "+", "default": [], "metavar": "ID", "help": _("deputies or units")}),
        ("--unit", {"action": "append", "default": [], "metavar": "UNIT", "help": _("by its name; may be given again")}),
        ("--station", {"action": "store_true", "help": _("this station")}),
        ("--year", {"type": int, "default": 0}),
        ("--issuer", {"required": True, "metavar": "NAME"}),
        ("--name", {"default": "", "help": _("what it is called, where its type does not say it")}),
        ("--document-no", {"default": ""}),
        ("--on", {"default": "", "metavar": "DAY"}),
        ("--by", {"default": "", "metavar": "NAME"}),
        ("--words", {"default": "", "metavar": "TEXT"}),
    )
