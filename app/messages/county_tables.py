"""What is said of tables of the office, in the window and on the command line."""

from collections.abc import Sequence

from app.domain.county_sheet import called
from app.domain.county_table import Moved
from app.i18n import _, ngettext


def moved_told(moved: Sequence[Moved], most: int | None = None) -> str:
    """The marked cells beside which other words stand than before, one a line; nothing where there are none.

    Of more than `most` the others are counted.
    """
    if not moved:
        return ""
    words = ngettext(
        "The file has changed: beside {count} marked cell other words stand than before.",
        "The file has changed: beside {count} marked cells other words stand than before.",
        len(moved),
    )
    lines = [words.format(count=len(moved)), *(f"  {_cell_told(each)}" for each in moved[:most])]
    if others := len(moved[most:]) if most else 0:
        told = ngettext("and {count} more, seen in the table", "and {count} more, seen in the table", others)
        lines.append(f"  {told.format(count=others)}")
    return "\n".join(lines)


def _cell_told(moved: Moved) -> str:
    facts = {"cell": moved.told, "before": moved.before or "—", "now": moved.now or "—"}
    if moved.to:
        return _("{cell}: it was “{before}”, now it is “{now}”; those words stand at {to} now.").format(
            **facts, to=called(moved.to)
        )
    return _("{cell}: it was “{before}”, now it is “{now}”.").format(**facts)


def filled_told(cells: int, lines: int, put_in: int, file: object) -> str:
    """How much was written into which file."""
    told = [ngettext("{count} cell filled: {file}.", "{count} cells filled: {file}.", cells).format(count=cells, file=file)]
    if lines:
        told.append(ngettext("{count} line of lists.", "{count} lines of lists.", lines).format(count=lines))
    if put_in:
        told.append(
            ngettext("{count} row was put in for them.", "{count} rows were put in for them.", put_in).format(count=put_in)
        )
    return "\n".join([*told, _("It is not encrypted.")])
