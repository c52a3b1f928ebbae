"""How several commands tell the same things."""

from datetime import datetime

from app.clock import CHINA


def local_told(moment: datetime) -> str:
    """A moment as the clock on the wall shows it."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
