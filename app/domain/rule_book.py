"""Which rules a congress goes by: every profile by its name, and the calendar all of them count by."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.congress import Congress
from app.domain.deadlines import RuleProfile
from app.domain.suggestion_limits import Rules
from app.domain.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every profile by the name a congress calls it by, the one recommended among them, and the calendar of all."""

    profiles: Mapping[str, RuleProfile]
    calendar: WorkCalendar
    recommended: str

    def of(self, congress: Congress | None) -> Rules:
        """The rules of a congress: those it names, else those of its level, else the ones recommended."""
        named = self.profiles.get(congress.rule_profile) if congress else None
        return Rules(profile=named or self.usual(congress.level if congress else ""), calendar=self.calendar)

    def usual(self, level: str) -> RuleProfile:
        """The profile that a congress of this level goes by where it names none."""
        of_level = (each for each in self.profiles.values() if level and each.level == level)
        return next(of_level, self.profiles[self.recommended])
