"""The desktop's keyring: only accepted ones, read back, and a code for each bad day."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.keys.desktop_keyring import DesktopKeyring, accepted_backends
from tests.app.keys.memory_keyring import BAD_DAYS, failing_keyring, fresh_keyring

PROJECT = Path(__file__).parents[3]


def test_a_kept_text_is_recalled_and_forgotten() -> None:
    keyring = DesktopKeyring([fresh_keyring()])
    keyring.keep("llz", "a", "text")
    assert keyring.recall("llz", "a") == "text"
    keyring.forget("llz", "a")
    assert keyring.recall("llz", "a") is None
    keyring.forget("llz", "a")  # nothing there is no fault


def test_a_keyring_that_stores_nothing_is_found_out() -> None:
    from keyring.backends.null import Keyring as NullKeyring

    with pytest.raises(Unavailable) as caught:
        DesktopKeyring([NullKeyring]).keep("llz", "a", "text")
    assert (caught.value.code, caught.value.facts) == ("keyring_forgetful", {"backend": "keyring.backends.null.Keyring"})


@pytest.mark.parametrize(("raised", "code"), BAD_DAYS)
def test_every_bad_day_has_its_code(raised: Exception, code: str) -> None:
    keyring = DesktopKeyring([failing_keyring(raised)])
    asked: tuple[Callable[[], object], ...] = (
        lambda: keyring.keep("llz", "a", "secret text"),
        lambda: keyring.recall("llz", "a"),
    )
    for ask in asked:
        with pytest.raises(Unavailable) as caught:
            ask()
        assert caught.value.code == code
        assert "secret text" not in str(caught.value)


def test_forgetting_never_fails() -> None:
    DesktopKeyring([failing_keyring(RuntimeError("gone"))]).forget("llz", "a")
    DesktopKeyring([]).forget("llz", "a")


def test_an_entry_in_the_second_keyring_of_the_desktop_is_found() -> None:
    older, newer = fresh_keyring(), fresh_keyring()
    DesktopKeyring([older]).keep("llz", "a", "text")
    assert DesktopKeyring([newer, older]).recall("llz", "a") == "text"
    assert DesktopKeyring([failing_keyring(RuntimeError("gone")), older]).recall("llz", "a") == "text"


def test_no_accepted_keyring_is_said_so() -> None:
    with pytest.raises(Unavailable, match="keyring_missing"):
        DesktopKeyring([]).recall("llz", "a")


def test_unknown_platforms_have_no_keyring() -> None:
    assert accepted_backends("aix") == ()


def test_the_environment_cannot_choose_a_keyring(tmp_path: Path) -> None:
    # A null backend named in the environment and in a configuration file: the library would take it, we must not.
    folder = tmp_path / "python_keyring"
    folder.mkdir()
    (folder / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    script = "from app.keys.desktop_keyring import DesktopKeyring; DesktopKeyring().keep('llz', 'a', 'text')"
    named = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "XDG_CONFIG_HOME": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", script], env=_bare_environment(tmp_path) | named, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert "keyring_missing" in told.stderr


def test_the_library_is_not_loaded_before_it_is_needed() -> None:
    script = "import sys, app.keys.slots, app.keys.identities, app.keys.root_keys; print('keyring' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_a_real_secret_service_keeps_the_key_over_a_restart_and_refuses_while_locked(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    program("dbus-run-session"), program("gnome-keyring-daemon")
    made = _in_session(tmp_path, "unlocked")
    assert made == {"backends": ["keyring.backends.SecretService"], "opened": True}
    assert _in_session(tmp_path, "unlocked") == made  # another bus, another daemon, the same login keyring
    assert _in_session(tmp_path, "locked") == {"backends": ["keyring.backends.SecretService"], "code": "keyring_locked"}


def _in_session(home: Path, mode: str) -> object:
    (home / "run").mkdir(mode=0o700, exist_ok=True)
    command = [
        "dbus-run-session",
        "--",
        sys.executable,
        "-m",
        "tests.app.keys.keyring_session",
        mode,
        str(home / "keyslots.json"),
    ]
    told = subprocess.run(
        command, env=_bare_environment(home), cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def _bare_environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "PYTHONPATH": str(PROJECT),
        "PYTHONWARNINGS": "ignore",
    }
