"""Verifying a package that somebody else made, without decrypting anything (decision 18)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.packages import closed, senders
from app.packages.bundle import Trusted, read_bundle
from app.packages.faults import Fate, PackageFault, fate_of
from app.packages.opening import verify_package
from app.use_cases.trust import trusted_by
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """accepted, parked or refused; with the statement where its signature was good."""

    verdict: str
    code: str | None = None
    statement: Mapping[str, Any] | None = None
    fault: PackageFault | None = None


def verify_with(path: Path, trust: bytes, clock: Clock) -> Verdict:
    """Verify against a trust file; its roots are taken as they are, so the file must come from somebody who is believed.

    Raises `PackageFault` where the trust file itself is not sound.
    """
    return _verify(path, Trusted.pin(read_bundle(trust)), clock)


def verify_here(workspace: Workspace, path: Path) -> Verdict:
    """Verify against what this station believes; raises `Refused("no_trust")`."""
    return _verify(path, trusted_by(workspace), workspace.clock)


def _verify(path: Path, trusted: Trusted, clock: Clock) -> Verdict:
    seats, body = senders.seats(trusted.trust_list), senders.body(trusted.roots, trusted.trust_list)
    try:
        try:
            verified = verify_package(path, seats, now=clock.now(), us=None)
        except PackageFault as fault:
            if fault.code != "E_UNKNOWN_KEY":
                raise
            verified = verify_package(path, body, now=clock.now(), us=None)
    except PackageFault as fault:
        parked = fate_of(fault.code) is Fate.PARKED
        return Verdict(verdict="parked" if parked else "refused", code=fault.code, fault=fault)
    statement = closed.parse(closed.write(verified.statement), limit=1 << 20)
    return Verdict(verdict="accepted", statement=statement)
