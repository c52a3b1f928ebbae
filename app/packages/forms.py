"""How a package of each suite looks from outside. The name of a suite fixes all of it, and nothing is negotiated."""

from dataclasses import dataclass
from typing import Final

from app.packages.digests import Algorithm
from app.packages.readme import README, README_GM


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The outer form of one suite: `payload` and `encoding` as the statement calls them, `keys` what a keyid begins with."""

    suite: str
    payload: str
    encoding: str
    digest: Algorithm
    keys: str
    readme: bytes


STD_1: Final = Form(
    suite="std-1", payload="payload.age", encoding="age+tar", digest=Algorithm.SHA256, keys="ed25519", readme=README
)
GM_1: Final = Form(
    suite="gm-1", payload="payload.sm4", encoding="sm4-ctr+tar", digest=Algorithm.SM3, keys="sm2", readme=README_GM
)
FORMS: Final = (STD_1, GM_1)
