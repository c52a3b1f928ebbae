"""The liaison station workbench: everything that is true without a screen."""

from typing import Final

__version__: Final = "0.1.0"
