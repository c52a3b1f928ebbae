"""Residents' data in suggestions that are printed or leave the station, told beside the deed (L10, domain brief 1.6)."""

from collections.abc import Sequence
from typing import Final

from app.domain.hint import Exposed
from app.i18n import _, ngettext
from app.messages import problem_told

_NAMED: Final = 3
"""Suggestions named in the window; a first hand-in may have hundreds of them."""


def exposed_lines(exposed: Sequence[Exposed]) -> tuple[str, ...]:
    """A line for each paragraph, with the title it stands under."""
    words = _("“{title}”: {told}")
    return tuple(words.format(title=each.title, told=problem_told(hint)) for each in exposed for hint in each.hints)


def exposed_told(exposed: Sequence[Exposed]) -> str:
    """The first suggestions by their titles, the others counted; empty where nothing is told of anybody."""
    lines = [*exposed_lines(exposed[:_NAMED])]
    if many := len(exposed[_NAMED:]):
        more = ngettext("{count} more suggestion tells residents' data.", "{count} more suggestions tell residents' data.", many)
        lines.append(more.format(count=many))
    return "\n".join(lines)
