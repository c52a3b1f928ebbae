"""What a power cut leaves of some folders: writes that were not flushed are lost, and names of folders that were not.

The database's own files stand as they were written: what SQLite flushes is seen by no layer of ours, and is SQLite's promise.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

_DATABASE: Final = ".db"  # in the names of a database, its log and its shared memory
_ASKED: Final = ((os, "fsync"), (Path, "replace"), (Path, "rename"), (Path, "unlink"))


class Cuts:
    """Notes what was flushed under `top`, and keeps in `kept` what a cut before and after each step would have left.

    Of each moment there are two: `late`, all names as they are with only what was flushed of the files, and `early`, names as
    their folders were last flushed. A cut leaves something between the two. After a rename there is `both`: FAT may leave the
    file under its old name and its new one.
    """

    def __init__(self, top: Path, kept: Path) -> None:
        self._top = top
        self._kept = kept
        self._flushed = {path.stat().st_ino: path.read_bytes() for path in self._files()}
        self._names = self._now()
        self.made: list[Path] = []

    @contextmanager
    def noted(self) -> Iterator["Cuts"]:
        """The block is what the power may be cut in."""
        with pytest.MonkeyPatch.context() as patch:
            for owner, name in _ASKED:
                patch.setattr(owner, name, self._watched(name, getattr(owner, name)))
            yield self
        self._cut()

    def _watched(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def asked(first: Any, *given: Any, **told: Any) -> Any:
            self._cut()
            if name == "fsync":
                done = real(first)
                self._flush(first)
                return done
            for gone in (first, *given) if name == "unlink" else given:
                if Path(gone).is_file():
                    self._flushed.pop(Path(gone).stat().st_ino, None)  # the number is given to another file
            done = real(first, *given, **told)
            if name in {"replace", "rename"} and done.is_file() and done.is_relative_to(self._top):
                self._keep("both", self._now() | {Path(first): done.stat().st_ino})
            return done

        return asked

    def _flush(self, handle: int) -> None:
        found = os.fstat(handle)
        path = Path(f"/proc/self/fd/{handle}").resolve()
        if stat.S_ISDIR(found.st_mode):
            inside = {each: each.stat().st_ino for each in self._files() if each.parent == path}
            self._names = {each: number for each, number in self._names.items() if each.parent != path} | inside
        elif path.is_relative_to(self._top):
            self._flushed[found.st_ino] = path.read_bytes()

    def _now(self) -> dict[Path, int]:
        return {path: path.stat().st_ino for path in self._files()}

    def _files(self) -> Iterator[Path]:
        return (each for each in self._top.rglob("*") if each.is_file())

    def _cut(self) -> None:
        self._keep("late", self._now())
        self._keep("early", self._names)

    def _keep(self, which: str, names: dict[Path, int]) -> None:
        left = self._kept / f"{len(self.made):03}-{which}"
        shutil.copytree(self._top, left, ignore=lambda folder, inside: [each for each in inside if _is_ours(Path(folder) / each)])
        for path, number in names.items():
            if _is_ours(path):
                (left / path.relative_to(self._top)).write_bytes(self._flushed.get(number, b""))
        self.made.append(left)


def _is_ours(path: Path) -> bool:
    return (path.is_file() and _DATABASE not in path.name) or not path.exists()
