"""What the exchange says: numbers, states and files in words, each with the tone that repeats it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from app.domain.arrival import Verdict
from app.domain.epoch import EpochDue, EpochReason
from app.domain.life import PackageState
from app.i18n import N_, _, ngettext
from app.messages import carried_told, code_told, explain, kind_told, said
from app.messages.arrivals import brings_told
from app.queries.reconciliation import Number
from app.use_cases.arrival import Arrival
from app.use_cases.arrivals import Outcome
from ui.feedback import Tone
from ui.wording import day_told

STAGES: Final[Mapping[str, str]] = {
    "packing": N_("Gathering the records"),
    "sealing": N_("Sealing"),
    "copying": N_("Writing"),
    "reading_back": N_("Reading back and comparing"),
    "taking": N_("Taking in"),
}
"""The words for the stages of a job."""

STANDINGS: Final[Mapping[str, str]] = {
    "never_sent": N_("Not handed in"),
    "sent": N_("Handed in, waiting for the receipt"),
    "received": N_("Received by the body"),
    "returned": N_("Returned, to be mended"),
    "elsewhere": N_("Handed in by another computer"),
    "replied": N_("Replied to"),
    "files": N_("Files"),
}
"""The words for where records stand."""

_GROUP: Final = 8


def contents_told(number: Number) -> str:
    """What is in a package: its kinds, the many first, so that the housekeeping of the station comes last."""
    if not number.records:
        return carried_told(number.records, number.kind)
    ordered = sorted(number.records.items(), key=lambda each: (each[0] in {"station", "seat"}, -each[1]))
    return _(" · ").join(f"{kind_told(kind)} {count}" for kind, count in ordered)


def grouped(digest: str) -> str:
    """A digest in groups of eight, to be compared by eye."""
    return " ".join(digest[place : place + _GROUP] for place in range(0, len(digest), _GROUP))


def target_told(folder: str) -> str:
    """A folder by its last name, which on a stick is the stick's."""
    return Path(folder).name or folder


# --- numbers -------------------------------------------------------------------------------------------------------


def result_told(number: Number) -> tuple[str, str]:
    """What became of a number, and its tone."""
    if number.state == PackageState.RECEIVED:
        if number.open:
            returned = ngettext("{count} record returned", "{count} records returned", number.open)
            return returned.format(count=number.open), "accent"
        return (_("Received, mended") if number.returned else _("All received")), "ok"
    words, tone = _RESULTS.get(str(number.state), (str(number.state), ""))
    return _(words), tone


_RESULTS: Final[Mapping[str, tuple[str, str]]] = {
    PackageState.SEALED: (N_("Not copied yet"), "warning"),
    PackageState.COPIED: (N_("Waiting for the receipt"), "information"),
    PackageState.PARKED: (N_("Laid aside"), "warning"),
    PackageState.REFUSED: (N_("Refused"), "accent"),
    PackageState.LOST: (N_("Lost"), "warning"),
}


def state_explained(number: Number) -> str:
    """What the state of a number means for the person, and what to do."""
    if number.state == PackageState.RECEIVED and number.open:
        words = _("The body has everything, and gave {count} back: open what is listed below, mend it, hand it in again.")
        return words.format(count=number.open)
    if number.state == PackageState.RECEIVED and number.told and not number.receipt:
        return _("The body has received everything in it: its short code was typed in. The receipt may still follow.")
    words = _(_EXPLAINED.get(str(number.state), ""))
    return f"{words}\n{said(number.code, {'seq': number.seq})}" if number.code else words


_EXPLAINED: Final[Mapping[str, str]] = {
    PackageState.SEALED: N_("It is packed, and nobody has a copy of it yet. It goes with the next hand-in."),
    PackageState.COPIED: N_("It was written out and read back. Bring it to the body; its receipt settles it."),
    PackageState.RECEIVED: N_("The body has received everything in it."),
    PackageState.PARKED: N_("The body has laid it aside and will look at it again. Nothing needs to be done here."),
    PackageState.REFUSED: N_("The body could not take it. Copy it again and hand it in once more."),
    PackageState.LOST: N_("It is lost. The next hand-in carries its records again."),
}


# --- files that were brought ---------------------------------------------------------------------------------------


def arrival_told(arrival: Arrival, today: date) -> str:
    """What a file is and what taking it in would do, or why it cannot be."""
    return explain(arrival.fault) if arrival.fault else brings_told(arrival, lambda day: day_told(day, today=today))


def arrival_word(arrival: Arrival) -> tuple[str, str]:
    """One word for a file, and its tone."""
    words = {
        Verdict.NEW: (N_("New"), "information"),
        Verdict.KNOWN: (N_("Known"), ""),
        Verdict.ASKS: (N_("To be answered"), "warning"),
        Verdict.REFUSED: (N_("Not taken"), "accent"),
    }
    word, tone = words[arrival.verdict]
    return _(word), tone


def outcome_told(outcome: Outcome) -> tuple[str, str, str]:
    """What became of a file: sentence, one word, its tone."""
    if outcome.fault:
        return explain(outcome.fault), _("Not taken"), "accent"
    taken = outcome.taken
    known = taken is None or taken.verdict == "duplicate"
    return "", (_("Known") if known else _("Taken in")), ("" if known else "ok")


TONES: Final[Mapping[str, Tone]] = {
    "ok": Tone.OK,
    "warning": Tone.WARNING,
    "information": Tone.INFORMATION,
    "accent": Tone.ACCENT,
}


def epoch_told(due: EpochDue) -> str:
    """Why everything goes once more, and what a person should know of it."""
    told = _("Everything is handed in once more, numbered anew: {reason}. Nothing is counted twice.").format(
        reason=code_told(due.reason)
    )
    if due.reason in {EpochReason.FORK, EpochReason.COPIED}:
        told += _(" If another computer works with a copy of these data, stop there and let it join this station by itself.")
    return told
