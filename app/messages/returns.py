"""What is open between the body's account of a suggestion and the station's, in words."""

from collections.abc import Iterator
from datetime import date

from app.domain.life import SuggestionEvent
from app.domain.returned_course import OpenReturn, Twice
from app.domain.values import CodeSet, known
from app.i18n import _
from app.messages import code_told, field_told, kind_told


def open_return_told(open_return: OpenReturn) -> Iterator[str]:
    """A sentence for each thing that is open about a suggestion."""
    for step in open_return.steps:
        words = _(
            "The body says {event} on {day}, which does not follow from {state}: it is in what happened and changed nothing."
        )
        yield words.format(
            event=value_told(known(SuggestionEvent, step.event)), day=value_told(step.on), state=value_told(open_return.state)
        )
    for each in open_return.twice:
        yield _("{kind} of {day}: {differences}.").format(
            kind=kind_told(each.own.traits.name), day=value_told(each.own.day()), differences=_(", ").join(_differences(each))
        )
    for field in open_return.fields:
        words = _("{field}: here {here}, the body says {said}.")
        yield words.format(field=field_told("suggestion", field.field), here=value_told(field.here), said=value_told(field.said))


def _differences(twice: Twice) -> Iterator[str]:
    for name in twice.differing:
        here, said = getattr(twice.own, name), getattr(twice.returned, name)
        field = field_told(twice.own.traits.name, name)
        yield _("{field} here {here}, the body says {said}").format(field=field, here=value_told(here), said=value_told(said))


def waiting_told(case_number: str) -> str:
    """For which suggestion something waits, by its case number where the body said one."""
    if case_number:
        return _("Suggestion {number}, which is not here").format(number=case_number)
    return _("A suggestion without a number, which is not here")


def value_told(value: object) -> str:
    """A value in words: a code by its word, a day as it is written."""
    if isinstance(value, CodeSet):
        return code_told(value)
    if isinstance(value, tuple):
        return "、".join(map(value_told, value))
    return value.isoformat() if isinstance(value, date) else str(value or "")
