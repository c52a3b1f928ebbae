"""How a day of the rota is told: its hours, and how it stands with its notice."""

from datetime import date
from typing import Final

from app.domain.rota import Announcement
from app.i18n import _
from app.queries.rota import RotaEntry
from ui.wording import day_told, time_told, word_of

_TONES: Final = {Announcement.ANNOUNCED: "ok", Announcement.DUE: "warning", Announcement.LATE: "accent"}


def hours_of(entry: RotaEntry) -> str:
    """From when to when."""
    return "–".join(time_told(each) for each in (entry.starts, entry.ends) if each)


def notice_told(entry: RotaEntry) -> str:
    """How it stands with the notice, in a word."""
    return word_of(entry.notice)


def notice_sentence(entry: RotaEntry, today: date) -> str:
    """How it stands with the notice, and until when it must be out."""
    last = day_told(entry.announce_by, today=today)
    match entry.notice:
        case Announcement.ANNOUNCED:
            return _("Announced on {day}").format(day=day_told(entry.announced_on, today=today))
        case Announcement.AHEAD:
            return _("The notice must be out by {day}, three days before").format(day=last)
        case Announcement.DUE:
            return _("The notice must be out today, three days before")
        case Announcement.LATE:
            return _("The notice should have been out on {day}; put it up at once, or choose a later day").format(day=last)
        case _over:
            return _("Not announced")


def tone_of(notice: Announcement) -> str:
    """The colour that repeats it."""
    return _TONES.get(notice, "")
