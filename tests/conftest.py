"""What every test may lean on: a machine that is nobody's, programs that are there or named, real tables where they stand."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import hypothesis
import pytest

from app import i18n

# No test waits on a clock: a slow machine makes a slow run, never a red one.
_SLOW = (hypothesis.HealthCheck.too_slow,)
hypothesis.settings.register_profile("here", deadline=None, suppress_health_check=_SLOW, max_examples=50)
hypothesis.settings.register_profile(
    "ci", deadline=None, suppress_health_check=_SLOW, max_examples=100, derandomize=True, print_blob=True, database=None
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "here"))

REAL_DATA = "LIAISON_REAL_DATA"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before any Qt: without a display it would end the whole run


def _qt_missing() -> str:
    """Why Qt cannot be loaded on this machine; empty where it can."""
    try:
        import PySide6.QtPdfWidgets  # noqa: F401  # only tried; it asks most of a machine: where it loads, all the rest does
    except ImportError as missing:
        return str(missing)
    return ""


QT_MISSING: Final = _qt_missing()
# Not by its entry point (pyproject.toml): where Qt is missing the plug-in would end the whole run.
pytest_plugins = () if QT_MISSING else ("pytestqt.plugin",)


@pytest.fixture(autouse=True)
def nobodys_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test reads or writes what belongs to the person at this machine: settings, keyring, language."""
    nobody = tmp_path_factory.getbasetemp() / "nobody"
    for variable, folder in (("HOME", ""), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")):
        monkeypatch.setenv(variable, str(nobody / folder))
    for variable in ("DBUS_SESSION_BUS_ADDRESS", i18n.VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    i18n.speak(None)
    yield
    i18n.speak(None)


@pytest.fixture
def program() -> Callable[[str], str]:
    """Asks for a program of the machine: `program("age")` is its path; where it is missing the test is skipped and names it."""

    def found(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"the program {name!r} is not installed here")
        return path

    return found


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real tables that LIAISON_REAL_DATA names; without it the test is skipped and says so."""
    folder = os.environ.get(REAL_DATA)
    if not folder:
        pytest.skip(f"needs the folder of real tables: set {REAL_DATA}")
    return Path(folder)
