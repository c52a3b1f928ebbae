"""How a row is declared: a class with annotated columns, and nothing of an object-relational mapper.

The columns of SQLAlchemy's core are all that is needed, since no row ever becomes an object; the mapper would be loaded and
configured at every start for nothing (docs/architecture.md tells what that costs).
"""

from inspect import get_annotations
from types import NoneType, SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, cast, get_args

from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

__all__ = ["Held", "Row", "another", "held"]

if TYPE_CHECKING:
    from sqlalchemy.orm import Mapped as Held  # the type checker knows it as the attribute of a class that is a column
else:
    Held = Column

_TYPES: Final[dict[Any, type[TypeEngine[Any]]]] = {str: String, int: Integer, bytes: LargeBinary, bool: Boolean}
AnyRow = TypeVar("AnyRow", bound="Row")


class Row:
    """A kind of rows: `name: Held[int]` is a column, `Held[str | None]` one that may be empty; all share one schema.

    The class itself may stand in a statement wherever a table may: `select_from(CurrentRow)`, `insert(CurrentRow)`.
    """

    metadata: ClassVar[MetaData] = MetaData()
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[SchemaItem, ...]] = ()
    __table__: ClassVar[Table]

    def __init_subclass__(cls) -> None:
        columns = [_column(cls, name, get_args(hint)[0]) for name, hint in get_annotations(cls).items()]
        cls.__table__ = Table(cls.__tablename__, Row.metadata, *columns, *cls.__table_args__)

    @classmethod
    def __clause_element__(cls) -> Table:
        return cls.__table__


def held(*told: SchemaItem, **more: Any) -> Any:
    """What else there is to say of a column, in SQLAlchemy's words: `primary_key=True`, `unique=True`, a foreign key."""
    return Column(*told, **more)


def another(row: type[AnyRow]) -> type[AnyRow]:
    """The same rows once more in one question, to be told apart from the first."""
    alias = row.__table__.alias()
    columns = {column.key: column for column in alias.columns}
    return cast(type[AnyRow], SimpleNamespace(**columns, __table__=alias, __clause_element__=lambda: alias))


def _column(row: type[Row], name: str, hint: Any) -> Column[Any]:
    """The column of an annotation, whatever else was said of it as its value."""
    column: Column[Any] = row.__dict__.get(name, Column())
    parts = get_args(hint) or (hint,)
    column.name = column.key = name
    column.type = _TYPES[parts[0]]()
    column.nullable = NoneType in parts
    setattr(row, name, column)
    return column
