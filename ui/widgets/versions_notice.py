"""Two versions of one record side by side: what stands here, and what somebody saved meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from app.domain.records import Record
from app.domain.values import Id
from app.i18n import _
from app.messages import blanks
from ui.theme import SPACE
from ui.widgets.contents import take_out
from ui.widgets.roles import button, label

_LONGEST: Final = 120  # characters of a value that are shown
_BEFORE: Final = 20  # of those, the ones that both versions share


class Difference(NamedTuple):
    """What a field is called, and its two values as a person reads them."""

    name: str
    here: str
    there: str


class VersionsNotice(QFrame):
    """Asks which of two versions shall stand; it goes away once that is said."""

    kept = Signal()
    """What stands here shall stand."""
    taken = Signal()
    """What was saved meanwhile shall stand."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", "warning")
        self._words: Final = label("", "strong", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE.large)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.ours: Final = button(_("Keep what stands here"))
        self.theirs: Final = button(_("Take what was saved meanwhile"))
        deeds = QHBoxLayout()
        deeds.addWidget(self.ours)
        deeds.addWidget(self.theirs)
        deeds.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE.middle, SPACE.middle, SPACE.middle, SPACE.middle)
        layout.setSpacing(SPACE.small)
        layout.addWidget(self._words)
        layout.addLayout(self._grid)
        layout.addLayout(deeds)
        for each, told in ((self.ours, self.kept), (self.theirs, self.taken)):
            each.clicked.connect(self.hide)
            each.clicked.connect(lambda _checked=False, told=told: told.emit())
        self.hide()

    def ask(self, words: str, differences: Sequence[Difference], *, keepable: bool = True) -> None:
        """Say why it is asked and what differs; `keepable` where what stands here may still be saved."""
        self._words.setText(words)
        take_out(self._grid)
        for row, each in enumerate((Difference("", _("Here"), _("Saved meanwhile")), *differences)):
            for column, told in enumerate(each):
                cell = label(told, "label" if row == 0 else "small" if column == 0 else "", wrap=True)
                self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
        self.ours.setVisible(keepable)
        self.show()
        (self.ours if keepable else self.theirs).setFocus()


def differences(ours: Record, theirs: Record, names: Mapping[Id, str]) -> list[Difference]:
    """The fields in which two versions of one record differ; `names` are those of records they refer to."""
    told = {"kind": ours.traits.name}
    return [
        Difference(blanks.field(name, told), *_excerpts(_told(here, names), _told(there, names)))
        for name in ours.traits.fields
        if (here := getattr(ours, name)) != (there := getattr(theirs, name))
    ]


def _told(value: Any, names: Mapping[Id, str]) -> str:
    if isinstance(value, str) and type(value) is str:
        return names.get(value, value)
    if isinstance(value, tuple):
        value = tuple(names.get(each, each) for each in value)
    return blanks.plain(value, {})


def _excerpts(here: str, there: str) -> tuple[str, str]:
    """Both values from shortly before the place where they part: the beginnings of two long texts would look the same."""
    if max(len(here), len(there)) <= _LONGEST:
        return _excerpt(here, 0), _excerpt(there, 0)
    parted = next(
        (at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), min(len(here), len(there))
    )
    start = max(0, parted - _BEFORE)
    return _excerpt(here, start), _excerpt(there, start)


def _excerpt(text: str, start: int) -> str:
    if not text:
        return "—"
    shown = text[start : start + _LONGEST]
    return ("…" if start else "") + shown + ("…" if start + _LONGEST < len(text) else "")
