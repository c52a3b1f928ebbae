"""`python -m app.province`: the receiver's command line, and where its second process begins."""

import sys
from multiprocessing import freeze_support


def main() -> int:
    """Run one command, and return its exit code."""
    freeze_support()  # in a bundle the second process is this program once more, told to be one
    from app.province.cli import main as run  # not before: the second process needs none of it

    return run()


if __name__ == "__main__":
    sys.exit(main())
