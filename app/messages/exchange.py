"""What is open about a sealed number, in words, and what to do about it."""

from collections.abc import Mapping
from typing import Final

from app.domain.exchange_papers import QuestionKind
from app.i18n import N_, _

_TO_DO: Final[Mapping[str, str]] = {
    QuestionKind.NEVER_COPIED: N_("It is packed, and nobody has a copy of it yet. It goes with the next hand-in."),
    QuestionKind.GAP: N_(
        "The body has later packages and not this one: it may be lost on its way. Copy it again and hand it in."
    ),
    QuestionKind.VANISHED: N_(
        "The file was written and read back, and is not on the stick any more. If the body has not taken it yet, copy it again."
    ),
    QuestionKind.OVERDUE: N_(
        "It was handed in 14 days ago and more, without a receipt. Ask the body; copy it again if it is lost."
    ),
    QuestionKind.PARKED: N_("The body has laid it aside and will look at it again. Nothing needs to be done here."),
    QuestionKind.FORKED: N_(
        "The body has another package of this number: these data were copied, or restored from a backup. If another computer "
        "works with them too, stop there. The next hand-in here carries everything once more, numbered anew."
    ),
    QuestionKind.REFUSED: N_("The body could not take it. Copy it again and hand it in once more."),
    QuestionKind.LOST: N_("It is lost. The next hand-in carries its records again."),
}
_WORDS: Final[Mapping[str, str]] = {
    QuestionKind.NEVER_COPIED: N_("Not copied yet"),
    QuestionKind.GAP: N_("Missing at the body"),
    QuestionKind.VANISHED: N_("Gone from the stick"),
    QuestionKind.OVERDUE: N_("No receipt for 14 days"),
    QuestionKind.PARKED: N_("Laid aside"),
    QuestionKind.FORKED: N_("Number taken twice"),
    QuestionKind.REFUSED: N_("Refused"),
    QuestionKind.LOST: N_("Lost"),
}


def question_word(kind: QuestionKind) -> str:
    """What is wrong, in a word or two."""
    return _(_WORDS[kind])


def files_told(files: Mapping[str, int]) -> str:
    """Where the contents of attachments stand, in a line; the three counts of `Standing.files`."""
    return _("Files: {never_sent} never sent, {sent} waiting for the receipt, {received} received by the body.").format(**files)


def question_told(kind: QuestionKind) -> str:
    """What it means and what to do."""
    return _(_TO_DO[kind])
