"""Values of texts, such as what a paper shows, with every text in them changed."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast

from app.domain.values import is_id

_Told = TypeVar("_Told")


def texts_changed(told: _Told, change: Callable[[str], str]) -> _Told:
    """The value with every text in it, in its tuples and in the values it holds, changed; codes and identifiers stay."""
    changed: object = told
    if isinstance(told, str):
        changed = told if isinstance(told, Enum) or is_id(told) else change(told)
    elif isinstance(told, tuple):
        changed = tuple(texts_changed(each, change) for each in told)
    elif is_dataclass(told) and not isinstance(told, type):
        changed = replace(told, **{each.name: texts_changed(getattr(told, each.name), change) for each in fields(told)})
    return cast(_Told, changed)
