"""Every code about what a body says of suggestions with its sentence; told with the others (`app.messages.sentences`)."""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

RETURN_SENTENCES: Final[Mapping[str, str | tuple[str, ...]]] = {
    "nothing_open": N_("Nothing that the body said is open about this suggestion. Look at it again."),
    "suggestion_unknown": N_(
        "{named} is not one suggestion that was handed in. Give the identifier that the list of suggestions shows."
    ),
    "deeds_malformed": N_("The file {path} is no list of deeds. Write it as the description of the package format shows."),
    "platform_cell_unreadable": N_("{column}: {text} cannot be read. Write it as this program does, or tell the form its word."),
    "deed_refused": N_("Deed {place} of the file cannot be done, and nothing of the file was. Mend it and try again."),
    "deed_on_copy": N_("{title} is another congress's to handle; a copy is here for summing up. Take it out of the file."),
    "deed_not_here": N_("{event:code} is the deputy's affair and comes from the station. Take it out of the file."),
    "deed_files_unfit": N_(
        "Files cannot come with {event:code}: it leaves nothing to which they would belong. Give them with a reply, an outcome, "
        "a supervision or the evidence of a change of class."
    ),
}
"""The sentences of `app.province.desk`, its file, and what waits at a station."""
