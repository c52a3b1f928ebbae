"""Codes read off pictures that a person brings, and off the frames of a camera."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from app.domain.attachment import file_name
from app.domain.problems import Problem
from app.errors import AppError
from app.pictures.codes import codes_in, codes_seen
from app.pictures.picture import NoPicture
from app.use_cases.attachment_desk import LARGEST_READ, Offered, read_offered

__all__ = ["codes_seen"]  # of a frame, for whoever has a camera


@dataclass(frozen=True, slots=True, kw_only=True)
class CodesRead:
    """The codes on one picture, and the SHA-256 of its content; without codes `problem` says why."""

    file: Offered
    digest: str = ""
    codes: tuple[str, ...] = ()
    problem: Problem | None = None


_MOST: Final = 200
"""Pictures of one batch."""


def read_codes(file: Offered) -> CodesRead:
    """The codes on a picture; what is no picture, or cannot be read, is told and raises nothing."""
    name = file_name(file.name)
    try:
        content = read_offered(file, LARGEST_READ)
    except OSError as error:
        code = "file_missing" if isinstance(error, FileNotFoundError) else "file_unreadable"
        return CodesRead(file=file, problem=Problem(code=code, facts={"path": name}))
    except AppError as error:
        return CodesRead(file=file, problem=Problem(code=error.code, facts=dict(error.facts)))
    try:
        codes = codes_in(content)
    except NoPicture:
        return CodesRead(file=file, problem=Problem(code="no_picture", facts={"path": name}))
    problem = None if codes else Problem(code="no_code", facts={"path": name})
    return CodesRead(file=file, digest=sha256(content).hexdigest(), codes=codes, problem=problem)


def codes_on(files: Sequence[Offered]) -> tuple[CodesRead, ...]:
    """The codes on each of some pictures."""
    return tuple(map(read_codes, files[:_MOST]))
