"""Sentences about points (schemes, entries, approvals) and checks of the station."""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

POINTS_SENTENCES: Final[Mapping[str, str | tuple[str, ...]]] = {
    "scheme_unknown": N_("There is no score scheme called {name}. The list of examples tells which there are."),
    "scheme_start_missing": N_("Enter the day from which the scheme holds."),
    "scheme_reversed": N_("The last day of the scheme comes before its first. Correct one of them."),
    "scheme_unreadable": N_("The items of the scheme cannot be read. Begin again from one of the examples."),
    "scheme_empty": N_("The scheme has no item. Add at least one."),
    "scheme_item_twice": N_("Two items have the same code: {name}. Give each its own."),
    "scheme_item_unnamed": N_("The item {name} has no name. Enter one."),
    "scheme_counts_twice": N_("{name} would count for two items. Let it count for one of them."),
    "scheme_points_odd": N_("The points of {name} must lie between 0 and {most}."),
    "scheme_overlaps": N_("The scheme {name} holds on some of these days already. Let one end before the other begins."),
    "scheme_used": N_("Points were entered by the scheme {name}, so it stays. Let it end instead."),
    "points_nothing": N_("There is nothing to be entered: every record that counts has its entry."),
    "points_none_to_approve": N_(
        "Nothing here can be approved: these entries are settled already, have no points yet, or their record has changed since."
    ),
    "points_none_moved": N_("The records of these entries stand as they stood; there is nothing to take over."),
    "points_reason_missing": N_("Say why the entry does not count."),
    "points_deputy_missing": N_("Choose the deputy."),
    "points_day_missing": N_("Enter the day on which it was done."),
    "points_no_scheme": N_("No score scheme holds on {day:day}. Choose another day, or take up a scheme for it."),
    "points_item_missing": N_("Choose the item it counts for."),
    "points_part_missing": N_("Choose which part of {item} it counts for."),
    "points_quantity_odd": N_("Enter how many, between 1 and {most}."),
    "check_item_unknown": N_("There is no item {item} in the checklist, or it was never checked."),
    "check_finding_unknown": N_("{told} is no finding of an item. Write the item, an equals sign, and one of these: {names}."),
    "check_empty": N_("Nothing was looked at yet. Choose what was found at one item at least."),
    "check_day_odd": N_("{item}: enter the day of the check; it cannot lie ahead."),
    "check_mended_before": N_("{item}: it was mended before it was checked. Correct one of the days."),
    "check_by_missing": N_("Enter who checks."),
    "check_account_missing": N_("{item}: say what is missing."),
    "points_evidence_missing": N_("{item} needs its evidence: say what was done, where and with whom."),
}
