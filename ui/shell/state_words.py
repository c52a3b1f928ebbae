"""The words of the state line, and the numbers beside the places."""

from collections.abc import Mapping, Sequence

from app.i18n import _, ngettext
from app.queries.standing import Standing
from ui.places import Place
from ui.shell.state_line import Part
from ui.wording import day_told, moment_told, word_of


def parts_of(found: Standing) -> Sequence[Part]:
    """What the state line says beyond that everything is saved."""
    waiting_words = ngettext("{count} record not handed in", "{count} records not handed in", found.never_sent)
    parts = [Part(_("Invented station, everything here is made up"), Place.SETTINGS)] if found.invented else []
    parts += [Part(waiting_words.format(count=f"{found.never_sent:,}"), Place.EXCHANGE)]
    if found.last_number:
        words = _("Last handed in: no. {number}, {day}, {state}")
        told = words.format(number=found.last_number, day=day_told(found.last_day), state=word_of(found.last_state))
        parts.append(Part(told, Place.EXCHANGE))
    if found.returned:
        returned = ngettext("{count} record returned", "{count} records returned", found.returned)
        parts.append(Part(returned.format(count=f"{found.returned:,}"), Place.EXCHANGE))
    parts.append(Part(_backup_words(found), Place.SETTINGS, "backups"))
    return parts


def _backup_words(found: Standing) -> str:
    if found.backup_failed:
        return _("The last backup could not be made")
    if found.backup_at is None:
        return _("No backup yet")
    return _("Backup: {moment}").format(moment=moment_told(found.backup_at))


def waiting(found: Standing) -> Mapping[Place, int]:
    """What waits at which place."""
    return {Place.EXCHANGE: found.returned or found.never_sent, Place.TODAY: found.drafts}
