"""`liaison`: a station's work by the command line."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from app.commands import (
    after_submission,
    attachments,
    awards,
    backups,
    before_submission,
    campaigns,
    compaction,
    conflicts,
    county_tables,
    evaluations,
    handing_in,
    hints,
    imports,
    invented,
    issues,
    log,
    norms,
    packages,
    papers,
    people,
    plain,
    platforms,
    points,
    receiving,
    reconciling,
    records,
    reference,
    returns,
    roster,
    rules,
    search,
    seats,
    sending,
    setup,
    shelf,
    signatures,
    signed_forms,
    similar,
    station_checks,
    tracking,
    trash,
    writing,
)
from app.i18n import _
from app.terminal import AddCommand, Commands, common_options, run

PARTS: Final[Sequence[Callable[[AddCommand], None]]] = (
    *(setup.add_to, backups.add_to, invented.add_to),
    *(records.add_to, imports.add_to, trash.add_to, search.add_to, similar.add_to),
    *(attachments.add_to, signed_forms.add_to, norms.add_to, campaigns.add_to, issues.add_to, roster.add_to),
    *(people.add_to, plain.add_to, compaction.add_to),
    *(writing.add_to, hints.add_to, shelf.add_to, before_submission.add_to, after_submission.add_to),
    *(returns.add_to, tracking.add_to, evaluations.add_to, awards.add_to, points.add_to, station_checks.add_to),
    *(papers.add_to, county_tables.add_to, handing_in.add_to, packages.add_to),
    *(receiving.add_to, reconciling.add_to, sending.add_to),
    *(platforms.add_to, rules.add_to, reference.add_to, seats.add_to, conflicts.add_to, log.add_to, signatures.add_to),
)
"""What puts commands into the command line, in the order in which its help lists them."""


def main(arguments: Sequence[str] | None = None, pages: signed_forms.Pages | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 misused, 3 the world failed.

    `pages` draws the pages of PDF files, where that can be done.
    """

    def made() -> argparse.ArgumentParser:
        whole = parser()
        whole.set_defaults(pages=pages)
        return whole

    return run(made, arguments)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    whole = argparse.ArgumentParser(prog="liaison", description=_("Records of a deputy liaison station, by the command line."))
    commands = Commands(whole, _station_options)
    for add_to in PARTS:
        add_to(commands.add)
    return whole


def _station_options(whole: argparse.ArgumentParser) -> None:
    common_options(whole)
    whole.add_argument("--operator", default=argparse.SUPPRESS, metavar="NAME", help=_("who is at the keyboard"))
    told = _("the PIN of who is at the keyboard, in F; needed where they have one")
    whole.add_argument("--pin-file", type=Path, default=argparse.SUPPRESS, metavar="F", help=told)
