"""`python -m app.story`: the whole line on an invented station and body, by the commands that a person types, told and run."""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from textwrap import indent
from typing import Any, Final

from app.clock import Clock
from app.errors import AppError, Refused
from app.files import disk_told, write_whole
from app.i18n import N_, _
from app.messages import explain
from app.paths import RESOURCES
from app.use_cases.demo import STATION_CODE, STATION_NAME

STATION: Final = "liaison"
BODY: Final = "liaison-province"
MODULES: Final = {STATION: "app", BODY: "app.province"}
HOMES: Final = {
    STATION: ("--home", "station", "--passphrase-file", "station-passphrase.txt"),
    BODY: ("--home", "body", "--passphrase-file", "body-passphrase.txt"),
}
NO_WORKSPACE: Final = frozenset({"verify"})  # anybody may verify a package, with nothing but a trust file
BODY_CODE: Final = "43"
FAILED: Final = 1

Document = Any
Known = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command of the story: what is told of it, what is kept of its answer, and what its answer must say.

    `{name}` in the arguments stands for what an earlier step kept; one that kept several things fills as many arguments. What is
    kept and what must be said is named by its place in the answer, as in `files.0.verdict` and `hits.*.id`.
    """

    says: str
    program: str
    arguments: tuple[str, ...]
    keeps: Mapping[str, str] = field(default_factory=dict)
    sure: Mapping[str, object] = field(default_factory=dict)


STEPS: Final = (
    Step(
        says=N_("The body sets up its receiver: three root keys, online keys, an encrypted store."),
        program=BODY,
        arguments=("setup", "--body", BODY_CODE, "--roots", "roots"),
        keeps={"fingerprint": "roots_fingerprint"},
    ),
    Step(
        says=N_("It writes the trust file that every station is given, and publishes the fingerprint of its root keys."),
        program=BODY,
        arguments=("trust", "--output", "carried/trust.json"),
    ),
    Step(
        says=N_("The station sets up its computer: an encrypted database, keys, a recovery code to be printed and locked away."),
        program=STATION,
        arguments=("setup", "--station", STATION_CODE, "--name", STATION_NAME),
    ),
    Step(
        says=N_("It takes the trust file in, and compares its fingerprint with the published one."),
        program=STATION,
        arguments=("trust", "carried/trust.json", "--roots-fingerprint", "{fingerprint}"),
    ),
    Step(
        says=N_("It asks to be enrolled; twelve digits are read out over the telephone."),
        program=STATION,
        arguments=("enrol-request", "--output", "carried/enrolment.json"),
        keeps={"digits": "digits"},
    ),
    Step(
        says=N_("The body hears the same digits, enrols the computer, and writes the station's slice of its trust list."),
        program=BODY,
        arguments=("enrol", "carried/enrolment.json", "--output", "carried/station-trust.json"),
        sure={"digits": "{digits}"},
    ),
    Step(
        says=N_("The station takes its slice in: from now on it may hand in."),
        program=STATION,
        arguments=("trust", "carried/station-trust.json"),
        sure={"enrolled": True, "roots_fingerprint": "{fingerprint}"},
    ),
    Step(
        says=N_("A deputy of the station is entered."),
        program=STATION,
        arguments=("record", "deputy", "written/deputy.json"),
    ),
    Step(
        says=N_("A reception day: two residents come, one of them without a name; what they say is kept in their own words."),
        program=STATION,
        arguments=("record", "visit", "written/reception.json"),
        keeps={"visit": "id"},
    ),
    Step(
        says=N_("A spreadsheet of messages is to be imported: first a rehearsal, which saves nothing."),
        program=STATION,
        arguments=("import", "written/messages.csv", "--dry-run"),
    ),
    Step(
        says=N_("Now the import itself; the row without a text is refused and named, the one that stands twice is taken once."),
        program=STATION,
        arguments=("import", "written/messages.csv"),
        keeps={"read": "read", "imported": "imported", "refused": "refused"},
    ),
    Step(
        says=N_("The same file once more: every message is known already."),
        program=STATION,
        arguments=("import", "written/messages.csv"),
        keeps={"repeated": "repeated"},
        sure={"imported": 0, "import_id": None},
    ),
    Step(
        says=N_("One character is enough to search: all that was said about lamps, at the desk and in the spreadsheet."),
        program=STATION,
        arguments=("search", "灯"),
        keeps={"found": "total", "issues": "hits.*.id"},
    ),
    Step(
        says=N_("The deputy drafts a suggestion that stands on what was found."),
        program=STATION,
        arguments=(
            *("draft", "--title", "关于补齐背街小巷照明设施的建议", "--lead", "王某某"),
            *("--text", "written/suggestion.txt", "--issues", "{issues}"),
        ),
        keeps={"suggestion": "id"},
    ),
    Step(
        says=N_("The suggestion is submitted: its words are frozen, and each issue shows what became of it."),
        program=STATION,
        arguments=("submit", "{suggestion}"),
    ),
    Step(
        says=N_("Its history: who changed what, and when."),
        program=STATION,
        arguments=("history", "{suggestion}"),
    ),
    Step(
        says=N_("The registration forms of the reception, a sheet for each resident, to be signed and filed."),
        program=STATION,
        arguments=("print", "reception-form", "{visit}", "--output", "papers/reception-form.pdf"),
        keeps={"forms": "records"},
    ),
    Step(
        says=N_("The log of everything the station did."),
        program=STATION,
        arguments=("print", "visit-log", "--output", "papers/visit-log.pdf"),
    ),
    Step(
        says=N_("The ledger of all that was raised, in full; who raised it is masked."),
        program=STATION,
        arguments=("print", "issue-ledger", "--output", "papers/issue-ledger.pdf"),
        keeps={"listed": "records"},
    ),
    Step(
        says=N_("The suggestion on the official form, for the deputy to sign."),
        program=STATION,
        arguments=("print", "suggestion", "{suggestion}", "--output", "papers/suggestion.pdf"),
    ),
    Step(
        says=N_(
            "Everything that was not handed in yet is signed, sealed for the body and copied to a folder, as to a USB stick."
        ),
        program=STATION,
        arguments=("export", "--output", "carried"),
        keeps={"package": "package", "seq": "seq", "sent": "records", "bytes": "bytes", "sha256": "sha256"},
    ),
    Step(
        says=N_("The same sealed bytes once more, on a second stick."),
        program=STATION,
        arguments=("copy", "{seq}", "--output", "second-stick"),
        keeps={"copy": "package"},
        sure={"bytes": "{bytes}"},
    ),
    Step(
        says=N_("Whoever has the trust file can verify the package without being able to read it."),
        program=STATION,
        arguments=("verify", "{package}", "--trust", "carried/station-trust.json"),
    ),
    Step(
        says=N_("The body takes the package in."),
        program=BODY,
        arguments=("intake", "carried"),
        keeps={
            "verdict": "files.0.verdict",
            "new": "files.0.new",
            "conflict": "files.0.conflict",
            "returned": "files.0.returned",
        },
        sure={"files.0.verdict": "accepted", "files.0.duplicate": 0},
    ),
    Step(
        says=N_("The second stick comes as well: nothing in it is new."),
        program=BODY,
        arguments=("intake", "{copy}"),
        sure={"files.0.verdict": "duplicate", "files.0.new": 0},
    ),
    Step(
        says=N_("The body writes the receipt, which the station takes home with its trust slice."),
        program=BODY,
        arguments=("receipts", "--station", STATION_CODE, "--output", "carried/home"),
        keeps={"receipt": "files.0", "carried_home": "files"},
    ),
    Step(
        says=N_("The station takes in what it was given."),
        program=STATION,
        arguments=("receive", "{carried_home}"),
    ),
    Step(
        says=N_("Reconciled: every record that travels was received."),
        program=STATION,
        arguments=("packages",),
        keeps={"records": "records", "state": "packages.0.state"},
        sure={"records.never_sent": 0, "records.sent": 0, "records.returned": 0, "packages.0.state": "received"},
    ),
    Step(
        says=N_("In the end the station checks that everything is as it was left, down to the last sealed page."),
        program=STATION,
        arguments=("check", "--read-data"),
    ),
)

PASSPHRASES: Final = {"station-passphrase.txt": "这是故事里的联络站口令\n", "body-passphrase.txt": "这是故事里的受理机关口令\n"}
WRITTEN: Final = RESOURCES / "story"
"""What people of the story have typed: an entry each for a deputy and a reception, a spreadsheet, the text of a suggestion."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell the story; returns 0, or the exit code of the command that failed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    told = _("The whole line on an invented station and body, by real commands.")
    parser = argparse.ArgumentParser(prog="python -m app.story", description=told)
    parser.add_argument("--folder", type=Path, metavar="DIR", help=_("a new or empty folder to leave everything in"))
    try:
        return tell(_prepared(parser.parse_args(arguments).folder))
    except AppError as error:
        print(explain(error), file=sys.stderr)
        return FAILED


def tell(folder: Path) -> int:
    """Run every step in the folder, and leave the summary there; stops at the first that fails, with its exit code."""
    known: dict[str, Any] = {}
    commands: list[str] = []
    for number, step in enumerate(STEPS, start=1):
        print(f"\n{number}. {_(step.says)}")
        command = _filled(step, known)
        commands.append(_typed(step.program, command))
        print(f"   $ {commands[-1]}")
        done = subprocess.run(_started(step.program, command), cwd=folder, env=_environment(), capture_output=True, check=False)
        print(indent((done.stdout + done.stderr).decode(errors="replace").strip(), "   "))
        if done.returncode:
            print("\n" + _("The story stops here: the command failed with exit code {code}.").format(code=done.returncode))
            return done.returncode
        if not _understood(step, done.stdout, known):
            print("\n" + _("The story stops here: the answer is not what it should be."))
            return FAILED
    _leave_summary(folder, known, commands)
    return 0


# --- one step ------------------------------------------------------------------------------------------------------


def _filled(step: Step, known: Known) -> list[str]:
    """The arguments as a person would type them, with `--json` where the answer is read by this program."""
    options = () if step.arguments[0] in NO_WORKSPACE else HOMES[step.program]
    arguments = [each for argument in step.arguments for each in _expanded(argument, known)]
    return [*options, *(("--json",) if step.keeps or step.sure else ()), *arguments]


def _expanded(argument: object, known: Known) -> list[str]:
    if not isinstance(argument, str) or not argument.startswith("{"):
        return [str(argument)]
    value = known[argument.strip("{}")]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _typed(program: str, arguments: Sequence[str]) -> str:
    return shlex.join([program, *arguments])


def _started(program: str, arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", MODULES[program], *arguments]


def _environment() -> dict[str, str]:
    """The commands are found where this program stands, whatever folder they run in."""
    return os.environ | {"PYTHONPATH": str(RESOURCES.parent)}


def _understood(step: Step, answer: bytes, known: dict[str, Any]) -> bool:
    """Keep what the step wants kept of its answer; whether the answer says what it must."""
    if not step.keeps and not step.sure:
        return True
    document = json.loads(answer)
    known.update({name: _found(document, place) for name, place in step.keeps.items()})
    return all([str(_found(document, place))] == _expanded(value, known) for place, value in step.sure.items())


def _found(document: Document, place: str) -> Any:
    """What stands at a place of the answer: members by name, one of several by number, all of them by `*`."""
    first, _dot, rest = place.partition(".")
    if first == "*":
        return [_found(each, rest) for each in document]
    inner = document[int(first)] if isinstance(document, list) else document[first]
    return _found(inner, rest) if rest else inner


# --- the folder ----------------------------------------------------------------------------------------------------


def _prepared(asked: Path | None) -> Path:
    """The folder of the story with what its people have written in it.

    Raises `Refused("story_folder_used", folder)` for one that holds something already.
    """
    with disk_told(Path(tempfile.gettempdir())):
        folder = asked.absolute() if asked else Path(tempfile.mkdtemp(prefix=f"story-{Clock().today():%Y-%m-%d}-"))
    with disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise Refused("story_folder_used", folder=str(folder))
        (folder / "carried").mkdir()
        shutil.copytree(WRITTEN, folder / "written")
    for name, text in PASSPHRASES.items():
        write_whole(folder / name, text.encode(), private=True)
    return folder


def _leave_summary(folder: Path, known: Known, commands: Sequence[str]) -> None:
    words = "\n".join(_summary(known)) + "\n"
    document = {**known, "station": STATION_CODE, "body": BODY_CODE, "commands": list(commands)}
    write_whole(folder / "summary.txt", words.encode())
    write_whole(folder / "summary.json", (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())
    print("\n" + _("In short") + "\n" + indent(words, "   "))
    print(_("Everything lies in {folder}").format(folder=folder))


def _summary(known: Known) -> Iterator[str]:
    received = known["records"]
    yield _("Imported: {imported} of {read} messages, {refused} refused; imported again: {repeated} known already.").format(
        **known
    )
    yield _("Found by one character: {found}; drafted into a suggestion and submitted.").format(**known)
    yield _("Papers printed: {forms} registration forms, a log, a ledger of {listed} issues, a suggestion.").format(**known)
    yield _("Package {seq}: {bytes} bytes, {records} records. SHA-256 {sha256}").format(
        **{**known, "records": sum(known["sent"].values())}
    )
    yield _("Taken in by the body: {new} new, {conflict} in conflict, {returned} returned; taken in again: nothing new.").format(
        **known
    )
    yield _("Reconciled: received {received}, sent {sent}, never sent {never_sent}, returned {returned}.").format(**received)
    yield _("Package: {package}").format(**known)
    yield _("Its copy: {copy}").format(**known)
    yield _("Receipt: {receipt}").format(**known)
    yield _("Papers: {files}").format(files="papers/")
    yield _("Trust files: {files}").format(files="carried/trust.json, carried/station-trust.json")


if __name__ == "__main__":
    sys.exit(main())
