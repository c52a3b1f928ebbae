"""How the blanks of a sentence are filled: facts as a person writes them, in the language spoken now, never as Python does."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from string import Formatter
from typing import Any, Final

from app.clock import CHINA
from app.domain.kinds import KINDS
from app.domain.life import LIVES
from app.domain.records import ANY_KIND, FieldTraits
from app.domain.values import CodeSet, wording
from app.i18n import ENGLISH, N_, _, spoken

Facts = Mapping[str, object]
Fill = Callable[[Any, Facts], str]

_LONGEST: Final = 500
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")  # a line break, or what a terminal would obey

_UNITS: Final = (("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30))
_TERMS: Final[Mapping[str, str]] = {
    **{each.name: each.label for each in LIVES},
    **{each.name: each.label for each in KINDS.values()},
}
_WAYS: Final[Mapping[str, str]] = {
    "keyring": N_("the keyring"),
    "recovery": N_("the recovery code"),
    "passphrase": N_("the passphrase"),
    "escrow": N_("what was deposited with the congress"),
}
_SHAPES: Final[Mapping[str, str]] = {
    "text": N_("a text"),
    "code": N_("a text"),
    "whole number": N_("a whole number"),
    "yes or no": N_("true or false"),
    "date": N_("a date such as 2026-01-31"),
    "time": N_("a time such as 09:30"),
    "moment": N_("date and time with the zone, such as 2026-01-31T09:30:00+08:00"),
}


def filled(sentence: str, facts: Facts) -> str:
    """The sentence in the language spoken now, every blank filled by its fact; a fact that is not given is said to be missing."""
    return _Blanks(facts).format(_(sentence))


def blanks_of(sentence: str) -> tuple[tuple[str, str], ...]:
    """Each blank of a sentence: the name of its fact, and which of `FILLS` fills it."""
    return tuple((name, fill or "") for _text, name, fill, _conversion in Formatter().parse(sentence) if name is not None)


def is_given(value: object) -> bool:
    """Whether a fact tells a person anything."""
    return any(map(is_given, value)) if isinstance(value, (tuple, list)) else value not in (None, "")


class _Blanks(Formatter):
    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def get_value(self, key: int | str, args: object, kwargs: object) -> object:
        return self.facts.get(str(key))

    def format_field(self, value: object, format_spec: str) -> str:
        return FILLS[format_spec](value, self.facts) if is_given(value) else _("not told")


# --- one fact ------------------------------------------------------------------------------------------------------


def plain(value: object, _facts: Facts) -> str:
    """Any value as a person would write it."""
    match value:
        case CodeSet():
            return code_word(value, _facts)
        case datetime():
            return f"{_here(value):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case bool():
            return _("yes") if value else _("no")
        case Mapping():
            return plain(tuple(value.values()), _facts)
        case tuple() | list() | set() | frozenset():
            return _listed(plain(each, _facts) for each in value if is_given(each))
        case _:
            return _UNSEEN.sub(" ", str(value))[:_LONGEST]


def size(value: Any, facts: Facts) -> str:
    """A number of bytes: 3.1 MB."""
    if type(value) is not int:
        return plain(value, facts)
    if value < 1024:
        return _("{count} bytes").format(count=value)
    unit, factor = next((each for each in _UNITS if value < 1000 * each[1]), _UNITS[-1])
    return f"{value / factor:.1f}".removesuffix(".0") + f" {unit}"


def day(value: Any, facts: Facts) -> str:
    """The day of a moment, here."""
    return plain(_here(value).date() if isinstance(value, datetime) else value, facts)


def moment(value: Any, facts: Facts) -> str:
    """A moment that stands as text, here."""
    try:
        return plain(datetime.fromisoformat(value), facts)
    except (TypeError, ValueError):
        return plain(value, facts)


def place(value: Any, facts: Facts) -> str:
    """Where something was found, without what a program says of it behind a colon."""
    return plain(str(value).partition(": ")[0], facts)


def code_word(value: Any, facts: Facts) -> str:
    """The word of a code; one of a newer program as it is."""
    if not isinstance(value, CodeSet):
        return plain(value, facts)
    return value.replace("_", " ") if spoken() == ENGLISH else wording(value)


def given(value: Any, facts: Facts) -> str:
    """What somebody gave for a field; a list or a record in it is not spelled out."""
    text = plain(value, facts)
    return _("several values") if text.startswith(("[", "{")) else text


def way(value: Any, facts: Facts) -> str:
    """A way to the key; one of a newer program as it is called."""
    return _(_WAYS[str(value)]) if str(value) in _WAYS else plain(value, facts)


# --- kinds and fields ----------------------------------------------------------------------------------------------


def kind(value: Any, facts: Facts) -> str:
    """The term of a kind of records or a life; one of a newer program as it is."""
    name = str(value)
    if name not in _TERMS:
        return plain(value, facts)
    return name.replace("_", " ") if spoken() == ENGLISH else _TERMS[name]


def kinds(value: Any, facts: Facts) -> str:
    """The terms of several kinds."""
    return _listed(kind(each, facts) for each in _several(value))


def counts(value: Any, facts: Facts) -> str:
    """How many records of which kinds."""
    if not isinstance(value, Mapping):
        return plain(value, facts)
    return _listed(f"{kind(name, facts)} {plain(number, facts)}" for name, number in value.items())


def field(value: Any, facts: Facts) -> str:
    """The term of a field of the kind that the facts name; its name in files where nobody knows it."""
    known = _field(value, facts)
    return known.label if known and spoken() != ENGLISH else plain(value, facts)


def fields(value: Any, facts: Facts) -> str:
    """Names of fields as they stand in files, in Chinese each with its term."""
    return _listed(_name_and_term(each, facts) for each in _several(value))


def shape(_value: Any, facts: Facts) -> str:
    """What belongs into the field that the facts name; what is no field of its kind holds records of its own."""
    known = _field(facts.get("field"), facts)
    if known is None:
        return _("a record")
    name = known.shape.name.removeprefix("list of ")
    told = _reference(known.to, facts) if known.to else _(_SHAPES.get(name, name))
    return told if name == known.shape.name else _("a list, each of it {shape}").format(shape=told)


def _reference(to: str, facts: Facts) -> str:
    return _("the identifier of a record") if to == ANY_KIND else _("the identifier of: {kind}").format(kind=kind(to, facts))


def _name_and_term(name: object, facts: Facts) -> str:
    known = _field(name, facts)
    return f"{name}（{known.label}）" if known and spoken() != ENGLISH else plain(name, facts)


def _field(name: object, facts: Facts) -> FieldTraits | None:
    traits = KINDS.get(str(facts.get("kind")))
    return traits.fields.get(str(name)) if traits else None


def _several(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _listed(words: Iterable[str]) -> str:
    return _(", ").join(words)


def _here(moment: datetime) -> datetime:
    """By the clock on the station's wall."""
    try:
        return moment.astimezone(CHINA)
    except (OverflowError, OSError, ValueError):
        return moment


FILLS: Final[Mapping[str, Fill]] = {
    "": plain,
    "bytes": size,
    "code": code_word,
    "counts": counts,
    "day": day,
    "field": field,
    "fields": fields,
    "given": given,
    "kind": kind,
    "kinds": kinds,
    "moment": moment,
    "place": place,
    "shape": shape,
    "way": way,
}
"""How a blank is filled, by what stands behind its colon."""
