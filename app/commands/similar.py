"""`liaison similar`: earlier matters that say much the same, each with the reason."""

from argparse import Namespace
from datetime import date
from typing import Any

from app.commands.way_in import reading
from app.i18n import _, ngettext
from app.messages.likeness import likeness_told
from app.queries.issue_card import issue_card
from app.queries.similar import SimilarIssue, similar_issues
from app.terminal import AddCommand, Answer


def add_to(command: AddCommand) -> None:
    """The command and what it takes."""
    command(
        "similar",
        similar,
        _("list earlier matters that say much the same as an issue, or as words, each with the reason"),
        ("words", {"nargs": "?", "default": "", "metavar": "WORDS"}),
        ("--of", {"default": "", "metavar": "ID", "help": _("the issue whose words are compared")}),
        ("--place", {"default": "", "metavar": "PLACE", "help": _("where the matter is")}),
        ("--limit", {"type": int, "default": 3}),
    )


def similar(options: Namespace) -> Answer:
    """`similar [WORDS] [--of ID] [--place PLACE] [--limit N]`."""
    words, place, besides = options.words, options.place, set[str]()
    with reading(options) as workspace:
        if options.of:
            issue = issue_card(workspace, options.of).issue
            words = f"{issue.subject}\n{issue.words}\n{words}".strip()
            place, besides = place or issue.place, {issue.id}
        found = similar_issues(workspace, words, besides, max(0, options.limit), to=options.of, at=place)
        today = workspace.clock.today().date()
    told = ngettext("{count} earlier matter says much the same.", "{count} earlier matters say much the same.", len(found))
    lines = [f"{each.on or '':10}  {each.title}  {_reason(each, today)}  {each.id}" for each in found]
    document = {"found": [_document(each, today) for each in found]}
    return Answer(document=document, words="\n".join([told.format(count=len(found)), *lines]))


def _reason(found: SimilarIssue, today: date) -> str:
    return likeness_told(very=found.very, place=found.place, same_place=found.same_place, on=found.on, today=today)


def _document(found: SimilarIssue, today: date) -> dict[str, Any]:
    return {
        "id": found.id,
        "title": found.title,
        "received_on": found.on.isoformat() if found.on else None,
        "person": found.person,
        "state": found.state,
        "place": found.place,
        "same_place": found.same_place,
        "share": round(found.share, 3),
        "words": list(found.words),
        "reason": _reason(found, today),
    }
