"""The commands of `liaison` about what a suggestion's writer is told: the hints with their rules, and the answers to them."""

from argparse import Namespace
from typing import Any

from app.commands.arguments import NEEDED
from app.commands.way_in import reading, writing
from app.domain.hint import Hint
from app.i18n import _, ngettext
from app.messages import code_told, problem_told
from app.queries.suggestion_card import suggestion_sheet
from app.queries.suggestion_hints import hints_of
from app.reference import hint_rules
from app.terminal import AddCommand, Answer
from app.use_cases.hint_answers import answer_hint


def check_suggestion(options: Namespace) -> Answer:
    """`check-suggestion ID`: every hint; exit code 0 whatever they are, for a hint stops nothing."""
    with reading(options) as workspace:
        sheet = suggestion_sheet(workspace, options.id)
        hints = hints_of(workspace, sheet)
    open_ones = sum(each.answer is None for each in hints)
    words = ngettext("{count} hint.", "{count} hints.", open_ones).format(count=open_ones)
    document = {"id": options.id, "hints": [_document(each) for each in hints]}
    return Answer(document=document, words="\n".join([words, *map(_line, hints)]))


def answer(options: Namespace) -> Answer:
    """`answer-hint ID CODE --because WORDS`."""
    with writing(options) as workspace:
        done = answer_hint(workspace, options.id, options.code, options.because)
    words = _("Kept: {code}. To take it back: liaison undo {id}").format(code=options.code, id=options.id)
    return Answer(document={"id": options.id, "code": options.code, "answers": list(done.ids)}, words=words)


def _document(hint: Hint) -> dict[str, Any]:
    rule = hint_rules()[hint.rule]
    places = [{"field": each.field, "start": each.start, "end": each.end, "paragraph": each.paragraph} for each in hint.places]
    answered = hint.answer and {
        "because": hint.answer.reason,
        "by": hint.answer.by,
        "on": hint.answer.on.isoformat() if hint.answer.on else "",
    }
    source = {"code": rule.code, "title": rule.title, "source": rule.source, "article": rule.article}
    told = {"code": hint.code, "group": str(hint.group), "message": problem_told(hint), "digest": hint.digest}
    return {**told, "rule": source, "places": places, "answer": answered}


def _line(hint: Hint) -> str:
    rule = hint_rules()[hint.rule]
    line = f"  {hint.code}  [{code_told(hint.group)}] {problem_told(hint)}（{rule.code} {rule.source} {rule.article}）"
    if hint.answer:
        line += "\n    " + _("Kept because {reason} ({by}, {on})").format(
            reason=hint.answer.reason, by=hint.answer.by, on=hint.answer.on
        )
    return line


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    hints = _("show the hints on a suggestion, each with its places and its rule; they stop nothing")
    command("check-suggestion", check_suggestion, hints, ("id", {"metavar": "ID"}))
    command(
        "answer-hint",
        answer,
        _("say why a hint is not followed; it comes back when the words change"),
        ("id", {"metavar": "ID"}),
        ("code", {"metavar": "HINT"}),
        ("--because", {**NEEDED, "metavar": "WORDS"}),
    )
