"""The form of an award: a new one of deputies, units or the station, or one that stands put right."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.award import AWARD_DRAFT, OF_PEOPLE, Award, AwardType
from app.domain.problems import Problem
from app.domain.values import Id
from app.i18n import _
from app.messages import problem_told
from app.queries.awards import award_to_correct
from app.queries.units import UnitRow, units
from app.use_cases.awards import KeptAward, award_key, correct_award, give_award, new_award, unsaved_award
from app.use_cases.issues import Done
from app.workspace import Workspace
from ui.forms.category_box import CategoryBox
from ui.forms.kept_card import KeptCard
from ui.forms.record_form import Asked, RecordForm
from ui.page import Workbench
from ui.undoing import say_done
from ui.widgets.deputy_picker import DeputyPicker
from ui.widgets.field import Field
from ui.widgets.roles import label
from ui.widgets.unit_picker import UnitPicker
from ui.wording import word_of

_AWARD: Final[Sequence[Sequence[Asked]]] = (
    (("name", 16), ("year", 5)),
    (("issuer", 20),),
    (("document_no", 11), ("on", 8)),
    (("by_name", 8),),
    (("reason", 20),),
)
_RATING: Final[Sequence[Sequence[Asked]]] = (
    (("stars", 6), ("on", 8)),
    (("issuer", 20),),
    (("by_name", 8),),
    (("reason", 20),),
    (("duties", 20),),
)
Laid = tuple[KeptAward, tuple[Id, ...], Sequence[UnitRow]]
"""What lies on the form, the heads it was read from, and the units there are."""


class AwardForm(KeptCard):
    """What is given, by whom and to whom; `saved` tells the award."""

    saved = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._award: Award | None = None
        self._seen: tuple[Id, ...] = ()
        self.kind: Final = Field(_("What is given"), CategoryBox())
        self.kind.editor.show_names({str(each): word_of(each) for each in OF_PEOPLE})
        self.deputies: Final = Field(_("Deputies"), DeputyPicker(bench))
        self.units: Final = Field(_("Units"), UnitPicker(_("Units")))
        self.station: Final = label(_("It is given to this station."), "soft", wrap=True)
        self.award: Final = RecordForm(bench, Award.traits, _AWARD)
        self.rating: Final = RecordForm(bench, Award.traits, _RATING)
        self.save_button: Final = self.deeds.save
        self._arrange()
        self._connect()

    # --- what lies here

    def is_open(self) -> bool:
        """Whether an award is being written."""
        return self._award is not None

    def begin(self) -> None:
        """Lay a new award here, or the one that was kept."""

        def asked(workspace: Workspace) -> Laid:
            kept = unsaved_award(workspace) or KeptAward(award=new_award(workspace))
            return kept, (), units(workspace)

        self._ask(asked)

    def correct(self, id: Id) -> None:
        """Lay an award that stands here, with what was typed for it before."""

        def asked(workspace: Workspace) -> Laid:
            stands, heads = award_to_correct(workspace, id)
            return unsaved_award(workspace, award_key(id)) or KeptAward(award=stands), heads, units(workspace)

        self._ask(asked)

    def read(self) -> KeptAward:
        """The award as it stands here, and to whom it is to be given."""
        assert self._award is not None
        award: Award = self._form().read()
        if not self._seen:
            award = replace(award, award_type=_type(self.kind.editor.code()))
        return KeptAward(award=award, recipients=self._recipients())

    def _form(self) -> RecordForm:
        rating = self._award is not None and self._award.award_type == AwardType.STARS
        return self.rating if rating else self.award

    def _recipients(self) -> tuple[Id, ...]:
        kind = self.kind.editor.code()
        if kind == AwardType.STATION:
            return (self._bench.workspace.author.owner,)
        people = () if kind == AwardType.UNIT else self.deputies.editor.ids()
        bodies = () if kind == AwardType.DEPUTY else self.units.editor.ids()
        return (*people, *bodies)

    def _ask(self, question: Callable[[Workspace], Laid]) -> None:
        workspace = self._bench.workspace
        self._bench.background.ask(self, lambda: question(workspace), self._lay, self._fail, topic="award form")

    def _lay(self, laid: Laid) -> None:
        self._end()
        kept, self._seen, known = laid
        self._award = kept.award
        new = not self._seen
        self.heading.setText(_("Write down an award") if new else _("Correct"))
        self.units.editor.offer(known)
        deputies = [each for each in kept.recipients if each not in {unit.id for unit in known}]
        blocked = self.blockSignals(True)
        self.kind.editor.show_code(str(kept.award.award_type) or str(AwardType.DEPUTY))
        self.deputies.editor.show_ids([each for each in deputies if each != self._bench.workspace.author.owner])
        self.units.editor.show_ids([each for each in kept.recipients if each not in deputies])
        form = self._form()
        form.show_record(kept.award)
        self.blockSignals(blocked)
        for each in (self.award, self.rating):
            each.setVisible(each is form)
        self.kind.setVisible(new)
        self._offer_recipients()
        self._complain(())
        key = award_key("" if new else kept.award.id)
        self._open(key, AWARD_DRAFT, lambda: self.read().told())
        (self.kind if new else form).setFocus()

    def _offer_recipients(self) -> None:
        """Deputies, units or the station, as the kind of award asks."""
        new, kind = not self._seen, self.kind.editor.code()
        self.deputies.setVisible(new and kind in {AwardType.DEPUTY, AwardType.OTHER})
        self.units.setVisible(new and kind in {AwardType.UNIT, AwardType.OTHER})
        self.station.setVisible(new and kind == AwardType.STATION)

    # --- saving

    def save(self) -> None:
        """Save it with everybody it is given to."""
        if not self.is_open():
            return
        if problems := self._form().problems():
            self._complain(problems)
            return
        workspace, kept, seen = self._bench.workspace, self.read(), self._seen
        self._complain(())
        self._saving()

        def deed(_progress: object) -> Done:
            if seen:
                return correct_award(workspace, kept.award, seen)
            return give_award(workspace, kept.award, kept.recipients)

        self._bench.background.do(self, deed, self._done, self._fail)

    def _done(self, done: Done) -> None:
        self._end()
        say_done(self._bench, self, _("The award is saved."), done)
        self.saved.emit(done.id)

    def _forget(self) -> None:
        self._award, self._seen = None, ()

    def _complain(self, problems: Sequence[Problem]) -> None:
        told = {each.field: problem_told(each) for each in problems}
        self.kind.complain(told.get("award_type", ""))
        for field in (self.deputies, self.units):
            field.complain("" if field.isHidden() else told.get("of", ""))
        self._form().complain(tuple(problems))

    # --- making

    def _arrange(self) -> None:
        for each in (self.kind, self.deputies, self.units, self.station, self.award, self.rating, self.deeds):
            self.add(each)

    def _connect(self) -> None:
        self.kind.editor.currentIndexChanged.connect(lambda _index: self._offer_recipients())
        self.kind.editor.currentIndexChanged.connect(lambda _index: self._draft.touch())
        for changed in (self.deputies.editor.changed, self.units.editor.changed, self.award.changed, self.rating.changed):
            changed.connect(self._draft.touch)


def _type(code: str) -> AwardType | str:
    return AwardType(code) if code in set(AwardType) else code
