"""A process that has everything imported, and runs each command in a fork of itself: a trial costs a tenth of a new process.

Every line of its input names a program and its arguments. The fork stops itself before the first step, so that somebody can
attach; what it said comes back through a socket, since its writes are counted.
"""

import contextlib
import ctypes
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from tests.journeys.programs import ROOT, Program, Said, body_at, station_at

CRASHED: Final = 70
KILLED: Final = -int(signal.SIGKILL)
_ANYBODY: Final = ctypes.c_ulong(-1)
_SET_PTRACER: Final = 0x59616D61  # where the system lets only parents attach, the fork lets anybody


def serve() -> None:
    """Fork for every line of the input until it ends."""
    programs: dict[str, Callable[[Sequence[str]], int]] = {each.module: each.main for each in _programs()}
    for line in sys.stdin:
        told = json.loads(line)
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            _run(programs[told["module"]], told["arguments"], theirs)
        theirs.close()
        os.waitpid(pid, os.WUNTRACED)
        print(pid, flush=True)
        with ours.makefile("rb") as answer:
            said = answer.read()
        ours.close()
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"exit": os.waitstatus_to_exitcode(status), "said": said.decode()}), flush=True)


def _programs() -> tuple[Program, Program]:
    return station_at(Path(), None), body_at(Path(), None)


def _run(main: Callable[[Sequence[str]], int], arguments: Sequence[str], answer: socket.socket) -> None:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PTRACER, _ANYBODY, 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(arguments)
    except BaseException:
        code = CRASHED
        traceback.print_exc(file=err)
    answer.sendall(json.dumps([out.getvalue(), err.getvalue()]).encode())
    os._exit(code)


@dataclass(frozen=True, slots=True)
class Forks:
    """The running process, seen from the test."""

    process: "subprocess.Popen[str]"
    strace: str

    def run(self, program: Program, *told: str | Path, inject: str) -> Said:
        """One command in a fork with what is to be injected; the exit code is negative where it was killed."""
        return self._traced(program.arguments(*told), program.module, ["-o", os.devnull, "-e", f"inject={inject}"])

    def steps(self, program: Program, *told: str | Path, calls: Sequence[str]) -> Counter[str]:
        """How often the command makes each of these system calls itself; it must go well."""
        with tempfile.NamedTemporaryFile("r", encoding="utf-8") as trace:
            said = self._traced(program.arguments(*told), program.module, ["-o", trace.name, "-e", f"trace={','.join(calls)}"])
            assert said.code == 0, said
            made = [re.match(r"(\d+) +(\w+)\(", line) for line in trace]
        found = [(each[1], each[2]) for each in made if each]
        return Counter(call for pid, call in found if pid == found[0][0])

    def _traced(self, arguments: Sequence[str], module: str, options: Sequence[str]) -> Said:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"module": module, "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        with subprocess.Popen([self.strace, "-f", *options, "-p", str(pid)], stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr
            attached = tracer.stderr.readline()
            os.kill(pid, signal.SIGCONT)
            told: dict[str, Any] = json.loads(self.process.stdout.readline())
            tracer.communicate()
        if "attached" not in attached:
            pytest.skip(f"strace may not attach here: {attached}")
        out, err = json.loads(told["said"]) if told["said"] else ("", "")
        return Said(code=told["exit"], out=out, err=err)


@contextlib.contextmanager
def forks(strace: str) -> Iterator[Forks]:
    """A process to fork from, for the block."""
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "tests.journeys.forked"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Forks(process, strace)
        assert process.stdin
        process.stdin.close()


if __name__ == "__main__":
    serve()
