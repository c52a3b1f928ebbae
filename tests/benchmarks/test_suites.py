"""Packages of suite gm-1 beside those of std-1: the same file sealed, verified and opened, in turn."""

from collections.abc import Callable
from pathlib import Path

from app.packages import sm2
from app.packages.content import Reader, open_content
from app.packages.envelope import Signer
from app.packages.manifest import LARGEST_CHUNK
from app.packages.seal import Attachment, seal
from app.packages.senders import Senders
from app.packages.statement import Heading
from tests.app.packages.gm_parcels import GM_OURS, GM_READER, GM_SEAT, gm_believing, gm_heading
from tests.app.packages.parcels import (
    READER,
    RECIPIENT,
    SEAT,
    attachment,
    believing,
    contents,
    heading,
    verified,
)
from tests.benchmarks.figures import Figure, taken, taken_in_turn, tell

MEGABYTES = LARGEST_CHUNK / 1e6
LEAST = 25
"""Megabytes a second that a stick of an old computer writes: neither suite is what somebody waits for."""


def test_gm_1_beside_std_1(tmp_path: Path) -> None:
    noise = bytes(range(256)) * (LARGEST_CHUNK // 256)
    photo: Attachment = attachment(noise)
    paths = {"std-1": tmp_path / "std.llz", "gm-1": tmp_path / "gm.llz"}

    def sealing(head: Heading, recipient: str, signer: Signer) -> Callable[[], object]:
        return lambda: seal(paths[head.suite], head, contents({}, [photo]), recipients=[recipient], signer=signer)

    def opening(suite: str, who: Senders, reader: Reader) -> Callable[[], object]:
        def act() -> None:
            with open_content(verified(paths[suite], who), reader) as content:
                for part in content:
                    for _piece in part:
                        pass

        return act

    sealed = taken_in_turn(
        ("seal by std-1", sealing(heading(), RECIPIENT, SEAT)),
        ("seal by gm-1", sealing(gm_heading(), GM_OURS.recipient, GM_SEAT)),
    )
    read = taken_in_turn(
        ("verify and open by std-1", opening("std-1", believing(), READER)),
        ("verify and open by gm-1", opening("gm-1", gm_believing(), GM_READER)),
    )
    for figures in (sealed, read):
        tell(*(_told(each) for each in figures), f"ratio {figures[1].median / figures[0].median:.2f}")
        assert MEGABYTES / figures[1].median >= LEAST


def test_what_a_key_costs() -> None:
    signature, wrapped = GM_SEAT.sign(bytes(1500)), sm2.wrap(GM_OURS.public, bytes(48))
    figures = (
        taken("sign", lambda: GM_SEAT.sign(bytes(1500))),
        taken("verify", lambda: sm2.verifies(GM_SEAT.public, signature, bytes(1500))),
        taken("wrap", lambda: sm2.wrap(GM_OURS.public, bytes(48))),
        taken("unwrap", lambda: GM_OURS.unwrap(wrapped)),
    )
    tell(*(each.told() for each in figures))
    assert sum(each.median for each in figures) < 1


def _told(figure: Figure) -> str:
    return f"{figure.told('s')}; {MEGABYTES / figure.median:.0f} MB a second"
