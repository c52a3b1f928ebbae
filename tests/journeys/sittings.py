"""One sitting after the other in front of the program on a real display, each in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.journeys.programs import ROOT, passphrase_file

WORDS = "three blind mice"
LONGEST = 1000.0
"""Milliseconds without an answer, allowed while other tests share the machine; the benchmark `test_answers` allows 100."""


@dataclass(frozen=True)
class Sitting:
    """What a person sees of the program in one sitting after the other, on one screen."""

    display: str
    home: Path
    longest: float = LONGEST
    away: dict[str, list[float]] = field(default_factory=dict)  # by step, the longest time without an answer in each sitting
    driver: str = "tests.journeys.window_driver"
    words: str = WORDS  # of the passphrase

    def __call__(self, part: str, *told: object, asked: bool = True) -> Any:
        """Live through a part of the story; the window was never away for long."""
        done = subprocess.run(
            self._command(part, *told, asked=asked),
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        outcome = json.loads(done.stdout.decode().splitlines()[-1])
        for step, took in outcome["longest"].items():
            self.away.setdefault(step, []).append(took)
        assert max(outcome["longest"].values()) < self.longest, outcome["longest"]
        return outcome["saw"]

    def begun(self, part: str, *told: object) -> "subprocess.Popen[str]":
        """A part of the story that somebody else ends; what it says can be read line by line."""
        command = self._command(part, *told, asked=True)
        return subprocess.Popen(command, cwd=ROOT, env=self._environment(), stdout=subprocess.PIPE, encoding="utf-8")

    def _command(self, part: str, *told: object, asked: bool) -> list[str]:
        secret = self.home.parent / "keys"
        options = ["--home", str(self.home), *(["--passphrase-file", str(passphrase_file(secret, self.words))] if asked else [])]
        return [sys.executable, "-m", self.driver, part, *map(str, told), "--", *options]

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LANG", "QT_QPA_PLATFORM"}}
        return kept | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
