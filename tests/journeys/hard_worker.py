"""A station at work in a fork of this process, killed at a moment nobody chose, then opened and looked at by the parent.

Run as `python -m tests.journeys.hard_worker FOLDER TRIALS SEED`; each trial says what it came upon as a line of JSON.
"""

import json
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import count as numbers
from pathlib import Path
from typing import IO, Final

from sqlalchemy import select

from app.domain.issue import Issue
from app.domain.values import Id, Json
from app.queries.search import search
from app.storage.tables import CurrentRow
from app.use_cases.imports import import_ledger, undo_import
from app.use_cases.recording import record
from app.use_cases.upkeep import check
from app.workspace import Workspace
from tests.builders import MESSAGE_COLUMNS, StationHome, an_issue, new_station, save, written_csv

ROWS: Final = 20
MOST: Final = 6  # deeds that are waited for before a kill
LONGEST: Final = 0.06  # seconds more: some three deeds
AT_THE_DOOR: Final = 10  # every so many-th trial is killed while the station is opened
READ_WHOLE: Final = 20  # so many trials between two looks into every page, record and file
_MARK: Final = re.compile(r"K\d{3}N\d{3}K")


@dataclass(slots=True)
class Trial:
    """What one trial came upon: deeds that were confirmed, the one that was begun, and everything that is not as it should be."""

    confirmed: int = 0
    in_the_middle: bool = False
    wrong: list[str] = field(default_factory=list)


# --- the one who works ----------------------------------------------------------------------------------------------


Marks = dict[str, int]
"""How many issues will bear each mark once a deed is done."""


@dataclass(slots=True)
class Worker:
    """Somebody who enters, changes, imports and takes back, and says each before and after it is done."""

    workspace: Workspace
    folder: Path
    pipe: int
    trial: int
    taken: tuple[Id, str] | None = None

    def work(self) -> None:
        """Deeds in turn, beginning with another one each time, until the end comes from outside."""
        deeds = (self.reception, self.alone, self.changed, self.import_of_rows, self.undone)
        for number in numbers(self.trial):
            for marks in (deed := deeds[number % len(deeds)](f"K{self.trial:03}N{number:03}K")):
                self.say("begin", marks)
                next(deed, None)
                self.say("done", {})

    def say(self, word: str, marks: Marks) -> None:
        """A line in the pipe, which outlives whoever wrote it."""
        os.write(self.pipe, json.dumps([word, marks]).encode() + b"\n")

    def reception(self, mark: str) -> Iterator[Marks]:
        """Two people with an issue each, and a file."""
        paper = self.folder / f"{mark}.txt"
        paper.write_text(mark * 500, encoding="utf-8")
        people: list[Json] = [{"name": f"来访者{name}", "issues": [{"words": f"{mark} 路灯不亮"}]} for name in "甲乙"]
        yield {mark: 2}
        told: dict[str, Json] = {"visit_kind": "reception", "on": "2026-11-18", "encounters": people, "attachments": [paper.name]}
        record(self.workspace, "visit", told, self.folder)

    def alone(self, mark: str) -> Iterator[Marks]:
        """An issue that came otherwise."""
        yield {mark: 1}
        save(self.workspace, an_issue(self.workspace, words=f"{mark} 停水三天"))

    def changed(self, mark: str) -> Iterator[Marks]:
        """An issue is entered, which counts for nothing; then its words are others."""
        issue = an_issue(self.workspace, words="还没有写")
        save(self.workspace, issue)
        yield {mark: 1}
        save(self.workspace, replace(issue, words=f"{mark} 写好了"))

    def import_of_rows(self, mark: str) -> Iterator[Marks]:
        """A table of messages."""
        rows = [(f"{mark}{row}", "群众", f"{mark} 第{row}行", "2026-03-05 09:30:00", "路灯不亮", "") for row in range(ROWS)]
        table = written_csv(self.folder / f"{mark}.csv", MESSAGE_COLUMNS, rows)
        yield {mark: ROWS}
        batch = import_ledger(self.workspace, table).import_id
        self.taken = (batch, mark) if batch else None

    def undone(self, _: str) -> Iterator[Marks]:
        """The last import of this trial is taken back, where there was one."""
        if self.taken:
            batch, mark = self.taken
            yield {mark: 0}
            undo_import(self.workspace, batch)
            self.taken = None


# --- the one who kills and looks ------------------------------------------------------------------------------------


def trials(home: StationHome, folder: Path, many: int, seed: int) -> Iterator[Trial]:
    """Work, the kill, the look; the station of one trial is the one that the trial before left."""
    moments = random.Random(seed)
    kept: Counter[str] = Counter()
    for number in range(1, many + 1):
        said = _killed(home, folder, number, moments)
        yield _looked_at(home, kept, said, whole=number % READ_WHOLE == 0 or number == many)


def _killed(home: StationHome, folder: Path, number: int, moments: random.Random) -> list[tuple[str, Marks]]:
    """What a fork said of its work before it was killed; whoever ended otherwise is no trial."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        with home.opened() as workspace:
            os.write(theirs, b"\n")
            Worker(workspace, folder, theirs, number).work()
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = _first_said(pipe, moments.randint(0, MOST)) if number % AT_THE_DOOR else []
        time.sleep(moments.uniform(0, LONGEST))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
            sys.exit(f"trial {number} ended before it was killed")
        return [tuple(json.loads(line)) for line in (*said, *pipe) if line.strip()]


def _first_said(pipe: IO[bytes], deeds: int) -> list[bytes]:
    """What is said until the station is open and so many deeds are done, or nobody is there any more."""
    said = [pipe.readline()]
    while said[-1] and sum(line.startswith(b'["done"') for line in said) < deeds:
        said.append(pipe.readline())
    return said


def _looked_at(home: StationHome, kept: Counter[str], said: list[tuple[str, Marks]], *, whole: bool) -> Trial:
    """The station as it was found: sound, with all that was confirmed, with the last deed whole or not at all."""
    begun = [marks for word, marks in said if word == "begin"]
    confirmed = sum(word == "done" for word, _ in said)
    for marks in begun[:confirmed]:
        for mark, number in marks.items():
            kept[mark] = number
    trial = Trial(confirmed=confirmed, in_the_middle=len(begun) > confirmed)
    with home.opened() as workspace:
        trial.wrong += [f"{each.code} {each.where}" for each in check(workspace, read_data=whole).findings]
        standing = _marks(workspace)
        for mark, number in (told for marks in begun[confirmed:] for told in marks.items()):
            if standing[mark] not in {kept[mark], number}:
                trial.wrong.append(f"{mark} is half there: {standing[mark]} of {number}")
            kept[mark] = standing[mark]
        if standing != +kept:
            trial.wrong.append(f"lost {+kept - standing}, came back {standing - kept}")
        for mark in list(kept)[-3:]:
            found = sum(hit.kind == Issue.traits.name for hit in search(workspace, mark, limit=10 * ROWS).hits)
            if found != standing[mark]:
                trial.wrong.append(f"{mark} is found {found} times, stands {standing[mark]} times")
    return trial


def _marks(workspace: Workspace) -> Counter[str]:
    """How many issues that stand bear each mark."""
    question = select(CurrentRow.body).where(CurrentRow.kind == Issue.traits.name, ~CurrentRow.deleted)
    with workspace.reading() as connection:
        return Counter(mark for body in connection.scalars(question) for mark in set(_MARK.findall(body)))


def main(folder: Path, many: int, seed: int) -> None:
    """All trials on one station, a line of JSON each."""
    home = new_station(folder / "station")
    papers = folder / "papers"
    papers.mkdir()
    for trial in trials(home, papers, many, seed):
        sys.stdout.write(json.dumps(asdict(trial), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
