"""What a file that was brought is and would do, in plain words, before anything is written."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from app.clock import CHINA
from app.domain.arrival import Brings, Enrolment, Incoming, News, ReferenceBrought, TrustBrought, Verdict
from app.domain.values import CodeSet
from app.i18n import N_, _, ngettext
from app.messages import code_told

ENROLMENT: Final[Mapping[Enrolment, str]] = {
    Enrolment.ENROLLED: N_("This computer is enrolled."),
    Enrolment.UNKNOWN: N_("This computer is not enrolled yet."),
    Enrolment.REVOKED: N_("This computer was revoked."),
}
_SHOWN: Final = 8  # names in a sentence
_KNOWN: Final[Mapping[str, str]] = {
    "receipt": N_("Receipt {number}, taken in already: nothing new."),
    "reply": N_("Reply {number}, taken in already: nothing new."),
    "trust": N_("Trust list {number}, taken in already: nothing new."),
    "reference": N_("Reference data, version {number}, taken in already: nothing new."),
    "own": N_("This station's own package {number}: it stays as it is."),
    "own_peer": N_("This computer's own package {number} for another computer of this station: take it in there."),
    "others": N_("Package {number} for another computer of this station, which takes it in: it stays as it is."),
    "cosign_answer": N_("The answer of {name} to a co-signing request, taken in already: nothing new."),
    "card": N_("The card of this very computer: it is for the others."),
}
_PACKAGES: Final[Mapping[str, str]] = {
    "reply": N_("Reply {number}."),
    "peer": N_("From another computer of this station, package {number}."),
    "restore": N_("What the body holds of this station, package {number}."),
}
_ASKS: Final[Mapping[str, str]] = {
    "cosign_request": N_(
        "A co-signing request to {name}: open it, let the text be read and answer it. Digits to compare by telephone: {digits}"
    ),
    "card": N_(
        "The card of a computer of {name}. Whoever sets this station's computers up compares the digits {digits} with it and "
        "believes it then; taking it in here changes nothing."
    ),
}


def brings_told(file: Brings, day: Callable[[date], str]) -> str:
    """What a file brings, in one to four sentences; `day` words a day."""
    if file.verdict is Verdict.KNOWN:
        return _(_KNOWN[file.what]).format(number=file.number, name=file.name)
    if file.verdict is Verdict.ASKS:
        return _(_ASKS[file.what]).format(name=file.name, digits=file.digits)
    if file.what in _PACKAGES:
        told = _(_PACKAGES[file.what]).format(number=file.number) + incoming_told(file.incoming)
        return "\n".join([told, *_news_told(file.news)])
    if file.what == "trust" and file.trust_list:
        return _trust_told(file.number, file.trust_list, day)
    if file.what == "reference" and file.reference:
        return "\n".join(_reference_told(file, file.reference, day))
    if file.what == "cosign_answer":
        words = _("{name} co-signs.") if file.signed else _("{name} does not co-sign.")
        digits = _("Digits to compare by telephone: {digits}").format(digits=file.digits)
        return words.format(name=file.name) + digits
    return _receipt_told(file, day)


def incoming_told(incoming: Incoming) -> str:
    """What revisions would do here: new, changed, in conflict, known, not understood, and files."""
    told = [
        ngettext("{count} record is new here.", "{count} records are new here.", incoming.new).format(count=incoming.new),
        ngettext("{count} record is changed.", "{count} records are changed.", incoming.changed).format(count=incoming.changed),
        ngettext(
            "{count} record was changed here as well; a person must decide.",
            "{count} records were changed here as well; a person must decide.",
            incoming.conflicts,
        ).format(count=incoming.conflicts),
        ngettext("{count} state is known already.", "{count} states are known already.", incoming.known).format(
            count=incoming.known
        ),
        ngettext(
            "{count} record has fields that this version does not know; they are kept.",
            "{count} records have fields that this version does not know; they are kept.",
            incoming.unread,
        ).format(count=incoming.unread),
        ngettext("{count} file comes with it.", "{count} files come with it.", incoming.files).format(count=incoming.files),
    ]
    numbers = (incoming.new, incoming.changed, incoming.conflicts, incoming.known, incoming.unread, incoming.files)
    return "".join(words for words, number in zip(told, numbers, strict=True) if number) or _("No record is in it.")


def _news_told(news: Sequence[News]) -> Iterator[str]:
    """What a reply says, a line for each suggestion."""
    here = [each for each in news if each.title]
    for each in here[:_SHOWN]:
        yield _("{title}: {deeds}").format(title=each.title, deeds=_(", ").join(map(_deed_told, each.deeds)) or _("details"))
    if (more := len(here) - _SHOWN) > 0:
        yield ngettext("and {count} more suggestion", "and {count} more suggestions", more).format(count=more)
    if waiting := len(news) - len(here):
        words = ngettext(
            "{count} suggestion is not here: what is said of it waits until it comes.",
            "{count} suggestions are not here: what is said of them waits until they come.",
            waiting,
        )
        yield words.format(count=waiting)


def _deed_told(deed: str) -> str:
    return code_told(deed) if isinstance(deed, CodeSet) else deed


def others_told(others: int) -> str:
    """How many files of other programs lay there; empty where none did."""
    words = ngettext("{count} other file was not opened.", "{count} other files were not opened.", others)
    return words.format(count=others) if others else ""


def suspicious_told(names: Sequence[str]) -> str:
    """What on a stick looks like malware; empty where nothing does."""
    if not names:
        return ""
    shown = _(", ").join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
    words = _("There are suspicious files on the stick; have it cleaned of viruses first. Nothing of them was opened: {names}")
    return words.format(names=shown)


def numbers_told(numbers: Sequence[int]) -> str:
    """Numbers as people list them, neighbours as a stretch: 1–3, 5."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return _(", ").join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts)


def _receipt_told(file: Brings, day: Callable[[date], str]) -> str:
    issued = day(file.issued.astimezone(CHINA).date()) if file.issued else ""
    words = _("Receipt {number} of {day}.").format(number=file.number, day=issued)
    if file.settles:
        words += _("It settles package {numbers}.").format(numbers=numbers_told(file.settles))
    else:
        words += _("It settles nothing new.")
    if file.returned:
        returned = ngettext("It gives {count} record back.", "It gives {count} records back.", file.returned)
        words += returned.format(count=file.returned)
    return words + files_again_told(file.files_again)


def files_again_told(count: int) -> str:
    """How many files the body wants once more; empty where it wants none."""
    words = ngettext(
        "{count} file did not arrive whole: it goes again with the next hand-in.",
        "{count} files did not arrive whole: they go again with the next hand-in.",
        count,
    )
    return words.format(count=count) if count else ""


def _reference_told(file: Brings, brought: ReferenceBrought, day: Callable[[date], str]) -> Iterator[str]:
    issued = day(file.issued.astimezone(CHINA).date()) if file.issued else ""
    first = _("Reference data of {body}, version {number} of {day}.").format(body=brought.body, number=file.number, day=issued)
    yield first + (_("Version {number} has been in force.").format(number=brought.before) if brought.before else "")
    for words, names in (
        (_("Calendars: {names}."), tuple(map(str, brought.years))),
        (_("New units: {names}."), brought.units_new),
        (_("Units that change: {names}."), brought.units_changed),
        (_("Categories: {names}."), brought.categories),
        (_("The station entered these calendars itself, and they stay: {names}."), tuple(map(str, brought.years_kept))),
        (_("What the station wrote of these units stays: {names}."), brought.units_kept),
        (_("The station has categories of its own under these codes, and they stay: {names}."), brought.categories_kept),
    ):
        if names:
            yield words.format(names=_named(names))
    moved = ngettext("{count} record gets another deadline.", "{count} records get another deadline.", brought.moved)
    yield moved.format(count=brought.moved) if brought.moved else _("No deadline moves.")


def set_back_told(version: int, now: int, moved: int) -> str:
    """Which version of reference data was set back, which holds since (0 for none), and how many deadlines moved by it."""
    words = _("Version {version} is set back; version {now} is in force.") if now else _("Version {version} is set back.")
    told = words.format(version=version, now=now)
    deadlines = ngettext("{count} record has another deadline.", "{count} records have another deadline.", moved)
    return told + deadlines.format(count=moved) if moved else told


def _named(names: Sequence[str]) -> str:
    """The first names of many, and how many more."""
    told = _(", ").join(names[:_SHOWN])
    if (more := len(names) - _SHOWN) <= 0:
        return told
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(names=told, count=more)


def _trust_told(version: int, brought: TrustBrought, day: Callable[[date], str]) -> str:
    told = _("Trust list {version} of {body}, good until {day}.")
    words = told.format(version=version, body=brought.body, day=day(brought.expires.astimezone(CHINA).date()))
    words += _(ENROLMENT[brought.enrolment])
    if brought.escrow:
        words += _("The congress offers to keep a way in against the loss of all keys; decide in the settings, Keys.")
    return words
