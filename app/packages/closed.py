"""Closed documents: JSON that holds exactly the members a frozen dataclass declares, nothing more and nothing less.

A dataclass is the whole declaration. The JSON name of a field is its name, or `member("from")` where that is no Python
name. A field with a default may be missing in the file and is left out in writing while it holds the default; `X | None`
without a default must be there and may be `null`.
"""

import json
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from app.packages.faults import PackageFault

T = TypeVar("T")

LARGEST_INT: Final = 2**53 - 1
"""Numbers beyond this lose their last digits in readers that know only doubles."""

_STRINGS: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NOT_BRACKETS: Final = bytes(set(range(256)) - set(b"[]{}"))
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


def member(name: str, **options: Any) -> Any:
    """A dataclass field whose JSON name is `name`; `options` are those of `dataclasses.field`."""
    return field(metadata={"member": name}, **options)


def read(cls: type[T], data: bytes, *, limit: int, depth: int = 16, fault: str = "E_ENVELOPE") -> T:
    """The value of `cls` that `data` spells out.

    `limit` in bytes, `depth` in nested brackets; both hold before anything is parsed. Raises `PackageFault("E_JSON", reason)`
    where `data` is no strict JSON (UTF-8, no member twice, whole numbers only), and `PackageFault(fault, member, reason)`
    where a member is unknown, missing or of another type.
    """
    parsed = parse(data, limit=limit, depth=depth)
    try:
        value: T = _codec_of(cls).read(parsed)
    except _Unfit as unfit:
        raise PackageFault(fault, member=".".join(unfit.path), reason=unfit.reason) from None
    return value


def write(value: object) -> bytes:
    """The compact JSON of a dataclass value, members sorted, UTF-8; `read` gives the same value back.

    Raises `ValueError` for what no reader would take: a moment without offset or with parts of a second, a number beyond
    `LARGEST_INT`, half a surrogate pair.
    """
    try:
        return compact(_codec_of(type(value)).write(value))
    except _Unfit as unfit:
        raise ValueError(f"{'.'.join(unfit.path)}: {unfit.reason}") from None


def compact(plain: object) -> bytes:
    """Plain JSON values in the one form that is signed and compared: sorted members, no spaces, UTF-8."""
    text = json.dumps(plain, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def parse(data: bytes, *, limit: int, depth: int = 16) -> Any:
    """The plain values of strict JSON; raises `PackageFault("E_JSON", reason)`."""
    if len(data) > limit:
        raise PackageFault("E_JSON", reason="size")
    if _deepest(data) > depth:
        raise PackageFault("E_JSON", reason="depth")
    try:
        return json.loads(data.decode(), object_pairs_hook=_without_repeats, parse_float=_no_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise PackageFault("E_JSON", reason="syntax") from None


def _deepest(data: bytes) -> int:
    depth = deepest = 0
    for bracket in _STRINGS.sub(b"", data).translate(None, _NOT_BRACKETS):
        if bracket in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member twice")
    return members


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no whole number")


# --- a type as a pair of functions ---------------------------------------------------------------------------------


class _Unfit(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path: list[str] = []


@dataclass(frozen=True, slots=True)
class _Codec:
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]
    fits: Callable[[Any], bool]
    """Whether a parsed value has the outer shape; chooses among the members of a union."""


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    attribute: str
    codec: _Codec
    required: bool
    default: Callable[[], Any]


def _codec_of(cls: Any) -> _Codec:
    codec: _Codec = _codec(cls)
    return codec


@cache
def _codec(hint: Any) -> _Codec:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _union(get_args(hint))
    if origin is tuple:
        return _list_of(_codec(get_args(hint)[0]))
    if origin is Mapping:
        return _mapping_to(_codec(get_args(hint)[1]))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _one_of(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _document(hint)
    return _SCALARS[hint]


def _at(step: str, act: Callable[[Any], Any], value: Any) -> Any:
    try:
        return act(value)
    except _Unfit as unfit:
        unfit.path.insert(0, step)
        raise


def _exactly(wanted: type, value: Any) -> Any:
    if type(value) is not wanted:
        raise _Unfit(wanted.__name__)
    return value


def _union(hints: tuple[Any, ...]) -> _Codec:
    codecs = {hint: _codec(hint) for hint in hints}

    def reading(value: Any) -> Any:
        for codec in codecs.values():
            if codec.fits(value):
                return codec.read(value)
        raise _Unfit("type")

    def writing(value: Any) -> Any:
        return codecs[type(value) if type(value) in codecs else _outer(hints, value)].write(value)

    return _Codec(reading, writing, lambda value: any(each.fits(value) for each in codecs.values()))


def _outer(hints: tuple[Any, ...], value: Any) -> Any:
    for hint in hints:
        if isinstance(value, get_origin(hint) or hint):
            return hint
    raise _Unfit("type")


def _list_of(inner: _Codec) -> _Codec:
    def reading(value: Any) -> tuple[Any, ...]:
        return tuple(_at(str(place), inner.read, each) for place, each in enumerate(_exactly(list, value)))

    def writing(value: Any) -> list[Any]:
        return [_at(str(place), inner.write, each) for place, each in enumerate(value)]

    return _Codec(reading, writing, lambda value: type(value) is list)


def _mapping_to(inner: _Codec) -> _Codec:
    def reading(value: Any) -> dict[str, Any]:
        return {_text(name): _at(name, inner.read, each) for name, each in _exactly(dict, value).items()}

    def writing(value: Any) -> dict[str, Any]:
        return {_text(name): _at(name, inner.write, each) for name, each in value.items()}

    return _Codec(reading, writing, lambda value: type(value) is dict)


def _one_of(members: type[StrEnum]) -> _Codec:
    def reading(value: Any) -> StrEnum:
        try:
            return members(_exactly(str, value))
        except ValueError:
            raise _Unfit("code") from None

    return _Codec(reading, str, lambda value: type(value) is str)


def _document(cls: type) -> _Codec:
    hints = get_type_hints(cls)
    members = {each.name: each for each in (_member(declared, hints) for declared in fields(cls))}
    required = {name for name, each in members.items() if each.required}

    def fits(value: Any) -> bool:
        return type(value) is dict and required <= value.keys() <= members.keys()

    def reading(value: Any) -> Any:
        if not fits(value):
            _exactly(dict, value)
            raise _Unfit("members " + " ".join(sorted((required - value.keys()) | (value.keys() - members.keys())))[:80])
        return cls(**{members[name].attribute: _at(name, members[name].codec.read, each) for name, each in value.items()})

    def writing(value: Any) -> dict[str, Any]:
        held = {each.name: (each, getattr(value, each.attribute)) for each in members.values()}
        kept = {name: (each, it) for name, (each, it) in held.items() if each.required or it != each.default()}
        return {name: _at(name, each.codec.write, it) for name, (each, it) in kept.items()}

    return _Codec(reading, writing, fits)


def _member(declared: "Field[Any]", hints: Mapping[str, Any]) -> _Member:
    name = declared.metadata.get("member", declared.name)
    return _Member(name, declared.name, _codec(hints[declared.name]), _default(declared) is MISSING, lambda: _default(declared))


def _default(declared: "Field[Any]") -> Any:
    return declared.default if declared.default_factory is MISSING else declared.default_factory()


def _text(value: Any) -> str:
    text: str = _exactly(str, value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Unfit("surrogate") from None
    return text


def _whole(value: Any) -> int:
    number: int = _exactly(int, value)
    if abs(number) > LARGEST_INT:
        raise _Unfit("number too large")
    return number


def _moment(value: Any) -> datetime:
    if not _MOMENT.fullmatch(_exactly(str, value)):
        raise _Unfit("moment")
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise _Unfit("moment") from None


def _moment_text(value: datetime) -> str:
    if value.tzinfo is None or value.microsecond:
        raise _Unfit("moment")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


_SCALARS: Final[dict[Any, _Codec]] = {
    str: _Codec(_text, _text, lambda value: type(value) is str),
    int: _Codec(_whole, _whole, lambda value: type(value) is int),
    bool: _Codec(lambda value: _exactly(bool, value), lambda value: _exactly(bool, value), lambda value: type(value) is bool),
    datetime: _Codec(_moment, _moment_text, lambda value: type(value) is str),
    type(None): _Codec(lambda value: _exactly(type(None), value), lambda _: None, lambda value: value is None),
}
