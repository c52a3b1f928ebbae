"""The line over HTTPS: bytes arrive whole whatever breaks, and what cannot be believed is refused in words."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from app.errors import AppError
from app.network import courier as line
from app.network.courier import TRIES, Address, Courier, Tell, check_address, patient
from tests.network_service import TOKEN, Service, service

CONTENT = bytes(range(256)) * 500
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
def body(tmp_path: Path) -> Iterator[Service]:
    with service(tmp_path / "service") as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.llz"
    path.write_bytes(CONTENT)
    return path


class Pauses(list[float]):
    """Waits that are written down instead of waited."""

    def __call__(self, seconds: float, tell: Tell) -> None:
        self.append(seconds)
        tell(0)


def session(body: Service, pauses: Pauses | None = None, **told: str) -> Courier:
    address = Address(**{"url": body.url, "token": TOKEN, "authority": body.authority, **told})
    return Courier(address, pause=pauses if pauses is not None else Pauses())


def nothing(_bytes: int) -> None:
    """Nobody asks how far it is."""


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "PIECE", 10_000)


def test_a_file_arrives_piece_by_piece_and_is_told_as_it_goes(body: Service, file: Path) -> None:
    told: list[int] = []
    with session(body) as courier:
        courier.upload(file, DIGEST, told.append)
    assert body.whole == {DIGEST: CONTENT}
    assert (sum(told), body.asked["PATCH"]) == (len(CONTENT), 13)


def test_what_is_whole_there_is_not_sent_again(body: Service, file: Path) -> None:
    with session(body) as courier:
        courier.upload(file, DIGEST, nothing)
        courier.upload(file, DIGEST, nothing)
    assert body.received == len(CONTENT)


@pytest.mark.parametrize("breaks", [1, 4])
def test_after_a_cut_it_goes_on_where_it_stopped(body: Service, file: Path, breaks: int) -> None:
    body.breaks = breaks
    with session(body) as courier:
        courier.upload(file, DIGEST, nothing)
    assert body.whole == {DIGEST: CONTENT}
    assert body.received == len(CONTENT)  # no byte twice


def test_another_program_run_goes_on_where_the_first_stopped(body: Service, file: Path) -> None:
    class Enough(Exception):
        pass

    def stop(sent: int) -> None:
        if sent:
            raise Enough

    with session(body) as courier, pytest.raises(Enough):
        courier.upload(file, DIGEST, stop)
    with session(body) as courier:
        courier.upload(file, DIGEST, nothing)
    assert body.whole == {DIGEST: CONTENT}
    assert body.received == len(CONTENT)


def test_a_receiver_that_lost_its_part_gets_it_again(body: Service, file: Path) -> None:
    body.lies = True
    with session(body) as courier:
        courier.upload(file, DIGEST, nothing)
    assert body.whole == {DIGEST: CONTENT}


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_a_busy_receiver_is_asked_again_after_waits_that_grow(body: Service, file: Path, code: int) -> None:
    body.answers = [code, code, code]
    pauses = Pauses()
    with session(body, pauses) as courier:
        courier.upload(file, DIGEST, nothing)
    assert body.whole == {DIGEST: CONTENT}
    assert len(pauses) == 3
    assert sorted(pauses) == pauses


def test_the_wait_a_receiver_asks_for_is_kept_between_pieces(body: Service, file: Path) -> None:
    pauses = Pauses()
    with session(body, pauses) as courier:

        def busy_once(sent: int) -> None:
            if sent == line.PIECE and not pauses:
                body.answers = [429]

        courier.upload(file, DIGEST, busy_once)
    assert pauses == [7.0]


@pytest.mark.parametrize(
    ("later", "least", "most"),
    [
        ("Fri, 31 Dec 2075 23:59:59 GMT", 60, 60),  # a time, by the receiver's own clock
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0, 0),
        ("86400", 60, 60),
        ("soon", 1, 1.5),
        ("9" * 400, 60, 60),
    ],
)
def test_a_question_waits_as_long_as_it_is_asked_to_and_a_minute_at_most(
    body: Service, file: Path, later: str, least: float, most: float
) -> None:
    body.answers, body.later = [429], later
    pauses = Pauses()
    with session(body, pauses) as courier:
        courier.upload(file, DIGEST, nothing)
    [wait] = pauses
    assert least <= wait <= most
    assert body.whole == {DIGEST: CONTENT}


def test_a_wait_is_in_short_breaths_and_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Exception):
        pass

    slept: list[float] = []
    monkeypatch.setattr("app.network.courier.time.sleep", slept.append)

    def stop(_bytes: int) -> None:
        if len(slept) == 3:
            raise Stopped

    with pytest.raises(Stopped):
        patient(60.0, stop)
    assert slept == [0.25] * 3
    patient(0.6, nothing)
    assert sum(slept[3:]) == pytest.approx(0.6)


def test_a_receiver_that_begins_anew_gets_everything_again_and_progress_is_not_counted_twice(body: Service, file: Path) -> None:
    body.forgets_after = 60_000
    told: list[int] = []

    def recovers(sent: int) -> None:
        told.append(sent)
        if sum(told) >= 50_000 and body.received >= 60_000:
            body.forgets_after = 0

    with session(body) as courier:
        courier.upload(file, DIGEST, recovers)
    assert body.whole == {DIGEST: CONTENT}
    assert body.received == 60_000 + len(CONTENT)
    assert sum(told) == len(CONTENT)


def test_a_receiver_that_loses_everything_again_and_again_is_given_up(body: Service, file: Path) -> None:
    body.forgets_after = 60_000
    with session(body) as courier:
        assert code_of(lambda: courier.upload(file, DIGEST, nothing)) == "network_failed"
    assert body.received == TRIES * 60_000


def test_where_large_requests_are_not_let_through_smaller_ones_go(
    body: Service, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "PIECE", 100_000)
    body.largest = 30_000
    with session(body) as courier:
        courier.upload(file, DIGEST, nothing)
    assert (body.whole, body.received) == ({DIGEST: CONTENT}, len(CONTENT))
    body.whole.clear()
    body.largest = 1000
    with session(body) as courier:
        assert code_of(lambda: courier.upload(file, DIGEST, nothing)) == "upload_refused"


@pytest.mark.parametrize("told", [str(len(CONTENT) + 1), "-1", "many", "9" * 5000])
def test_an_offset_that_cannot_be_is_not_believed(body: Service, file: Path, told: str) -> None:
    body.uploads[DIGEST] = bytearray(CONTENT[:5])
    body.told = told
    with session(body) as courier:
        assert code_of(lambda: courier.upload(file, DIGEST, nothing)) == "upload_refused"
    assert body.whole == {}


def test_one_that_is_never_well_is_given_up(body: Service, file: Path) -> None:
    body.answers = [503] * 100
    pauses = Pauses()
    with session(body, pauses) as courier:
        assert code_of(lambda: courier.upload(file, DIGEST, nothing)) == "network_failed"
    assert len(pauses) == TRIES - 1


@pytest.mark.parametrize(
    ("answer", "code"), [(401, "token_refused"), (403, "token_refused"), (413, "upload_refused"), (301, "upload_refused")]
)
def test_a_plain_no_is_not_asked_again(body: Service, file: Path, answer: int, code: str) -> None:
    body.answers = [answer]
    with session(body) as courier:
        assert code_of(lambda: courier.upload(file, DIGEST, nothing)) == code
    assert body.asked.total() == 1


def test_content_that_is_not_what_its_name_says_is_refused(body: Service, file: Path) -> None:
    with session(body) as courier:
        assert code_of(lambda: courier.upload(file, "0" * 64, nothing)) == "upload_refused"


def test_without_the_token_nothing_goes(body: Service, file: Path) -> None:
    with session(body, token="another") as courier:
        assert code_of(lambda: courier.upload(file, DIGEST, nothing)) == "token_refused"
    assert (body.uploads, body.whole) == ({}, {})


def test_a_certificate_nobody_believes_ends_it_at_once(body: Service, file: Path) -> None:
    pauses = Pauses()
    with session(body, pauses, authority="") as courier:
        assert code_of(lambda: courier.upload(file, DIGEST, nothing)) == "certificate_untrusted"
    assert pauses == []
    assert body.asked.total() == 0


def test_nobody_at_the_address_is_told_with_its_name(body: Service, file: Path) -> None:
    with session(body, url="https://127.0.0.1:9") as courier, pytest.raises(AppError) as raised:
        courier.upload(file, DIGEST, nothing)
    assert (raised.value.code, raised.value.facts["host"]) == ("network_unreachable", "127.0.0.1")


def test_the_proxy_is_the_one_that_was_named(body: Service, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # what the shell says is not asked
    with session(body) as courier:
        courier.upload(file, DIGEST, nothing)
    with session(body, proxy="http://127.0.0.1:9") as courier:
        assert code_of(lambda: courier.upload(file, DIGEST, nothing)) == "network_unreachable"


def test_a_document_is_fetched_whole_or_there_is_none(body: Service) -> None:
    body.give("receipts", 3, CONTENT)
    with session(body) as courier:
        target = BytesIO(b"left over from before" * 10_000)
        assert courier.fetch("stations/x/receipts", {"after": 2}, target, nothing)
        assert target.getvalue() == CONTENT
        assert not courier.fetch("stations/x/receipts", {"after": 3}, target, nothing)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "body.example",
        "http://body.example",
        "ftp://body.example",
        "https://",
        "https://body.example:x",
        "https://body.example/?a",
    ],
)
def test_what_is_no_address_is_said_at_once(url: str) -> None:
    assert code_of(lambda: check_address(Address(url=url))) == "address_malformed"


def test_a_proxy_and_an_authority_are_looked_at_too() -> None:
    good = "https://body.example/liaison"
    check_address(Address(url=good))
    assert code_of(lambda: check_address(Address(url=good, proxy="proxy"))) == "proxy_malformed"
    assert code_of(lambda: check_address(Address(url=good, authority="no certificate"))) == "authority_malformed"


def code_of(deed: Callable[[], object]) -> str:
    """The code a deed fails with."""
    with pytest.raises(AppError) as raised:
        deed()
    return raised.value.code
