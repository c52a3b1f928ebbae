"""`liaison demo`: invented records, to try the program with."""

from argparse import Namespace
from typing import Any

from app.clock import Clock
from app.commands.arguments import NUMBER
from app.commands.way_in import home_of, writing
from app.i18n import _
from app.messages import counts_told
from app.terminal import AddCommand, Answer, way_of
from app.use_cases import demo as invented


def demo(options: Namespace) -> Answer:
    """`demo`: invented records only, through the same path as a person's import."""
    amounts = invented.Amounts(visits=options.visits, issues=options.issues, suggestions=options.suggestions)
    code = invented.set_up_if_missing(home_of(options), way_of(options), Clock())
    with writing(options) as workspace:
        made = invented.fill(workspace, amounts, options.seed)
    document: dict[str, Any] = {"records": made.records, "import_id": made.import_id}
    words = _("Invented records saved: {counts}").format(counts=counts_told(made.records))
    words += "\n" + _("To take it back: liaison undo {id}").format(id=made.import_id)
    if code:
        document["recovery_code"] = code
        words += "\n" + _("Recovery code of the invented station: {code}").format(code=code)
    return Answer(document=document, words=words)


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "demo",
        demo,
        _("fill an empty station with invented records, or set up an invented one"),
        ("--visits", {**NUMBER, "default": 30}),
        ("--issues", {**NUMBER, "default": 40}),
        ("--suggestions", {**NUMBER, "default": 3}),
        ("--seed", {**NUMBER, "default": 1}),
    )
