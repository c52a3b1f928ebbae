"""The schema's number: a new database is built by the numbered migrations, an older one is lifted on a copy."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.files import disk_told, replace
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

    Returns where the old file is kept, or None where nothing was to be done. Raises `Refused("database_newer", found, known)`.
    """
    with disk_told(path), told(path):
        with closing(connector(path, key)()) as connection:
            found, known = schema_number(connection), steps[-1].number
            if found > known:
                raise Refused("database_newer", path=str(path), found=found, known=known)
            if found == known:
                return None
            copy = path.with_name(path.name + ".lifting")
            _copy(connection, copy, key)
        return _lift_copy(path, copy, key, steps, found)


def schema_number(connection: Any) -> int:
    """How many migrations the database behind a raw connection has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


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
    if not kept.exists():
        shutil.copy2(path, kept)  # the old file stays under another name until a person removes it
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
