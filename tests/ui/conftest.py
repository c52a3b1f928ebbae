"""Tests of the window: without a screen, and skipped aloud where this machine cannot load Qt."""

from pathlib import Path

import pytest

from tests.conftest import QT_MISSING

if not QT_MISSING:
    from tests.ui.workbenches import bench, demo_bench, home, nothing_left, qapp, shell, went, workspace

    __all__ = ["bench", "demo_bench", "home", "nothing_left", "qapp", "shell", "went", "workspace"]


class _Unloadable(pytest.Module):
    """A file of tests that cannot even be imported here."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        pytest.skip(f"Qt cannot be loaded here: {QT_MISSING}", allow_module_level=True)


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Skip every file by name where Qt is missing."""
    return _Unloadable.from_parent(parent, path=module_path) if QT_MISSING else None
