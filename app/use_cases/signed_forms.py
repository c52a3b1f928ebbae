"""Photographs and scans of signed forms: each matched to its record by the code printed on it, then attached in one step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from app.changes import Changes
from app.domain.encounter import Encounter
from app.domain.problems import Problem
from app.domain.records import Record
from app.domain.values import Id
from app.domain.visit import Visit
from app.progress import Progress
from app.queries.attachments import attachments_of
from app.queries.form_targets import FormTarget, target_of
from app.storage.transaction import Transaction
from app.use_cases.attachment_desk import Attached, Offered, attach_all
from app.use_cases.scanning import read_codes
from app.workspace import Workspace

MOST_FORMS: Final = 300
"""Pictures of one batch; the others wait for the next."""


class Signature(StrEnum):
    """Who signed a form on paper, where a person says so."""

    VISITOR = "visitor"
    DEPUTY = "deputy"
    RECORDER = "recorder"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedForm:
    """One picture and the records it is of; `held` are those that have the very same picture already; `taken` says it is wanted.

    Without a record `problem` says why: `no_code`, `code_leads_nowhere(text)`, `no_picture`, or what the disk says.
    """

    file: Offered
    targets: tuple[FormTarget, ...] = ()
    held: frozenset[Id] = frozenset()
    problem: Problem | None = None
    taken: bool = True

    @property
    def lacking(self) -> tuple[FormTarget, ...]:
        """The records that do not have the picture yet."""
        return tuple(each for each in self.targets if each.id not in self.held)

    @property
    def waiting(self) -> tuple[FormTarget, ...]:
        """The records to which the picture is still to be attached."""
        return self.lacking if self.taken else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsAttached:
    """What was attached to which records, and how many of them are told as signed now."""

    attached: tuple[Attached, ...]
    signed: int
    changes: Changes = field(default=Changes.NOTHING)

    @property
    def added(self) -> int:
        """Pictures that were attached; one of two forms counts twice."""
        return sum(len(each.added) for each in self.attached)


def match_forms(workspace: Workspace, files: Sequence[Offered], progress: Progress | None = None) -> tuple[MatchedForm, ...]:
    """Each picture with the records whose codes are on it, in the order of the files; nothing is changed.

    Raises `Refused("cancelled")`.
    """
    told = progress or Progress()
    told.begin("matching", len(files[:MOST_FORMS]))
    matched: list[MatchedForm] = []
    for each in files[:MOST_FORMS]:
        matched.append(_matched(workspace, each))
        told.advance()
    return tuple(matched)


def chosen_by_hand(workspace: Workspace, form: MatchedForm, target: FormTarget) -> MatchedForm:
    """The form with the record that a person names for it."""
    return _with_held(workspace, replace(form, targets=(target,), problem=None, taken=True), form.file.digest())


def attach_forms(
    workspace: Workspace,
    forms: Sequence[MatchedForm],
    *,
    signed: Iterable[Signature] = (),
    smaller: bool = False,
    progress: Progress | None = None,
) -> FormsAttached:
    """Attach every picture to the records it waits for, in one transaction; `signed` is noted in the records of the same forms;
    of a picture that is not taken nothing is.

    Raises as `attach` does: then nothing is attached.
    """
    files: dict[Id, list[Offered]] = {}
    for form in forms:
        for each in form.waiting:
            files.setdefault(each.id, []).append(form.file)
    marks = tuple(dict.fromkeys(signed))
    told = {each.id: each for form in forms if form.taken for each in form.targets}
    noted: list[Record] = []

    def note(books: Transaction) -> Sequence[Record]:
        noted.extend(_signed(books, told, marks))
        return noted

    attached = attach_all(workspace, files, smaller=smaller, along=note, progress=progress)
    changes = Changes.VISITS if noted else Changes.NOTHING
    for one in attached:
        changes |= one.changes
    return FormsAttached(attached=attached, signed=len(noted), changes=changes)


def _matched(workspace: Workspace, file: Offered) -> MatchedForm:
    read = read_codes(file)
    if read.problem:
        return MatchedForm(file=file, problem=read.problem)
    targets = [target for code in read.codes if (target := target_of(workspace, code))]
    if not targets:
        return MatchedForm(file=file, problem=Problem(code="code_leads_nowhere", facts={"text": read.codes[0]}))
    known = tuple({each.id: each for each in targets}.values())
    return _with_held(workspace, MatchedForm(file=file, targets=known), read.digest)


def _with_held(workspace: Workspace, form: MatchedForm, digest: str) -> MatchedForm:
    held = {each.id for each in form.targets if any(file.sha256 == digest for file in attachments_of(workspace, each.id))}
    return replace(form, held=frozenset(held))


def _signed(books: Transaction, targets: Mapping[Id, FormTarget], marks: Sequence[Signature]) -> list[Record]:
    """The records of these forms as signed, where they do not say so yet."""
    ids = dict.fromkeys(id for each in targets.values() for id in (each.id, each.visit) if id)
    found = (books.records.find(id) for id in ids) if marks else ()
    records = [each.record for each in found if each and not each.deleted]
    changed = [_marked(each, marks) for each in records]
    return [after for before, after in zip(records, changed, strict=True) if after != before]


def _marked(record: Record, marks: Sequence[Signature]) -> Record:
    match record:
        case Encounter() if Signature.VISITOR in marks and not record.anonymous:
            return replace(record, signed=True)
        case Visit():
            return replace(
                record,
                deputy_signed=record.deputy_signed or Signature.DEPUTY in marks,
                recorder_signed=record.recorder_signed or Signature.RECORDER in marks,
            )
        case _:
            return record
