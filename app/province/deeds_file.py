"""The file that tells what became of suggestions: a JSON list of deeds (docs/package-format.md shows one)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from app.errors import Refused
from app.files import disk_told

LARGEST: Final = 16 << 20  # bytes


def read_deeds(path: Path) -> list[Mapping[str, Any]]:
    """The deeds in a file, in their order; raises `Refused("deeds_malformed", path)` for what is no list of objects."""
    with disk_told(path), path.open("rb") as file:
        content = file.read(LARGEST)
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise Refused("deeds_malformed", path=str(path)) from error
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise Refused("deeds_malformed", path=str(path))
    return told
