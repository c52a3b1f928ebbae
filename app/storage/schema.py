"""The schema's number: a new database is built by the numbered migrations, an older one is lifted on a copy."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.files import disk_told, replace, written_whole
from app.storage import search_index
from app.storage.database import connector, told
from app.storage.migrations import STEPS, Step


def create(path: Path, key: bytes, steps: Sequence[Step] = STEPS) -> None:
    """A new, empty database at `path`, or nothing there where it fails."""
    if path.exists():
        raise Refused("database_exists", path=str(path))
    with disk_told(path), told(path):
        try:
            with closing(connector(path, key)()) as connection:
                _apply(connection, steps)
        except BaseException:
            for leftover in (path, *_companions(path)):
                leftover.unlink(missing_ok=True)
            raise


def lift(path: Path, key: bytes, steps: Sequence[Step] = STEPS) -> Path | None:
    """Bring the database to the newest schema, on a copy that replaces it only when it is whole.

    Returns where the old file is kept, or None where nothing was to be done. Raises as `is_older` does, and
    `Refused("migration_unsound", path)`.
    """
    with disk_told(path), told(path):
        with _existing(path, key) as connection:
            found = _number(connection, path, steps)
            if found == steps[-1].number:
                return None
            copy = path.with_name(path.name + ".lifting")
            _copy(connection, copy, key)
        return _lift_copy(path, copy, key, steps, found)


def is_older(path: Path, key: bytes, steps: Sequence[Step] = STEPS) -> bool:
    """Whether the database is of an earlier schema than this program's.

    Raises `Refused("database_missing", path)`, `Refused("not_a_database", path)` for another file or key, `Refused(
    "database_newer", path, found, known)`.
    """
    with disk_told(path), told(path), _existing(path, key) as connection:
        return _number(connection, path, steps) < steps[-1].number


@contextmanager
def _existing(path: Path, key: bytes) -> Iterator[Any]:
    """A raw connection to a file that is there: SQLite would make a database of a missing one without a word."""
    if not path.exists():
        raise Refused("database_missing", path=str(path))
    with closing(connector(path, key)()) as connection:
        yield connection


def _number(connection: Any, path: Path, steps: Sequence[Step]) -> int:
    """How many of the steps the database has seen; one of ours has seen the first."""
    found, known = int(connection.execute("PRAGMA user_version").fetchone()[0]), steps[-1].number
    if found > known:
        raise Refused("database_newer", path=str(path), found=found, known=known)
    if found < 1:
        raise Refused("not_a_database", path=str(path))
    return found


def _lift_copy(path: Path, copy: Path, key: bytes, steps: Sequence[Step], found: int) -> Path:
    try:
        with closing(connector(copy, key)()) as connection:
            _apply(connection, [step for step in steps if step.number > found])
            _prove(connection, copy)
    except BaseException:
        for leftover in (copy, *_companions(copy)):
            leftover.unlink(missing_ok=True)
        raise
    kept = path.with_name(f"{path.stem}.schema-{found}{path.suffix}")
    if not kept.exists():  # the old file stays under another name until a person removes it
        with path.open("rb") as file, written_whole(kept, private=True) as old:
            shutil.copyfileobj(file, old)
    replace(copy, path)
    return kept


def _copy(connection: Any, copy: Path, key: bytes) -> None:
    for leftover in (copy, *_companions(copy)):
        leftover.unlink(missing_ok=True)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(connector(copy, key)()) as target:
        connection.backup(target)


def _apply(connection: Any, steps: Sequence[Step]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps:
            for statement in step.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step.number}")
        if any(step.empties_index for step in steps):
            search_index.fill(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _prove(connection: Any, path: Path) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if broken or sound != "ok":
        raise Refused("migration_unsound", path=str(path))


def _companions(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))
