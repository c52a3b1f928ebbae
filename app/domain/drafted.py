"""Records and the heads they were read from as plain JSON, as the draft of a form keeps them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from app.domain.records import AnyRecord, Record, body_of, record_from
from app.domain.values import Id, Json
from app.errors import Refused


def record_told(record: Record) -> dict[str, Json]:
    """A record with its identifier."""
    return {"id": record.id, "body": body_of(record)}


def record_drafted(cls: type[AnyRecord], told: Mapping[str, Any]) -> AnyRecord:
    """The record that `record_told` told of; raises `Refused("field_malformed")`, KeyError or TypeError for anything else."""
    return record_from(cls, told["id"], told["body"])


def heads_told(heads: Mapping[Id, tuple[Id, ...]]) -> dict[str, Json]:
    """The heads of each record."""
    return {id: list(each) for id, each in heads.items()}


@contextmanager
def refused_as(kind: str) -> Iterator[None]:
    """Raise `Refused("field_malformed")` of this kind where what is read in the block is no draft of it."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused("field_malformed", kind=kind, field="", value=str(error)[:80]) from error
