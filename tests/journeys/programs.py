"""Both programs of the command line, as a person or another program runs them."""

import base64
import contextlib
import io
import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from app.cli import main as station_main
from app.keys.ways import PassphraseWay
from app.province.cli import main as body_main
from app.use_cases.backups import HERE

ROOT: Final = Path(__file__).parents[2]
STATION_CODE: Final = "430181001-001"
BODY_CODE: Final = "430181"
PYTHON_WORDS: Final = re.compile(
    r"Traceback|Error\b|Exception|<[a-z_.]+ object|PosixPath|\b(None|True|False)\b|\[Errno|\{'|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}"
)
"""What no sentence for a person holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one document of `--json`."""
        return json.loads(self.out)

    @property
    def error(self) -> Mapping[str, str]:
        """The error's document, its sentence one for a person."""
        told: dict[str, str] = json.loads(self.err.splitlines()[-1])
        assert told.keys() == {"code", "message"}
        assert is_a_sentence(told["message"]), told["message"]
        return told


def is_a_sentence(words: str) -> bool:
    """Whether these are words for a person: not empty, not a code, nothing of Python's own words."""
    return bool(words.strip()) and not PYTHON_WORDS.search(words) and not re.fullmatch(r"[a-z_]+|[A-Z]_[A-Z_]+", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One of the two programs with a home and a passphrase: in this process by default, for a new one costs a second."""

    main: Callable[[Sequence[str]], int]
    module: str
    home: Path
    passphrase: Path | None
    before: tuple[str, ...] = field(default=())

    def arguments(self, *told: str | Path, as_json: bool = True) -> list[str]:
        """A command with the options of this program before it."""
        words = ["--passphrase-file", str(self.passphrase)] if self.passphrase else []
        return ["--home", str(self.home), *words, *(["--json"] if as_json else []), *self.before, *map(str, told)]

    def say(self, *told: str | Path, as_json: bool = True) -> Said:
        """Run a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = self.main(self.arguments(*told, as_json=as_json))
        return Said(code=code, out=out.getvalue(), err=err.getvalue())

    def __call__(self, *told: str | Path) -> Any:
        """The document of a command that goes well."""
        said = self.say(*told)
        assert said.code == 0, said
        return said.document

    def refused(self, code: str, *told: str | Path, exit: int = 1) -> Mapping[str, str]:
        """The error of a command that must not go well; it has said nothing else."""
        said = self.say(*told)
        assert (said.code, said.out) == (exit, ""), said
        assert said.error["code"] == code, said
        return said.error

    def process(
        self, *told: str | Path, as_json: bool = True, cwd: Path | None = None, wrapper: Sequence[str] = (), **env: str
    ) -> Said:
        """Run a command in a process of its own; `wrapper` stands before it, `env` is added to the environment."""
        done = subprocess.run(
            [*wrapper, sys.executable, "-m", self.module, *self.arguments(*told, as_json=as_json)],
            cwd=cwd,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | env,
            capture_output=True,
            check=False,
        )
        return Said(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def passphrase_file(folder: Path, words: str = "三只盲鼠 three blind mice") -> Path:
    """A file with a passphrase in its first line."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "口令.txt"
    path.write_text(words + "\n", "utf-8")
    return path


def station_at(home: Path, passphrase: Path | None) -> Program:
    """`liaison` with its home."""
    return Program(main=station_main, module="app", home=home, passphrase=passphrase)


def body_at(home: Path, passphrase: Path | None) -> Program:
    """`liaison-province` with its home."""
    return Program(main=body_main, module="app.province", home=home, passphrase=passphrase)


@contextlib.contextmanager
def quick_slots() -> Iterator[None]:
    """New passphrase slots are of the lowest cost that a slot may say: hundreds of openings would spend a minute on it."""

    def found(way: PassphraseWay) -> tuple[Mapping[str, object], bytes]:
        salt = base64.b64encode(secrets.token_bytes(16)).decode()
        facts = {"kdf": "argon2id", "t": 1, "m_kib": 8 * 1024, "p": 1, "salt": salt}
        return facts, way.secret(facts)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(PassphraseWay, "found", found)
        yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A station and a body that know each other, and the folder of the stick between them."""

    station: Program
    body: Program
    stick: Path

    @property
    def both(self) -> tuple[Program, Program]:
        """The two programs."""
        return self.station, self.body

    def export(self) -> Path:
        """The newest package, on the stick."""
        return Path(self.station("export", "--output", self.stick)["package"])

    def bring_back(self, code: str = STATION_CODE) -> Any:
        """What the body lays out, taken in by the station."""
        laid_out = self.body("receipts", "--station", code, "--output", self.stick / "back")
        return self.station("receive", *laid_out["files"])


def enrolled_line(folder: Path) -> Line:
    """A station and a body set up under `folder` and enrolled, by the command line alone; their slots open quickly."""
    words = passphrase_file(folder / "keys")
    station, body = station_at(folder / "station", words), body_at(folder / "body", words)
    with quick_slots():
        station("setup", "--station", STATION_CODE, "--name", "某某街道人大代表联络站")
        body("setup", "--body", BODY_CODE, "--roots", folder / "keys" / "roots")
    station("enrol-request", "--output", folder / "request.json")
    body("enrol", folder / "request.json", "--output", folder / "trust.json")
    station("trust", folder / "trust.json")
    return Line(station=station, body=body, stick=folder / "stick")


def written_json(path: Path, **entry: Any) -> Path:
    """An entry as a person's or another program's file."""
    path.write_text(json.dumps(entry, ensure_ascii=False), "utf-8")
    return path


def listing(folder: Path) -> dict[str, int]:
    """Every file under a folder with its size, but for backups, and those a database keeps beside itself while it is open."""
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock")) and path.relative_to(folder).parts[0] != HERE
    }


@contextlib.contextmanager
def nothing_changes(*programs: Program) -> Iterator[None]:
    """What is in the block leaves every file as it was, and the station's data sound."""
    before = [listing(each.home) for each in programs]
    counts = [each("count") for each in programs]
    yield
    assert [listing(each.home) for each in programs] == before
    assert [each("count") for each in programs] == counts
    for each in programs:
        if each.module == "app":
            assert each("check", "--read-data")["sound"]


def database_of(program: Program) -> Path:
    """The encrypted database of a program."""
    return program.home / ("station/station.db" if program.module == "app" else "receiver/store.db")
