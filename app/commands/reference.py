"""The command for the reference data that a body sent: what is in force, and setting it back."""

from argparse import Namespace

from app.clock import CHINA
from app.commands.way_in import reading, writing
from app.i18n import _
from app.messages.arrivals import set_back_told
from app.queries.reference import reference_card
from app.terminal import AddCommand, Answer
from app.use_cases.reference import set_back


def add_to(command: AddCommand) -> None:
    """The command with its arguments."""
    command(
        "reference",
        reference,
        _("say which version of the body's reference data is in force, or set it back to the one before"),
        ("--set-back", {"action": "store_true", "help": _("let the version before hold again; days that are owed follow")}),
    )


def reference(options: Namespace) -> Answer:
    """`reference [--set-back]`."""
    if options.set_back:
        with writing(options) as workspace:
            back = set_back(workspace)
        return Answer(
            document={"version": back.version, "now": back.now, "moved": back.moved},
            words=set_back_told(back.version, back.now, back.moved),
        )
    with reading(options) as workspace:
        card = reference_card(workspace)
    if card is None:
        return Answer(document={"version": 0}, words=_("The body has sent no reference data; what the program brought holds."))
    document = {
        "version": card.version,
        "body": card.body,
        "issued": card.issued_on.isoformat() if card.issued_on else None,
        "taken": card.taken.isoformat(),
        "years": [each.year for each in card.data.years],
        "units": len(card.data.units),
        "categories": len(card.data.categories),
        "before": card.before,
    }
    words = _("Reference data of {body}, version {version} of {issued}, taken in on {taken}.")
    days = {"issued": card.issued_on or "", "taken": card.taken.astimezone(CHINA).date()}
    return Answer(document=document, words=words.format(**{**document, **days}))
