"""`liaison` with what needs the window's libraries: the pages of a scanned PDF. They are loaded when a command asks for them."""

import sys
from collections.abc import Sequence

from app import cli
from app.use_cases.attachment_desk import Offered


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command as `app.cli` does; returns the exit code."""
    return cli.main(arguments, pages=_pages)


def _pages(files: Sequence[Offered]) -> list[Offered]:
    try:
        from ui.pdf_pages import with_pages
    except ImportError:  # a machine without what Qt stands on: the command says that pages were not read
        return list(files)
    return with_pages(list(files))


if __name__ == "__main__":
    sys.exit(main())
