"""What deadlines are reckoned by: the calendar of working days, the rule profiles, and who goes by which."""

from typing import Final

from app.domain.rights import Right
from app.i18n import N_
from app.queries.reference import ReferenceCard as Present
from app.queries.reference import reference_card
from app.queries.rights import rights
from app.queries.rule_cards import RuleCards, rule_cards
from ui.page import Page
from ui.pages.settings.calendar_card import CalendarCard
from ui.pages.settings.kept_rules import Kept, kept_rules
from ui.pages.settings.profiles_card import FollowersCard, ProfilesCard
from ui.pages.settings.reference_card import ReferenceCard
from ui.pages.settings.section import Section


class RulesSection(Section):
    """Four cards over one look at the rules; who may not change the station's settings may look."""

    name = N_("Rules and calendar")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.calendar: Final = CalendarCard(page)
        self.profiles: Final = ProfilesCard(page)
        self.followers: Final = FollowersCard(page)
        self.reference: Final = ReferenceCard(page)
        self.add(self.calendar, self.reference, self.profiles, self.followers)
        self.end()

    def refresh(self) -> None:
        workspace = self.bench.workspace
        self.bench.background.ask(
            self,
            lambda: (
                rule_cards(workspace),
                kept_rules(workspace),
                reference_card(workspace),
                rights(workspace).may(Right.SETTINGS),
            ),
            self._show,
            self.fail,
            topic="rules",
        )

    def keep(self) -> None:
        self.calendar.keep()
        self.profiles.keep()

    def _show(self, laid: tuple[RuleCards, Kept, Present | None, bool]) -> None:
        cards, kept, present, may = laid
        self.calendar.show_years(cards, kept)
        self.reference.show_present(present, may=may)
        self.profiles.show_profiles(cards, kept)
        self.followers.show_congresses(cards)
        for each in (self.calendar.take, self.profiles.lay_over, self.followers):
            each.setEnabled(may)
