"""Every code of a receiving body's own affairs with its sentence; told with the others (`app.messages.sentences`)."""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

RECEIVER_SENTENCES: Final[Mapping[str, str | tuple[str, ...]]] = {
    "no_receiver": N_("No receiver is set up in {home}. Set one up, or name the folder that holds its data."),
    "receiver_exists": N_("A receiver is already set up in {home}. Use another folder for another body."),
    "body_unknown": N_(
        "{code} is no body: 43 or 430000 for the province, else the six digits of a city or county, such as 430181, or the nine "
        "of a township, such as 430181001."
    ),
    "body_code_retired": N_("{code} is a code of the past: {name} has {present} now. Use that one."),
    "body_name_missing": N_("No table here knows the townships. Give the name of {code} as well."),
    "station_unknown": N_("There is no station {code}. Check the code, or enrol the station first."),
    "station_code_taken": N_("{code} is the code of another station. Compare it with the station."),
    "station_code_differs": N_("This station was enrolled as {known}, and now calls itself {code}. Compare it with the station."),
    "revocation_differs": N_(
        "The request's digits are {found}, not those you gave. Nothing was revoked: ask the station once more."
    ),
    "seat_unknown": N_("There is no computer {seat}. Check the identifier."),
    "nothing_received": N_("Nothing has come from this station yet, so there is no receipt."),
    "record_ambiguous": N_("Several stations have handed in a record {id}, so it is not shown. Ask for help."),
    "store_unsupported": N_("{url} is no place for the data. Write sqlite:///FILE."),
}
"""The sentences of `app.province`, but for its desk."""
