"""Every code of signing and of keys deposited with the congress, with its sentence; told with `app.messages.sentences`."""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

KEY_SENTENCES: Final[Mapping[str, str | tuple[str, ...]]] = {
    "escrow_wrong": N_("These digits are not those deposited with the congress. Have them read out once more."),
    "escrow_not_offered": N_(
        "The receiving body takes no deposits, so nothing was deposited. Ask it, or take its newest trust file in."
    ),
    "escrow_none": N_("Nothing was deposited with the congress here. Look for the recovery sheet, or for an older backup."),
    "escrow_none_offered": N_("Nothing is offered to the stations, so there is nothing to withdraw."),
    "escrow_moved": N_(
        "What was deposited is of other data than the file says, so no digits are shown. Call station {station} and look into it."
    ),
    "escrow_other_body": N_(
        "This was deposited to another key than these two shares are of. Take the shares made when the station deposited it, "
        "or send the file to the body it was deposited with."
    ),
    "signer_not_enrolled": N_(
        "The receiving body does not list this computer, so its signature would say nothing. Enrol it first."
    ),
    "signer_failed": N_(
        "The key did not sign; nothing was written. If it lies in a device, plug that in again and try once more."
    ),
    "signer_faulty": N_("What came back is not the signature of this computer's key; nothing was written. Ask for help."),
    "shares_one_passphrase": N_(
        "Both passphrases are the same. Each of the two people chooses one that the other does not know."
    ),
    "share_exists": N_("{path} is there already and is left alone. Choose another name for each of the two shares."),
    "share_malformed": N_("File {number} is no share of a key. Choose the right file."),
    "share_damaged": N_("Share {number} is damaged. Take its copy."),
    "share_passphrase_wrong": N_(
        "The passphrase of share {number} is wrong. Its keeper types it again, minding capital letters."
    ),
    "shares_same": N_("Both files are the same share. The second person brings the other one."),
    "shares_foreign": N_("The two shares are of different keys. Bring the two that were made together."),
}
"""The sentences of signing, and of what is deposited, at the station and at the body."""
