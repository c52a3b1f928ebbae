"""People and matters of a visit in a few words, names masked unless they are asked for in full."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.activity import MEETING
from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue
from app.domain.masking import masked_name, masked_phone
from app.domain.persons import withheld
from app.domain.visit import Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.i18n import _, ngettext
from ui.wording import day_told, time_told, word_of

_SHORT: Final = 12  # characters of a matter in a list of people


def person_told(met: Encounter, *, full: bool = False) -> str:
    """Who it is: 匿名, 张*, 张三; nothing where nobody was named."""
    if met.anonymous:
        return _("Anonymous")
    return met.name if full or met.party == Party.UNIT else masked_name(met.name)


def contact_told(line: Line, *, full: bool = False) -> str:
    """How to reach somebody; masked of nobody who asked for confidence or left no name."""
    if line.contact is None:
        return ""
    if full:
        return "　".join(each for each in (line.contact.phone, line.contact.address) if each)
    secret = withheld(line.encounter, confidential=any(each.confidential for each in line.issues))
    return "" if secret else masked_phone(line.contact.phone)


def party_told(met: Encounter) -> str:
    """How many they are, where it is not one person."""
    household = word_of(Party.HOUSEHOLD) if met.party == Party.HOUSEHOLD else ""
    many = ngettext("{count} person", "{count} people", met.people).format(count=met.people) if met.people > 1 else ""
    return "　".join(part for part in (household, many) if part)


def matters_told(line: Line) -> str:
    """What somebody raised, each matter by its beginning."""
    said = [issue.title() for issue in line.issues] or [line.encounter.raised]
    return "、".join(text[:_SHORT] for text in said if text)


def when_told(visit: Visit, today: date) -> str:
    """Day and hours."""
    hours = "–".join(time_told(each) for each in (visit.starts, visit.ends) if each)
    return "　".join(part for part in (day_told(visit.on, today=today), hours) if part)


def rounds_told(sheets: Sequence[VisitSheet]) -> str:
    """How many rounds of outreach were saved, with whom and what."""
    told = ngettext("{count} round of outreach saved: {counts}.", "{count} rounds of outreach saved: {counts}.", len(sheets))
    return told.format(count=len(sheets), counts=counts_told(*sheets))


def counts_told(*sheets: VisitSheet) -> str:
    """How many people came and how many matters they raised."""
    people, issues = sum(each.people() for each in sheets), sum(len(each.issues()) for each in sheets)
    return _(", ").join(
        (
            ngettext("{count} person", "{count} people", people).format(count=people),
            ngettext("{count} matter", "{count} matters", issues).format(count=issues),
        )
    )


def told_of(sheet: VisitSheet) -> str:
    """What tells a sheet apart: of an activity its theme, else how many came."""
    if sheet.visit.visit_kind in MEETING or not (sheet.visit.theme or sheet.visit.visit_kind):
        return counts_told(sheet)
    return sheet.visit.title()


def issue_facts(issue: Issue, category: str, *, state: bool) -> str:
    """What is known of an issue beside its words."""
    told = (word_of(issue.purpose), category, "、".join(issue.units_concerned), word_of(issue.state) if state else "")
    return " · ".join(each for each in told if each)


def sheet_name(visit: Visit) -> str:
    """What a sheet of this kind is called."""
    if visit.visit_kind == VisitKind.OUTREACH:
        return _("Outreach")
    return _("Reception") if visit.visit_kind == VisitKind.RECEPTION else word_of(visit.visit_kind) or _("Activity")
