"""What commands are given: the shapes of arguments, days, files and texts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from app.errors import Refused
from app.files import disk_told
from app.use_cases.brought_files import LARGEST_DOCUMENT

PATH: Final[Mapping[str, Any]] = {"type": Path}
NEEDED: Final[Mapping[str, Any]] = {"required": True}
NUMBER: Final[Mapping[str, Any]] = {"type": int}
FLAG: Final[Mapping[str, Any]] = {"action": "store_true"}
FOLDER: Final[Mapping[str, Any]] = {"type": Path, "required": True, "metavar": "DIR"}
FILE: Final[Mapping[str, Any]] = {"type": Path, "required": True, "metavar": "FILE"}
_LARGEST_ENTRY: Final = 4 << 20  # bytes of a JSON entry or a text


def read_file(path: Path) -> bytes:
    with disk_told(path), path.open("rb") as file:
        return file.read(LARGEST_DOCUMENT)


def text_of(path: Path) -> str:
    """What a file of plain text says; raises `Refused("file_large" | "file_not_text")`."""
    with disk_told(path), path.open("rb") as file:
        data = file.read(_LARGEST_ENTRY + 1)
    if len(data) > _LARGEST_ENTRY:
        raise Refused("file_large", path=str(path), most=_LARGEST_ENTRY)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("file_not_text", path=str(path))
