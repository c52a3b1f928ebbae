"""What will go: records by kind, files, and what stays here and why."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.i18n import _, ngettext
from app.messages import kind_told
from app.messages.arrivals import numbers_told
from app.queries.outgoing import Outgoing
from app.queries.reconciliation import Number
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.roles import label
from ui.wording import size_told


class ContentsCard(Card):
    """The preview of a hand-in, or of a number that is copied again."""

    changed = Signal()
    """The contents of attachments are to go along, or to wait."""

    def __init__(self) -> None:
        super().__init__(_("What goes"))
        self.records_only = QCheckBox(_("Records now, files another time"))
        self.records_only.toggled.connect(lambda _on: self.changed.emit())
        self._nothing = label(_("There is nothing to hand in: every record is in a package already."), "soft", wrap=True)
        self._facts = Facts()
        self._stays_heading = label(_("What stays here"), "strong")
        self._stays = label("", "soft", wrap=True)
        self._kinds_heading = label(_("Records by kind"), "strong")
        self._kinds = Facts()
        parts = (
            self._nothing,
            self._facts,
            self.records_only,
            self._stays_heading,
            self._stays,
            self._kinds_heading,
            self._kinds,
        )
        for each in parts:
            self.add(each)
        self.body.addStretch(1)

    def show_outgoing(self, told: Outgoing, about: int) -> None:
        """Show what would go if it were handed in now, and `about` how many bytes that is."""
        later = self.records_only.isChecked()
        apart = bool(told.files and told.records)
        self.records_only.setVisible(apart)
        if not apart:
            self.records_only.setChecked(False)
        self.heading.setText(_("What goes"))
        self._nothing.setVisible(told.nothing)
        self._facts.show_facts(_going(told, about, later=later))
        self._show_kinds(told.records)
        stays = list(_staying(told, later=later))
        self._stays.setText("\n".join(f"· {each}" for each in stays))
        self._stays_heading.setVisible(bool(stays))
        self._stays.setVisible(bool(stays))

    def show_number(self, number: Number) -> None:
        """Show what is in a number that was sealed before."""
        self.heading.setText(_("Package {number}, once more").format(number=number.seq))
        self._nothing.hide()
        self.records_only.hide()
        self._facts.show_facts([_in_all(number.records), (_("Size"), size_told(number.size))])
        self._show_kinds(number.records)
        self._stays_heading.hide()
        self._stays.setText(_("The very same bytes are written again: the body notices that it knows them already."))
        self._stays.show()

    def _show_kinds(self, records: Mapping[str, int]) -> None:
        """The kinds stand last: a first hand-in has dozens, and what matters before the press must be in sight."""
        ordered = sorted(records.items(), key=lambda each: (each[0] in {"station", "seat"}, -each[1]))
        self._kinds.show_facts((kind_told(kind), f"{count:,}") for kind, count in ordered)
        for each in (self._kinds_heading, self._kinds):
            each.setVisible(bool(records))


def _in_all(records: Mapping[str, int]) -> tuple[str, str]:
    return _("Records in all"), f"{total:,}" if (total := sum(records.values())) else ""


def _going(told: Outgoing, about: int, *, later: bool) -> Iterator[tuple[str, str]]:
    yield _in_all(told.records)
    if told.files and not later:
        files = ngettext("{count} file, {size}", "{count} files, {size}", told.files)
        yield _("Contents of attachments"), files.format(count=told.files, size=size_told(told.file_bytes))
    if told.waiting:
        yield _("Packed already"), _("no. {numbers}").format(numbers=numbers_told(told.waiting))
    if about:
        yield _("Size"), _("about {size}").format(size=size_told(about))


def _staying(told: Outgoing, *, later: bool) -> Iterator[str]:
    if told.files and later:
        files = ngettext(
            "{count} file of an attachment, {size}: it goes with the next hand-in.",
            "{count} files of attachments, {size}: they go with the next hand-in.",
            told.files,
        )
        yield files.format(count=told.files, size=size_told(told.file_bytes))
    if told.contact_kept:
        words = ngettext(
            "{count} record with telephone or address: the body does not ask for contact data.",
            "{count} records with telephone or address: the body does not ask for contact data.",
            told.contact_kept,
        )
        yield words.format(count=told.contact_kept)
    if told.undone:
        words = ngettext(
            "{count} record that was taken back before it was ever sent: it never goes.",
            "{count} records that were taken back before they were ever sent: they never go.",
            told.undone,
        )
        yield words.format(count=told.undone)
