"""Which replies of the body a seat holds, as `have` of its packages says it: run by run, so that a lost one is laid out again."""

from collections.abc import Collection, Mapping

from app.domain.values import Id
from app.packages.receipt import cursor_of, stream_name


def held_told(body: Id, numbers: Collection[int]) -> dict[str, int]:
    """The members of `have`: `<body>/e1` is the end of the run from 1, 0 without one; `<body>/e1/<first>` that of a later run."""
    stream, cursor = stream_name(body, 1), cursor_of(numbers)
    told = {stream: cursor.through}
    first = last = 0
    for number in cursor.also:
        first = first if number == last + 1 else number
        last = number
        told[f"{stream}/{first}"] = last
    return told


def runs_held(body: Id, have: Mapping[str, int]) -> list[tuple[int, int]] | None:
    """The runs of numbers that `held_told` told; None where it told nothing, as older programs do."""
    stream = stream_name(body, 1)
    if stream not in have:
        return None
    runs = [(1, have[stream])]
    for name, last in have.items():
        first = name.removeprefix(f"{stream}/")
        if first != name and first.isdecimal():
            runs.append((int(first), last))
    return runs
