"""How a person likes this computer's window: one small file beside the workspace, never anything about a resident."""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Final

from app.files import write_whole

FILE: Final = "settings.json"


@dataclass(slots=True, kw_only=True)
class Settings:
    """What a person chose; a file that cannot be read counts as nothing chosen."""

    text_size: int = 100  # per cent
    dark: bool = False
    language: str = ""  # empty: Chinese, or what the environment names
    last_folder: str = ""  # where a package or a paper was saved the last time
    window: str = ""  # place and size, as the window system writes them
    operator: str = ""  # who was at the keyboard last
    smaller_pictures: bool = False  # made smaller when they are added to a record
    package_mb: int = 0  # packages are kept below so many MB; 0: as large as the body takes
    month_shown: bool = False  # each deputy's month on the first page, which visitors might see
    print_offsets: dict[str, str] = field(default_factory=dict)  # by printer, "right down" in tenths of a millimetre
    orders: dict[str, str] = field(default_factory=dict)  # by what a list is sorted, "-" before it where downwards


def read_settings(home: Path) -> Settings:
    """The settings under `home`; members of a wrong type or of a newer program are left out."""
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    usual = asdict(Settings())
    known = {each.name for each in fields(Settings)}
    given = found.items() if isinstance(found, dict) else ()
    return Settings(**{name: value for name, value in given if name in known and type(value) is type(usual[name])})


def write_settings(home: Path, settings: Settings) -> None:
    """Keep the settings under `home`, whole; raises `Unavailable` where the disk fails."""
    write_whole(home / FILE, json.dumps(asdict(settings), ensure_ascii=False, indent=1).encode())
