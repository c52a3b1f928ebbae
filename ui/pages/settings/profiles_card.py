"""The rule profiles: a list, and beside it the values of the chosen one; the station's own are changed here."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from app.domain.own_profile import OwnProfile
from app.domain.problems import Problem
from app.domain.rule_values import RULE_PROFILE, VALUES
from app.domain.values import Json
from app.errors import AppError
from app.i18n import _
from app.messages import explain, field_told, problem_told
from app.queries.rule_cards import ProfileCard, RuleCards
from app.use_cases.rules import RulesKept, drop_profile, follow_profile, keep_profile
from ui.feedback import Tone
from ui.forms.category_box import CategoryBox
from ui.page import Page, Workbench
from ui.pages.settings.calendar_card import moved_told
from ui.pages.settings.kept_rules import Kept, KeptEntries
from ui.pages.settings.rule_value_field import RuleValueField
from ui.theme import SPACE
from ui.widgets.card import Card
from ui.widgets.contents import take_out
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.notice import Notice
from ui.widgets.roles import button, label

_LIST: Final = 200  # pixels


class ProfilesCard(Card):
    """A profile of the program is only looked at; one laid over it is the station's own, and its values say where they stand."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Rule profiles"))
        self._page: Final = page
        self._bench: Final[Workbench] = page.bench
        self._cards: tuple[ProfileCard, ...] = ()
        self._shown: ProfileCard | None = None
        self._chosen = ""
        self.list: Final = QListWidget()
        self.list.setAccessibleName(_("Rule profiles"))
        self.name: Final = Field(field_told(RULE_PROFILE, "name"), QLineEdit())
        self.about: Final = label("", "soft", wrap=True)
        self.verified: Final = QCheckBox(_("Compared with the regulation of this congress"))
        self.values: Final = {name: RuleValueField(self._bench.theme, name) for name in VALUES}
        self.keep_it: Final = button(_("Save the profile"), "primary")
        self.lay_over: Final = button(_("Make one of our own of it"))
        self.drop: Final = button(_("Remove the profile"), "link")
        self.notice: Final = Notice()
        self._kept: Final = KeptEntries(self._bench, RULE_PROFILE, self._told, self.notice, self)
        self._arrange()
        self._connect()

    def show_profiles(self, cards: RuleCards, kept: Kept) -> None:
        """Show the profiles there are; what was typed and not saved stays."""
        self._cards = cards.profiles
        self._kept.know(kept)
        blocked = self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([each.profile.label for each in self._cards])
        self.list.setCurrentRow(next((at for at, each in enumerate(self._cards) if each.key == self._chosen), 0))
        self.list.blockSignals(blocked)
        self._lay()

    def choose(self, name: str) -> None:
        """Show the profile of this key or label."""
        self.list.setCurrentRow(next(at for at, each in enumerate(self._cards) if name in {each.key, each.profile.label}))

    def make_own(self) -> None:
        """A profile of the station's own over the one that is shown; it is named and saved at once, then changed."""
        if self._shown is None:
            return
        base = self._shown.profile.base if self._shown.own else self._shown.key
        taken = {each.profile.label for each in self._cards}
        names = (_("Our rules {number}").format(number=each) for each in range(1, len(taken) + 2))
        self._keep(OwnProfile(id="", name=next(each for each in names if each not in taken), base=base), self._saved)

    def keep_profile(self) -> None:
        """Save what is typed."""
        if self._shown is None or self._shown.own is None:
            return
        told: dict[str, Any] = {"name": self.name.editor.text().strip(), "verified": self.verified.isChecked()}
        for name, field in self.values.items():
            changed = field.is_changed()
            told[name] = field.text() if changed else ""
            told[f"{name}_source"] = field.source.editor.text().strip() if changed else ""
        self._keep(replace(self._shown.own, **told), self._done)

    def drop_profile(self) -> None:
        """Remove the profile that is shown, which no congress goes by."""
        if self._shown is None:
            return
        workspace, key = self._bench.workspace, self._shown.key
        self._bench.background.do(self._page, lambda _progress: drop_profile(workspace, key), self._done, self._refused)

    def keep(self) -> None:
        """Keep what is typed and not saved."""
        self._kept.keep()

    def _keep(self, own: OwnProfile, then: Callable[[RulesKept], None]) -> None:
        workspace = self._bench.workspace
        self._bench.background.do(self._page, lambda _progress: keep_profile(workspace, own), then, self._refused)

    def _lay(self) -> None:
        at = self.list.currentRow()
        self._shown = card = self._cards[at] if 0 <= at < len(self._cards) else None
        if card is None:
            return
        own = card.own is not None
        self._chosen = card.key
        self._kept.leave()
        typed = self._kept.lay(card.key, self._give_up) if own else None
        told = typed or {"name": card.profile.label, "verified": card.profile.verified}
        if self.name.editor.text() != str(told["name"]):
            self.name.editor.setText(str(told["name"]))
        self.name.setVisible(own)
        self.verified.setVisible(own)
        self.verified.blockSignals(True)  # Qt's own parameter
        self.verified.setChecked(bool(told["verified"]))
        self.verified.blockSignals(False)
        self.about.setText("\n".join(filter(None, (self._base_told(card), self._followers_told(card)))))
        for each in card.values:
            self.values[each.name].show_value(each, editable=own)
            if isinstance(typed_one := (typed or {}).get(each.name), list):
                self.values[each.name].show_typed(*map(str, typed_one))
        self.keep_it.setVisible(own)
        self.keep_it.setEnabled(typed is not None)
        self.drop.setVisible(own and not card.followers)
        if not own:
            self.notice.say("", Tone.INFORMATION)
        self.name.complain("")

    def _base_told(self, card: ProfileCard) -> str:
        if card.own is None:
            return _("It came with the program and stays as it is. Make one of your own of it to change values.")
        base = next((each.profile.label for each in self._cards if each.key == card.profile.base), card.profile.base)
        return _("What is not changed follows: {base}").format(base=base)

    def _followers_told(self, card: ProfileCard) -> str:
        return _("Followed by: {names}").format(names="、".join(card.followers)) if card.followers else ""

    def _touch(self, *_told: object) -> None:
        self._kept.touch()
        self.keep_it.setEnabled(True)

    def _told(self) -> dict[str, Json]:
        """What stands in the fields, as it is kept."""
        values: dict[str, Json] = {name: [each.text(), each.source.editor.text()] for name, each in self.values.items()}
        return {"name": self.name.editor.text(), "verified": self.verified.isChecked(), **values}

    def _give_up(self) -> None:
        self._kept.discard()
        self._lay()

    def _done(self, kept: RulesKept) -> None:
        self._kept.discard()
        self._saved(kept)

    def _saved(self, kept: RulesKept) -> None:
        self._chosen = kept.id
        self._bench.feedback.say(moved_told(kept))
        self._page.refresh()

    def _refused(self, error: AppError) -> None:
        problems = error.facts.get("problems")
        told = {each.field: each for each in problems if isinstance(each, Problem)} if isinstance(problems, tuple) else {}
        for name, field in self.values.items():
            field.complain(told.get(name))
        self.name.complain(problem_told(told["name"]) if "name" in told else "")
        self.notice.say("" if told else explain(error), Tone.WARNING)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _at: self._lay())
        self.name.editor.textEdited.connect(self._touch)
        self.verified.toggled.connect(self._touch)
        for field in self.values.values():
            field.changed.connect(self._touch)
        self.keep_it.clicked.connect(self.keep_profile)
        self.lay_over.clicked.connect(self.make_own)
        self.drop.clicked.connect(self.drop_profile)
        self._bench.theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.list.setFixedWidth(self._bench.theme.px(_LIST))

    def _arrange(self) -> None:
        words = _("Periods, steps and words of each congress. Only three and six months for a reply are law; compare the others.")
        self.add(label(words, "soft", wrap=True))
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.middle)
        for each in (self.name, self.about, self.verified, *self.values.values(), self.notice):
            column.addWidget(each)
        line = Flow(gap=SPACE.small)
        for deed in (self.keep_it, self.lay_over, self.drop):
            line.addWidget(deed)
        column.addLayout(line)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(SPACE.large)
        row.addWidget(self.list)
        row.addWidget(beside, 1)
        self.body.addLayout(row)


class FollowersCard(Card):
    """Which congress goes by which profile."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Who goes by which rules"))
        self._page: Final = page
        self._bench: Final[Workbench] = page.bench
        self.boxes: Final[dict[str, CategoryBox]] = {}
        words = _("A suggestion follows the rules of the congress that receives it. What runs follows a change at once.")
        self.add(label(words, "soft", wrap=True))
        self._rows: Final = QVBoxLayout()
        self._rows.setSpacing(SPACE.middle)
        self.body.addLayout(self._rows)

    def show_congresses(self, cards: RuleCards) -> None:
        """Show each congress with what it goes by."""
        take_out(self._rows)
        self.boxes.clear()
        names = {each.key: each.profile.label for each in cards.profiles}
        for id, name, key in cards.congresses:
            box = self.boxes[id] = CategoryBox()
            box.show_names(names)
            box.removeItem(0)
            box.show_code(key)
            box.currentIndexChanged.connect(partial(self._follow, id, box))
            self._rows.addWidget(Field(name, box))
        self.setVisible(bool(cards.congresses))

    def _follow(self, congress: str, box: CategoryBox, _at: int) -> None:
        workspace, key = self._bench.workspace, box.code()
        self._bench.background.do(
            self._page, lambda _progress: follow_profile(workspace, congress, key), self._kept, self._refused
        )

    def _kept(self, kept: RulesKept) -> None:
        self._bench.feedback.say(moved_told(kept))

    def _refused(self, error: AppError) -> None:
        self._bench.feedback.fail(error)
        self._page.refresh()
