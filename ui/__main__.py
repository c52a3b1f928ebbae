"""`liaison-window`: the program for people. The station is being opened while Qt is still loading."""

import argparse
import gc
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.use_cases.opening import Opening


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window of the station of this computer, or of another folder; returns the exit code."""
    if getattr(sys, "frozen", False):  # in a bundle the press is this program once more, told to be one
        from multiprocessing import freeze_support

        freeze_support()
    gc.disable()  # what is loaded now stays, and looking through it costs a tenth of the start; `ui.memory` sees to the rest
    options = _parser().parse_args(arguments)
    writer = ThreadPoolExecutor(1, "writer")
    home, opening = _begun(options.home, options.passphrase_file, writer)
    from ui.application import run

    return run(home, writer, opening, options.files)


def _begun(asked: Path | None, passphrase: Path | None, writer: Executor) -> "tuple[Path, Opening | None]":
    """The home, and the opening of its station, under way; None where a person must be asked first."""
    # Before Qt, whose import hook makes every later import slower.
    from app.errors import AppError
    from app.paths import default_home
    from app.use_cases import opening

    home = asked or default_home()
    try:
        way = opening.entrance(home)
    except AppError:
        way = opening.Entrance.KEYRING  # opening it will say what is wrong
    if way is opening.Entrance.SET_UP or (way is opening.Entrance.PASSPHRASE and not passphrase):
        return home, None
    return home, opening.begin(home, passphrase, writer)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="liaison-window")
    parser.add_argument("--home", type=Path, metavar="DIR")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE")
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE")  # what was double-clicked
    return parser


if __name__ == "__main__":
    sys.exit(main())
