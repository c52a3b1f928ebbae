"""The ways to a secret: the same secret for the same facts, none of it shown."""

from pathlib import Path

import pytest

from app.errors import Refused
from app.keys.desktop_keyring import DesktopKeyring
from app.keys.passphrase import Passphrase
from app.keys.recovery_code import read
from app.keys.ways import KeyringWay, PassphraseWay, RecoveryWay
from tests.app.keys.memory_keyring import fresh_keyring


def test_a_passphrase_is_stretched_as_written_down() -> None:
    # printf password | argon2 somesaltsomesalt -id -t 3 -m 16 -p 4 -l 32 -r
    facts = {"kdf": "argon2id", "t": 3, "m_kib": 65536, "p": 4, "salt": "c29tZXNhbHRzb21lc2FsdA=="}
    secret = PassphraseWay(passphrase=Passphrase("password")).secret(facts)
    assert secret.hex() == "81db97a7e67a891784a2599bc879f957cb3512d273984bd97d8a18fc59ff01e2"


def test_each_slot_has_a_salt_and_the_costs_of_the_design() -> None:
    way = PassphraseWay(passphrase=Passphrase("word"))
    (first, secret), (second, other) = way.found(), way.found()
    assert {name: first[name] for name in ("kdf", "t", "m_kib", "p")} == {"kdf": "argon2id", "t": 3, "m_kib": 65536, "p": 4}
    assert first["salt"] != second["salt"]
    assert secret != other
    assert way.secret(first) == secret


def test_a_new_code_is_printed_with_its_label_and_read_back_from_a_file(tmp_path: Path) -> None:
    way = RecoveryWay.make("2026-11-21")
    assert len(read(way.code)) == 16
    (tmp_path / "code.txt").write_text("\ufeff" + way.code.replace("-", "\r\n") + "\r\n", encoding="utf-8")
    facts, secret = way.found()
    assert facts == {"id": "2026-11-21"}
    assert RecoveryWay.from_file(tmp_path / "code.txt").secret(facts) == secret


def test_each_keyring_slot_has_an_entry_of_its_own_that_fits_windows() -> None:
    backend = fresh_keyring()
    way = KeyringWay(account="db", keyring=DesktopKeyring([backend]))
    (first, secret), (second, other) = way.found(), way.found()
    assert first["account"] != second["account"]
    assert str(first["account"]).startswith("db/")
    assert (way.secret(first), way.secret(second)) == (secret, other)
    assert [len(entry) for entry in backend.held.values()] == [43, 43]
    way.give_up(first)
    assert way.secret(second) == other
    with pytest.raises(Refused, match="keyring_entry_missing"):
        way.secret(first)


def test_no_secret_is_shown() -> None:
    way = RecoveryWay.make("2026-11-21")
    assert way.code not in repr(way)
    assert "word" not in repr(PassphraseWay(passphrase=Passphrase("word")))
