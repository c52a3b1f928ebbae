"""What is told of the records of a list that have no such paper: the first of them with the reason, the rest by number."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.batch import LeftOut
from app.errors import Refused
from app.i18n import ngettext
from app.messages import explain

_NAMED: Final = 3


def left_out_told(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """A sentence with their number, then the reasons, each once."""
    if not left_out:
        return
    told = ngettext("{count} record was left out:", "{count} records were left out:", len(left_out))
    reasons = list(dict.fromkeys(explain(Refused(each.code, **each.facts)) for each in left_out))
    yield "\n".join((told.format(count=len(left_out)), *reasons[:_NAMED]))
