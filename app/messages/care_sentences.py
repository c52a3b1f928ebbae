"""Every code about backups with its sentence; told with the others (`app.messages.sentences`)."""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

CARE_SENTENCES: Final[Mapping[str, str | tuple[str, ...]]] = {
    "backup_running": N_("A backup of {home} is being made already. Let it finish, then try again."),
    "backup_inside": N_("{path} lies within the data themselves. Choose a folder elsewhere, best on a stick or another disk."),
    "backup_unproven": N_("What was written to {path} does not read back the same. Use another stick or disk for backups."),
    "backup_missing": N_(
        "There is no backup in {path}. Choose the folder whose name begins with llz-backup, or the stick it is on."
    ),
    "backup_newer": N_("This backup ({found}) was made by a newer program. Update this program first."),
    "backup_damaged": N_("The backup in {path} is damaged: {what} is missing or is not what was written. Use an earlier backup."),
    "backup_foreign": N_("The backup in {path} is not of these data, or was made before their key was changed."),
}
