"""Every code of signing keys, suites and deposited keys, with its sentence; told with `app.messages.sentences`."""

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
    "keys_older": N_(
        "The receiving body knows newer keys of this computer than are here: the data were put back to an older state since. The "
        "old ones are believed no more. Set this computer up anew as a further one of the station, and have the old one revoked."
    ),
    "W_KEYS": N_(
        "New keys of this computer wait for the receiving body. Carry the request for them there and take the new trust file in."
    ),
    "W_KEYS_OLDER": N_("The receiving body knows newer keys of this computer than are here. Nothing goes in by the old ones."),
    "W_SUITE": N_(
        "The receiving body asks for packages by {suite}. Make an enrolment request for this computer's further key, carry it "
        "there and take the new trust file in."
    ),
    "suite_unknown": N_(
        "The receiving body takes packages by {suite} alone, which this program does not know. Update this program."
    ),
    "suite_not_enrolled": N_(
        "The receiving body takes packages by {suite} alone and knows no key of this computer for it. Make an enrolment request, "
        "carry it there and take the new trust file in."
    ),
    "roots_full": N_("A trust file has room for {most} root documents, and there are as many. Set the body up anew."),
    "key_enrolled": N_("Key {keyid} is enrolled already, for another computer or beside another receiving key. Make a new one."),
    "key_opens_evaluations": N_("This key alone opens {count} sealed evaluations. Keep it, or say that they may be lost."),
}
"""The sentences of signing, and of what is deposited, at the station and at the body."""
