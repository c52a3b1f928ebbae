from collections.abc import Callable
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.packages import pipe
from app.packages.pipe import Abandoned, Pipe


def beside(act: Callable[[], object]) -> Thread:
    thread = Thread(target=act)
    thread.start()
    return thread


def everything(readable: Pipe) -> bytes:
    pieces = []
    while piece := readable.read():
        pieces.append(piece)
    return b"".join(pieces)


@given(st.lists(st.binary(max_size=50)), st.integers(1, 20))
def test_what_goes_in_comes_out_in_order(pieces: list[bytes], size: int) -> None:
    between = Pipe(piece=size)

    def write() -> None:
        for piece in pieces:
            assert between.write(piece) == len(piece)
        between.end()

    writer = beside(write)
    assert everything(between) == b"".join(pieces)
    assert between.read() == b""
    writer.join()


def test_a_failure_comes_after_what_was_passed_on() -> None:
    between = Pipe(piece=2)
    between.write(b"ab")
    between.write(b"c")
    between.end(OSError(5, "failed"))
    assert between.read() == b"ab"
    for _ in range(2):
        with pytest.raises(OSError, match="failed"):
            between.read()


def test_a_full_pipe_holds_the_writer_until_somebody_reads() -> None:
    between = Pipe(piece=1)
    written: list[int] = []

    def write() -> None:
        for number in range(pipe.DEPTH + 5):
            between.write(b"x")
            written.append(number)
        between.end()

    writer = beside(write)
    for _ in range(5):
        assert between.read() == b"x"
        assert len(written) <= pipe.DEPTH + 5
    assert everything(between) == b"x" * pipe.DEPTH
    writer.join()


def test_a_writer_learns_that_nobody_reads_any_more() -> None:
    between = Pipe(piece=1)
    outcome: list[str] = []

    def write() -> None:
        try:
            while True:
                between.write(b"x")
        except Abandoned:
            outcome.append("left")
            between.end()

    writer = beside(write)
    between.read()
    between.abandon()
    writer.join()
    assert outcome == ["left"]


def test_ending_an_abandoned_pipe_is_quiet() -> None:
    between = Pipe(piece=10)
    between.write(b"x")
    between.abandon()
    between.end()
    assert between.read() == b""
