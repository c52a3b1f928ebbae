"""The commands of `liaison` for what deputies say of replies: a form that came back, a sealed answer, totals."""

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.commands.way_in import reading, writing
from app.domain.satisfaction import Satisfaction
from app.domain.sealed_evaluation import Verdict
from app.domain.values import known
from app.errors import Refused
from app.i18n import _
from app.keys.passphrase import read_passphrase_file, read_text_file
from app.messages import code_told
from app.messages.shares import share_told
from app.queries.evaluation_totals import EvaluationTotals, evaluation_totals
from app.terminal import AddCommand, Answer, day_given
from app.use_cases.evaluations import evaluation_form, evaluation_stand, note_envelope, open_evaluation, seal_evaluation

_BOTH = (Satisfaction.SATISFIED, Satisfaction.BASICALLY_SATISFIED)


def evaluations(options: Namespace) -> Answer:
    """`evaluations`: what deputies said, in totals alone, year by year."""
    with reading(options) as workspace:
        totals = evaluation_totals(workspace)
    words = "\n".join(_line(each) for each in totals) or _("No evaluation has been entered.")
    return Answer(document={"years": [_told(each) for each in totals]}, words=words)


def evaluate(options: Namespace) -> Answer:
    """`evaluate ID --returned-on D` of an envelope; `--answer FILE --seal-pin-file FILE` seals, `--read` with it opens."""
    with writing(options) as workspace:
        if options.returned_on:
            on = day_given(options.returned_on)
            done = note_envelope(workspace, options.id, on or workspace.clock.today().date())
            return Answer(document={"id": done.id}, words=_("Entered: the evaluation came back, unopened."))
        if not options.seal_pin_file:
            raise Refused("pin_needed")
        pin = read_passphrase_file(options.seal_pin_file).text
        if options.read:
            verdict = open_evaluation(workspace, evaluation_stand(workspace, options.id).evaluation, pin).verdict
            return Answer(document=_answer(verdict), words=_answer_line(verdict))
        form = evaluation_form(workspace, options.id)
        again = "" if form.known else pin
        sealed = seal_evaluation(workspace, options.id, _given(options), pin, again=again, ask_again=options.ask_again)
    words = _("Sealed. It goes to the congress with the next package.")
    waits = _("Sealed for the deputy. No congress is trusted yet; type the PIN once more when its trust file is here.")
    document = {"id": sealed.id, "for_receiver": sealed.for_receiver}
    return Answer(document=document, words=words if sealed.for_receiver else waits)


def _given(options: Namespace) -> Verdict:
    """The answer a file holds; raises `Refused("entry_not_json" | "entry_not_object")`."""
    if options.answer is None:
        return Verdict()
    try:
        told = json.loads(read_text_file(options.answer))
    except ValueError as error:
        raise Refused("entry_not_json", path=str(options.answer)) from error
    if not isinstance(told, dict):
        raise Refused("entry_not_object", path=str(options.answer))
    return _verdict(told)


def _verdict(told: Mapping[str, Any]) -> Verdict:
    return Verdict(
        attitude=known(Satisfaction, str(told.get("attitude", ""))),
        result=known(Satisfaction, str(told.get("result", ""))),
        opinion=str(told.get("opinion", "")),
        cosigners_heard=bool(told.get("cosigners_heard", False)),
        views=str(told.get("views", "")),
    )


def _answer(verdict: Verdict) -> dict[str, Any]:
    return {
        "attitude": str(verdict.attitude),
        "result": str(verdict.result),
        "opinion": verdict.opinion,
        "cosigners_heard": verdict.cosigners_heard,
        "views": verdict.views,
    }


def _answer_line(verdict: Verdict) -> str:
    levels = (each for each in (verdict.attitude, verdict.result) if isinstance(each, Satisfaction))
    return "  ".join(each for each in (*map(code_told, levels), verdict.opinion, verdict.views) if each)


def _told(totals: EvaluationTotals) -> dict[str, Any]:
    return {
        "year": totals.year,
        "sent": totals.sent,
        "returned": totals.returned,
        "sealed": totals.sealed,
        "not_counted_yet": totals.hidden,
        "attitude": {str(level): totals.attitude.get(level, 0) for level in Satisfaction},
        "result": {str(level): totals.result.get(level, 0) for level in Satisfaction},
        "satisfied_rate": totals.rate(totals.result, Satisfaction.SATISFIED),
        "satisfied_incl_basic": totals.rate(totals.result, *_BOTH),
    }


def _line(totals: EvaluationTotals) -> str:
    told = _("{year}: {returned} returned, {sealed} of them sealed, {hidden} not counted yet (they come by fives).")
    words = told.format(year=totals.year, returned=totals.returned, sealed=totals.sealed, hidden=totals.hidden)
    answers = ((_("Attitude of the unit"), totals.attitude), (_("Result of handling"), totals.result))
    return "\n".join([words, *(f"  {name}  {_answers(levels)}" for name, levels in answers if levels)])


def _answers(levels: Mapping[Satisfaction, int]) -> str:
    """Every level, and both rates with what they are shares of."""
    whole = sum(levels.values())
    satisfied, both = levels.get(Satisfaction.SATISFIED, 0), sum(levels.get(each, 0) for each in _BOTH)
    told = (f"{code_told(level)} {levels.get(level, 0)}" for level in Satisfaction)
    rates = _("satisfied {satisfied}; with basically satisfied {both}").format(
        satisfied=share_told(satisfied, whole), both=share_told(both, whole)
    )
    return "  ".join([*told, rates])


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command("evaluations", evaluations, _("what deputies said of replies, in totals"))
    command(
        "evaluate",
        evaluate,
        _("seal a deputy's evaluation, read it by their PIN, or enter that it came back in an envelope"),
        ("id", {"metavar": "SUGGESTION"}),
        ("--returned-on", {"default": "", "metavar": "DAY", "help": _("the day an envelope came back")}),
        ("--answer", {"type": Path, "metavar": "FILE", "help": _("a JSON file that holds the answer, as the README tells")}),
        ("--seal-pin-file", {"type": Path, "metavar": "FILE", "help": _("its first line is the deputy's evaluation PIN")}),
        ("--ask-again", {"action": "store_true", "help": _("let the station know that the deputy wants it handled again")}),
        ("--read", {"action": "store_true", "help": _("show what was sealed")}),
    )
