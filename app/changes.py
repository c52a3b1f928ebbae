"""What a use case touched, so that every open page knows whether to ask again."""

from enum import Flag, auto


class Changes(Flag):
    """Kinds of things that may have changed."""

    NOTHING = 0
    VISITS = auto()
    ISSUES = auto()
    SUGGESTIONS = auto()
    PEOPLE = auto()
    EXCHANGE = auto()
    STATION = auto()
    POINTS = auto()


RULES = Changes.STATION | Changes.VISITS | Changes.ISSUES | Changes.SUGGESTIONS
"""What another calendar or other rules touch: every page that shows a deadline or a working day."""

OF_KIND = {
    "visit": Changes.VISITS,
    "attendance": Changes.VISITS,
    "speech": Changes.VISITS,
    "encounter": Changes.VISITS,
    "contact": Changes.VISITS,
    "campaign": Changes.VISITS,
    "issue": Changes.ISSUES,
    "step": Changes.ISSUES,
    "suggestion": Changes.SUGGESTIONS,
    "cosignature": Changes.SUGGESTIONS,
    "consultation": Changes.SUGGESTIONS,
    "review": Changes.SUGGESTIONS,
    "reply": Changes.SUGGESTIONS,
    "evaluation": Changes.SUGGESTIONS,
    "commitment": Changes.SUGGESTIONS,
    "supervision": Changes.SUGGESTIONS,
    **dict.fromkeys(("bulletin", "article"), Changes.ISSUES),
    "award": Changes.SUGGESTIONS | Changes.PEOPLE,
    **dict.fromkeys(("congress", "calendar_year", "rule_profile", "reference"), RULES),
    **dict.fromkeys(("score_scheme", "points_entry", "station_check"), Changes.POINTS),
    "deputy": Changes.PEOPLE,
    "former_deputy": Changes.PEOPLE,
    "operator": Changes.PEOPLE,
}


def changes_of(kinds: set[str]) -> Changes:
    """The changes that saving records of these kinds makes; a kind without a page of its own touches the station."""
    touched = Changes.NOTHING
    for kind in kinds:
        touched |= OF_KIND.get(kind, Changes.STATION)
    return touched
