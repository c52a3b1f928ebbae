from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import Clock
from app.errors import AppError, Refused, Unavailable
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay, RecoveryWay
from app.messages import explain
from app.packages.roots import fingerprint
from app.province import enrolment, receiver
from app.province.intake import Intake
from app.province.receiver import INCOMING, NewReceiver, opened, set_up
from tests.app.province.seats import enrolled_seat, new_seat, trusted
from tests.builders import memory_way, new_body


def test_a_receiver_opens_as_it_was_set_up(tmp_path: Path) -> None:
    made = new_body(tmp_path, code="430181")
    with made.opened() as held:
        assert (held.body.id, held.body.code, held.body.province) == (made.made.body, "430181", "43")
        assert held.body.name == "浏阳市"
        assert fingerprint(trusted(held).roots) == made.made.fingerprint
    assert sorted(path.name for path in (tmp_path / "roots").iterdir()) == [f"root-{n}.key.pem" for n in (1, 2, 3)]


def test_the_recovery_code_opens_it_too(tmp_path: Path) -> None:
    made = new_body(tmp_path)
    with opened(tmp_path, RecoveryWay(code=made.made.recovery_code), write=False) as held:
        assert held.body.id == made.made.body


def test_it_is_set_up_once(tmp_path: Path) -> None:
    made = new_body(tmp_path)
    with pytest.raises(Refused, match="receiver_exists"):
        new_body(tmp_path)
    with made.opened() as held:
        assert held.body.id == made.made.body


def a_receiver(home: Path, code: str, name: str = "") -> NewReceiver:
    way, roots = memory_way(), home / "roots"
    return set_up(home / "of", way, code=code, name=name, roots_folder=roots, passphrase=None, clock=Clock())


@pytest.mark.parametrize(
    ("code", "name", "spelled"),
    [
        ("43", "", "43"),
        ("430000", "", "43"),
        ("430100", "", "430100"),
        ("430102", "", "430102"),
        ("430181001", "某某镇", "430181001"),
    ],
)
def test_every_level_may_be_a_body(tmp_path: Path, code: str, name: str, spelled: str) -> None:
    assert a_receiver(tmp_path, code, name).code == spelled


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        ("430181001", "body_name_missing"),
        ("430181000", "body_unknown"),
        ("430100001", "body_unknown"),  # a city has no townships of its own
        ("440101", "body_unknown"),
        ("430124", "body_code_retired"),
    ],
)
def test_a_code_that_no_body_has_is_refused_in_words(tmp_path: Path, code: str, refused: str) -> None:
    with pytest.raises(Refused, match=refused) as caught:
        a_receiver(tmp_path, code)
    assert code in explain(caught.value)


@pytest.mark.parametrize("code", ["", "99", "430", "999999", "4301811", "长沙"])
def test_a_body_that_is_not_in_the_table(tmp_path: Path, code: str) -> None:
    with pytest.raises(Refused, match="body_unknown"):
        new_body(tmp_path, code=code)
    assert list(tmp_path.iterdir()) == []


def test_a_set_up_that_fails_leaves_nothing_but_the_root_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, key: bytes) -> None:
        raise Unavailable("disk_full", path=str(path))

    with monkeypatch.context() as broken:
        broken.setattr(receiver, "create_store", full)
        with pytest.raises(Unavailable, match="disk_full"):
            new_body(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["roots"]
    assert new_body(tmp_path).made.fingerprint


def test_the_roots_of_another_body_serve_again(tmp_path: Path) -> None:
    first = new_body(tmp_path / "a")
    second = set_up(
        tmp_path / "b",
        memory_way(),
        code="430181",
        roots_folder=tmp_path / "a" / "roots",
        passphrase=None,
        clock=Clock(now=first.wall),
    )
    assert second.fingerprint == first.made.fingerprint


def test_nothing_is_opened_where_nothing_was_set_up(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no_receiver"), opened(tmp_path, memory_way(), write=False):
        pass
    assert list(tmp_path.iterdir()) == []


def test_one_writer_at_a_time_and_readers_beside_it(tmp_path: Path) -> None:
    made = new_body(tmp_path)
    with made.opened(write=True), made.opened(write=False) as reading:
        assert reading.body.code == "43"
        with pytest.raises(Refused, match="second_writer"), made.opened(write=True):
            pass


def test_what_a_killed_intake_left_is_swept(tmp_path: Path) -> None:
    made = new_body(tmp_path)
    folder = tmp_path / receiver.FOLDER
    left = [folder / INCOMING / f"{'ab' * 32}.llz", folder / INCOMING / "x.llz.part", folder / "packages" / "y.llz.part"]
    for path in left:
        path.write_bytes(b"half")
    with made.opened(write=False):
        assert all(path.exists() for path in left), "somebody else may be writing"
    with made.opened(write=True):
        assert not any(path.exists() for path in left)


def test_a_store_elsewhere(tmp_path: Path) -> None:
    way, elsewhere = memory_way(), tmp_path / "other disk" / "库.db"
    elsewhere.parent.mkdir()
    set_up(tmp_path / "home", way, code="43", roots_folder=tmp_path / "roots", passphrase=None, clock=Clock(), store=elsewhere)
    with opened(tmp_path / "home", way, write=True, store=elsewhere) as held:
        assert new_seat(held, tmp_path / "stick").send().verdict == "accepted"
    with pytest.raises(Refused, match="file_missing"), opened(tmp_path / "home", way, write=True):
        pass


def test_a_passphrase_opens_receiver_and_roots(tmp_path: Path) -> None:
    words = Passphrase("三只老鼠 three mice")
    way = PassphraseWay(passphrase=words)
    set_up(tmp_path, way, code="43", roots_folder=tmp_path / "roots", passphrase=words, clock=Clock())
    assert b"ENCRYPTED" in (tmp_path / "roots" / "root-1.key.pem").read_bytes()
    with opened(tmp_path, way, write=False) as held:
        assert held.body.code == "43"
    with (
        pytest.raises(AppError, match="passphrase_wrong"),
        opened(tmp_path, PassphraseWay(passphrase=Passphrase("two mice")), write=False),
    ):
        pass


def test_keys_and_packages_lie_nowhere_in_plain_text(tmp_path: Path) -> None:
    with enrolled_seat(tmp_path) as seat:
        seat.send(seat.revision(subject="东街自来水时断时续"))
        secret = seat.held.identity().receiving[0].secret
        for path in seat.held.folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert secret.encode() not in data
                assert "东街".encode() not in data
        assert (tmp_path / "body" / "roots" / "root-1.key.pem").stat().st_mode & 0o777 == 0o600


def test_packages_sealed_to_an_older_receiving_key_are_still_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with enrolled_seat(tmp_path) as seat:
        path = seat.package()
        identity = seat.held.identity()
        newest = replace(identity.receiving[0], secret=seat.secret, recipient=seat.recipient)
        monkeypatch.setattr(type(seat.held), "identity", lambda self: identity.with_receiving(newest))
        assert [each.verdict for each in seat.take(path, seat.package())] == ["accepted", "accepted"]


def test_a_trust_list_past_its_day_is_made_again(tmp_path: Path) -> None:
    made = new_body(tmp_path)
    with made.opened() as held:
        first = trusted(held)
        made.wall.pass_by(timedelta(days=500))
        assert first.warnings(held.clock.now())[0].code == "W_TRUST_EXPIRED"
        new_seat(held, tmp_path / "stick")
        assert trusted(held).warnings(held.clock.now()) == ()
        assert enrolment.trust_bundle(held)
        assert Intake(held).retry_parked() == []
