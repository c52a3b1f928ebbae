"""Invented records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from app.keys.ways import Way
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """How many."""

    visits: int
    issues: int
    suggestions: int


def set_up_if_missing(home: Path, way: Way, clock: Clock) -> str:
    """stub"""
    return ""


def fill(workspace: Workspace, amounts: Amounts, seed: int) -> Mapping[str, int]:
    """stub"""
    return {}
