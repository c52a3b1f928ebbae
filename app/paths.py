"""Where things lie on this computer."""

from pathlib import Path
from typing import Final

import platformdirs

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
_NAME: Final = "liaison-station"


def default_home() -> Path:
    """The folder a person's workspace lies in unless they name another."""
    return platformdirs.user_data_path(_NAME, appauthor=False)


def default_province_home() -> Path:
    """The folder a receiver's workspace lies in unless another is named."""
    return platformdirs.user_data_path(_NAME + "-province", appauthor=False)
