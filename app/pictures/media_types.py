"""The media type that a file's name stands for; of pictures the content tells (`picture.type_of`)."""

import mimetypes
from typing import Final

ANY_BYTES: Final = "application/octet-stream"
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/tiff"})
"""Types of which the content tells, not the name."""


def named_type(name: str) -> str:
    """The media type that the ending of a name stands for."""
    return mimetypes.guess_type(name)[0] or ANY_BYTES
