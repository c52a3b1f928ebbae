"""The key slots: every way opens, every other thing is told apart, nothing is lost while slots change."""

import base64
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError, Refused, Unavailable
from app.keys import slots
from app.keys.desktop_keyring import DesktopKeyring
from app.keys.passphrase import Passphrase
from app.keys.recovery_code import spell
from app.keys.slot_file import KeySlots, parse_slots, read_slots, write_slots
from app.keys.ways import EscrowWay, KeyringWay, PassphraseWay, RecoveryWay, SlotType, Way
from tests.app.keys.memory_keyring import failing_keyring, fresh_keyring

DB, OTHER_DB = "019b76da-a800-7c3e-82dd-21250b729601", "019b76da-a800-7c3e-82dd-21250b729602"
KEY, OTHER_KEY = bytes(range(32)), bytes(32)
CODE = RecoveryWay(code=spell(bytes(range(16))), label="2026-11-21")
OTHER_CODE = RecoveryWay(code=spell(bytes(16)))
WORDS = PassphraseWay(passphrase=Passphrase("口令 word"))
DEPOSITED = EscrowWay(code=spell(bytes(range(1, 17))), deposited={"id": "2026-11-21", "recipient": "age1…", "age": "…"})
OTHER_WORDS = PassphraseWay(passphrase=Passphrase("口令 Word"))


def keyring_way(db: str = DB) -> KeyringWay:
    """A way through a keyring of its own."""
    return KeyringWay(account=db, keyring=DesktopKeyring([fresh_keyring()]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the slot file of a database lies."""
    return tmp_path / "keyslots.json"


@pytest.mark.parametrize(
    "make", [keyring_way, lambda: CODE, lambda: WORDS, lambda: DEPOSITED], ids=["keyring", "recovery", "passphrase", "escrow"]
)
def test_each_way_opens_after_a_restart(path: Path, make: Callable[[], Way]) -> None:
    way = make()
    written = slots.create(path, DB, KEY, [way])
    assert read_slots(path) == written
    assert slots.open_with(read_slots(path, DB), way) == KEY


def test_all_ways_lead_to_the_same_key(path: Path) -> None:
    ways: list[Way] = [keyring_way(), CODE, WORDS, DEPOSITED]
    held = slots.create(path, DB, slots.make_data_key(), ways)
    assert len({slots.open_with(held, way) for way in ways}) == 1
    assert [held.has(slot_type) for slot_type in SlotType] == [True] * 4


def test_no_secret_stands_in_the_file(path: Path) -> None:
    slots.create(path, DB, KEY, [CODE, WORDS])
    text = path.read_text(encoding="utf-8")
    for secret in (KEY.hex(), "word", CODE.code, CODE.code.split("-")[3]):
        assert secret not in text
    assert "2026-11-21" in text


def test_two_slots_of_the_same_key_share_nothing(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE, CODE])
    first, second = (slot.members for slot in held.slots)
    assert first["nonce"] != second["nonce"]
    assert first["wrapped"] != second["wrapped"]


# --- what does not open, and how it is told apart -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "code"),
    [(OTHER_WORDS, "passphrase_wrong"), (OTHER_CODE, "recovery_wrong"), (RecoveryWay(code="000012" * 8), "recovery_group_wrong")],
    ids=["passphrase", "code", "mistyped code"],
)
def test_another_secret_is_wrong(path: Path, way: Way, code: str) -> None:
    _assert_fails(slots.create(path, DB, KEY, [WORDS, CODE]), way, code)


def test_a_way_that_was_never_made_is_missing(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE])
    for way in (WORDS, keyring_way()):
        _assert_fails(held, way, "slot_missing")


def test_the_keyring_of_a_new_computer_is_told_from_a_changed_entry(path: Path) -> None:
    backend = fresh_keyring()
    held = slots.create(path, DB, KEY, [KeyringWay(account=DB, keyring=DesktopKeyring([backend]))])
    _assert_fails(held, keyring_way(), "keyring_entry_missing")
    for entry in ("A" * 43, "short", "ü" * 43):
        backend.held.update(dict.fromkeys(backend.held, entry))
        _assert_fails(held, KeyringWay(account=DB, keyring=DesktopKeyring([backend])), "keyring_wrong")


def test_a_keyring_that_is_away_is_not_a_lost_key(path: Path) -> None:
    held = slots.create(path, DB, KEY, [keyring_way()])
    _assert_fails(held, KeyringWay(account=DB, keyring=DesktopKeyring([])), "keyring_missing")
    gone = KeyringWay(account=DB, keyring=DesktopKeyring([failing_keyring(RuntimeError("bus"))]))
    _assert_fails(held, gone, "keyring_failed")


@pytest.mark.parametrize("way", [WORDS, CODE, keyring_way()], ids=["passphrase", "recovery", "keyring"])
def test_a_slot_moved_from_another_database_is_foreign(path: Path, way: Way) -> None:
    theirs = slots.create(path.with_name("theirs.json"), OTHER_DB, OTHER_KEY, [way])
    ours = slots.create(path, DB, KEY, [way])
    write_slots(path, replace(ours, slots=theirs.slots))
    _assert_fails(read_slots(path), way, "slot_foreign")


def test_a_slot_under_another_type_is_foreign(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE])
    backend = fresh_keyring()
    facts = {**held.slots[0].members, "service": "llz", "account": "a"}
    DesktopKeyring([backend]).keep("llz", "a", _as_entry(CODE.secret({})))
    renamed = replace(held, slots=(replace(held.slots[0], type="keyring", members=facts),))
    _assert_fails(renamed, KeyringWay(account=DB, keyring=DesktopKeyring([backend])), "slot_foreign")


def test_a_file_of_another_database_is_foreign(path: Path) -> None:
    slots.create(path, OTHER_DB, KEY, [CODE])
    with pytest.raises(Refused) as caught:
        read_slots(path, DB)
    assert (caught.value.code, caught.value.facts) == ("keyslots_foreign", {"found": OTHER_DB, "expected": DB})


def test_a_key_that_the_check_value_denies_is_damage(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE])
    other = slots.create(path.with_name("other.json"), DB, OTHER_KEY, [WORDS])
    _assert_fails(replace(held, kcv=other.kcv), CODE, "keyslots_damaged")
    assert held.fits(KEY)
    assert not held.fits(OTHER_KEY)


@pytest.mark.parametrize(
    "facts",
    [
        {"m_kib": 64 * 1024 * 1024},
        {"t": 0},
        {"p": 10_000},
        {"kdf": "plain"},
        {"salt": "AA=="},
        {"salt": 5},
        {"salt": "!"},
        {"t": True},
    ],
    ids=str,
)
def test_costs_that_no_computer_should_pay_are_damage(path: Path, facts: dict[str, object]) -> None:
    held = slots.create(path, DB, KEY, [WORDS])
    slot = replace(held.slots[0], members={**held.slots[0].members, **facts})
    _assert_fails(replace(held, slots=(slot,)), WORDS, "keyslots_damaged")


@pytest.mark.parametrize("member", ["nonce", "wrapped", "check"])
def test_a_slot_without_a_member_is_damage(path: Path, member: str) -> None:
    held = slots.create(path, DB, KEY, [CODE])
    for value in (None, "", "!!!!", "AAAA"):
        slot = replace(held.slots[0], members={**held.slots[0].members, member: value})
        _assert_fails(replace(held, slots=(slot,)), CODE, "keyslots_damaged")


# --- changing -------------------------------------------------------------------------------------------------------


def test_a_lost_keyring_is_replaced_by_the_code(path: Path) -> None:
    slots.create(path, DB, KEY, [keyring_way(), CODE])
    new_computer = keyring_way()
    held = read_slots(path)
    _assert_fails(held, new_computer, "keyring_entry_missing")
    slots.replace_way(path, held, slots.open_with(held, CODE), new_computer)
    assert slots.open_with(read_slots(path), new_computer) == KEY
    assert slots.open_with(read_slots(path), CODE) == KEY


def test_a_new_code_ends_the_old_one(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE, WORDS])
    held = slots.replace_way(path, held, KEY, OTHER_CODE)
    assert slots.open_with(held, OTHER_CODE) == KEY
    _assert_fails(read_slots(path), CODE, "recovery_wrong")


def test_a_new_keyring_slot_ends_the_old_entry_only_once_it_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = fresh_keyring()
    way = KeyringWay(account=DB, keyring=DesktopKeyring([backend]))
    held = slots.create(path, DB, KEY, [way])
    with monkeypatch.context() as patched:
        patched.setattr("app.keys.slots.write_slots", _fails)
        with pytest.raises(Unavailable, match="disk_full"):
            slots.replace_way(path, held, KEY, way)
    assert slots.open_with(read_slots(path), way) == KEY
    slots.replace_way(path, held, KEY, way)
    assert slots.open_with(read_slots(path), way) == KEY
    assert held.slots[0].members["account"] not in {account for _, account in backend.held}


def test_two_passphrases_of_two_people(path: Path) -> None:
    held = slots.add(path, slots.create(path, DB, KEY, [WORDS]), KEY, OTHER_WORDS)
    assert slots.open_with(held, WORDS) == slots.open_with(held, OTHER_WORDS) == KEY


def test_a_way_is_removed_but_never_the_last(path: Path) -> None:
    backend = fresh_keyring()
    keyring = DesktopKeyring([backend])
    held = slots.create(path, DB, KEY, [KeyringWay(account=DB, keyring=keyring), CODE])
    left = slots.remove(path, held, SlotType.KEYRING, keyring)
    assert read_slots(path) == left
    assert not left.has(SlotType.KEYRING)
    assert backend.held == {}
    for slot_type, code in ((SlotType.KEYRING, "slot_missing"), (SlotType.RECOVERY, "slot_last")):
        with pytest.raises(Refused, match=code):
            slots.remove(path, left, slot_type)
    assert slots.open_with(read_slots(path), CODE) == KEY
    left = slots.remove(path, slots.add(path, left, KEY, WORDS), SlotType.RECOVERY, keyring)
    assert slots.open_with(left, WORDS) == KEY


def test_the_key_of_another_database_is_not_wrapped(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE])
    for change in (slots.add, slots.replace_way):
        with pytest.raises(Refused, match="key_wrong"):
            change(path, held, OTHER_KEY, WORDS)
    assert read_slots(path) == held


def test_slots_are_never_made_over_others(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE])
    with pytest.raises(Refused, match="keyslots_exist"):
        slots.create(path, DB, OTHER_KEY, [WORDS])
    assert read_slots(path) == held
    for key, ways in ((KEY, []), (b"short", [CODE])):
        with pytest.raises(ValueError, match="32 bytes"):
            slots.create(path.with_name("new.json"), DB, key, ways)


def test_a_slot_of_a_newer_program_survives(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE])
    newer = replace(held.slots[0], type="card", members={"kid": "43-card-2031", "sealed": "…", "deep": [1, {"a": None}]})
    write_slots(path, replace(held, slots=(newer, *held.slots)))
    slots.replace_way(path, read_slots(path), KEY, OTHER_CODE)
    assert read_slots(path).slots[0] == newer
    with pytest.raises(Refused, match="slot_last"):  # it cannot be opened by this program, so it does not count
        slots.remove(path, read_slots(path), SlotType.RECOVERY)


def test_digits_are_told_to_be_those_of_the_sheet_or_the_deposited_ones(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE, DEPOSITED])
    for typed, kind in ((CODE, RecoveryWay), (RecoveryWay(code=DEPOSITED.code), EscrowWay), (OTHER_CODE, RecoveryWay)):
        assert type(slots.way_of_digits(held, typed)) is kind
    assert slots.open_with(held, slots.way_of_digits(held, RecoveryWay(code=DEPOSITED.code))) == KEY
    with pytest.raises(Refused, match="recovery_wrong"):
        slots.open_with(held, RecoveryWay(code=DEPOSITED.code))


def test_a_deposited_slot_of_another_shape_stands_in_no_sheet_s_way(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE])
    later = replace(held.slots[0], type="escrow", members={"kid": "43-escrow-2031", "shares": ["…", "…"]})
    held = replace(held, slots=(*held.slots, later))
    assert slots.open_with(held, slots.way_of_digits(held, CODE)) == KEY


def test_a_deposited_slot_opens_no_other_database(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE, DEPOSITED])
    other = slots.create(path.with_name("other.json"), OTHER_DB, OTHER_KEY, [CODE])
    moved = replace(other, slots=(*other.slots, *held.of_type(SlotType.ESCROW)))
    with pytest.raises(Refused, match="slot_foreign"):
        slots.open_with(moved, DEPOSITED)


def test_what_only_the_congress_opens_is_no_way_to_be_left_with(path: Path) -> None:
    held = slots.create(path, DB, KEY, [CODE, DEPOSITED])
    with pytest.raises(Refused, match="slot_last"):
        slots.remove(path, held, SlotType.RECOVERY)
    assert not slots.remove(path, held, SlotType.ESCROW).has(SlotType.ESCROW)


def test_a_kill_at_any_moment_leaves_slots_that_open(path: Path) -> None:
    slots.create(path, DB, KEY, [CODE])
    script = (
        "import sys; from pathlib import Path; from app.keys import slots; from app.keys.slot_file import read_slots\n"
        "from tests.app.keys.test_slots import CODE, KEY\n"
        "path = Path(sys.argv[1])\n"
        "while True: slots.replace_way(path, read_slots(path), KEY, CODE); print('written', flush=True)\n"
    )
    for turns in range(1, 8):
        child = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3])
        assert child.stdout is not None
        for _ in range(turns):
            assert child.stdout.readline() == b"written\n"
        child.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        child.communicate()
        assert slots.open_with(read_slots(path), CODE) == KEY


def test_any_single_wrong_byte_of_the_file_is_noticed(path: Path) -> None:
    slots.create(path, DB, KEY, [CODE])
    data = path.read_bytes()
    for place in range(len(data)):
        for mask in (0x01, 0x20, 0xFF):
            altered = data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]
            assert _told(altered) in {"keyslots_damaged", "keyslots_newer", "opened"}


def _told(data: bytes) -> str:
    try:
        held = parse_slots(data)
    except AppError as fault:
        return fault.code
    # A tab for a blank between members is still the same document: it must say the same, down to the key.
    return "opened" if slots.open_with(held, CODE) == KEY else "another key"


def _assert_fails(held: KeySlots, way: Way, code: str) -> None:
    with pytest.raises(AppError) as caught:
        slots.open_with(held, way)
    assert caught.value.code == code
    assert "word" not in str(caught.value)


def _as_entry(secret: bytes) -> str:
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def _fails(*_: object) -> None:
    raise Unavailable("disk_full", path="")
