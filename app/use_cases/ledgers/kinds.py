"""The kinds of ledgers that can be taken in, each with its columns, what they become, and what they touch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.changes import Changes
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.people import Contact, Deputy
from app.domain.suggestion import Suggestion
from app.domain.unit import Unit
from app.domain.visit import Attendance, Visit
from app.ledgers import messages, people, results, scans, suggestions, units, visits
from app.ledgers.form import LedgerForm
from app.use_cases.ledgers.issues import IssueTaker
from app.use_cases.ledgers.people import DeputyTaker
from app.use_cases.ledgers.results import ResultTaker
from app.use_cases.ledgers.scans import ScanTaker
from app.use_cases.ledgers.suggestions import SuggestionTaker
from app.use_cases.ledgers.taker import Taker
from app.use_cases.ledgers.units import UnitTaker
from app.use_cases.ledgers.visits import VisitTaker
from app.workspace import Workspace

_LINE_NO: Final = "序号（不保存）"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerKind:
    """One kind: `fields` names what a column may become in the words of the records, `makes` the kind of record a row is."""

    form: LedgerForm[Any]
    taker: Callable[[Workspace, Sequence[Any], str], Taker[Any]]
    fields: Mapping[str, str]
    makes: str
    changes: Changes

    @property
    def name(self) -> str:
        """What the command line calls it."""
        return self.form.name

    @property
    def needed(self) -> frozenset[str]:
        """Fields of which at least one column must tell."""
        return frozenset(map(str, self.form.needed))


_ISSUES: Final[Mapping[str, str]] = {
    messages.Field.TITLE: Issue.traits.fields["subject"].label,
    messages.Field.CONTENT: Issue.traits.fields["words"].label,
    messages.Field.SOURCE_NO: Issue.traits.fields["source_number"].label,
    messages.Field.RAISED_BY: "反映人",
    messages.Field.RAISED_ON: Issue.traits.fields["received_on"].label,
    messages.Field.PHONE: Contact.traits.fields["phone"].label,
    messages.Field.ADDRESS: Contact.traits.fields["address"].label,
    messages.Field.PLACE: Issue.traits.fields["place"].label,
    messages.Field.CATEGORY: Issue.traits.fields["category"].label,
    messages.Field.DEPUTY: Issue.traits.fields["deputies"].label,
    messages.Field.REMARKS: Issue.traits.fields["remarks"].label,
    messages.Field.LINE_NO: _LINE_NO,
}

_VISITS: Final[Mapping[str, str]] = {
    visits.Field.ON: Visit.traits.fields["on"].label,
    visits.Field.KIND: Visit.traits.fields["visit_kind"].label,
    visits.Field.WAY: Visit.traits.fields["way"].label,
    visits.Field.PLACE: Visit.traits.fields["place"].label,
    visits.Field.DEPUTIES: Visit.traits.fields["deputies"].label,
    visits.Field.PERSON: Encounter.traits.fields["name"].label,
    visits.Field.PEOPLE: Encounter.traits.fields["people"].label,
    visits.Field.SEX: Encounter.traits.fields["sex"].label,
    visits.Field.VILLAGE: Encounter.traits.fields["village"].label,
    visits.Field.PHONE: Contact.traits.fields["phone"].label,
    visits.Field.ADDRESS: Contact.traits.fields["address"].label,
    visits.Field.RAISED: Encounter.traits.fields["raised"].label,
    visits.Field.HANDLED: Encounter.traits.fields["handled_on_spot"].label,
    visits.Field.CATEGORY: Issue.traits.fields["category"].label,
    visits.Field.NUMBER: Visit.traits.fields["number"].label,
    visits.Field.THEME: Visit.traits.fields["theme"].label,
    visits.Field.COURSE: Visit.traits.fields["course"].label,
    visits.Field.EXPLAINED: Visit.traits.fields["explained"].label,
    visits.Field.RECORDER: Visit.traits.fields["recorder"].label,
    visits.Field.COMPANIONS: Visit.traits.fields["companions"].label,
    visits.Field.REMARKS: Visit.traits.fields["remarks"].label,
    visits.Field.LINE_NO: _LINE_NO,
}

_PEOPLE: Final[Mapping[str, str]] = {
    people.Field.NAME: Deputy.traits.fields["name"].label,
    people.Field.SEX: Deputy.traits.fields["sex"].label,
    people.Field.LEVEL: Deputy.traits.fields["level"].label,
    people.Field.CONGRESS: Deputy.traits.fields["congress"].label,
    people.Field.TERM: Deputy.traits.fields["term"].label,
    people.Field.CARD: Deputy.traits.fields["deputy_card_no"].label,
    people.Field.DELEGATION: Deputy.traits.fields["delegation"].label,
    people.Field.ELECTING_UNIT: Deputy.traits.fields["electing_unit"].label,
    people.Field.CONSTITUENCY: Deputy.traits.fields["constituency"].label,
    people.Field.GROUP: Deputy.traits.fields["deputy_group"].label,
    people.Field.WORKPLACE: Deputy.traits.fields["workplace"].label,
    people.Field.POST: Deputy.traits.fields["post"].label,
    people.Field.ENTRY: Deputy.traits.fields["entry"].label,
    people.Field.ELECTED_ON: Deputy.traits.fields["elected_on"].label,
    people.Field.PHONE: Contact.traits.fields["phone"].label,
    people.Field.ADDRESS: Contact.traits.fields["address"].label,
    people.Field.REMARKS: Deputy.traits.fields["remarks"].label,
    people.Field.LINE_NO: _LINE_NO,
}

_UNITS: Final[Mapping[str, str]] = {
    units.Field.NAME: Unit.traits.fields["name"].label,
    units.Field.SHORT_NAME: Unit.traits.fields["short_name"].label,
    units.Field.FORMER_NAMES: Unit.traits.fields["former_names"].label,
    units.Field.TYPE: Unit.traits.fields["unit_type"].label,
    units.Field.LEVEL: Unit.traits.fields["level"].label,
    units.Field.PARENT: Unit.traits.fields["parent"].label,
    units.Field.COMMITTEE: Unit.traits.fields["supervising_committee"].label,
    units.Field.PERSON: Unit.traits.fields["liaison_person"].label,
    units.Field.PHONE: Unit.traits.fields["office_phone"].label,
    units.Field.POLICY_CONTACT: Unit.traits.fields["policy_contact"].label,
    units.Field.POLICY_PHONE: Unit.traits.fields["policy_phone"].label,
    units.Field.REMARKS: Unit.traits.fields["remarks"].label,
    units.Field.LINE_NO: _LINE_NO,
}

_RESULTS: Final[Mapping[str, str]] = {
    results.Field.NUMBER: "工单编号",
    results.Field.ACCEPTED_ON: "受理日期",
    results.Field.RESULT: Issue.traits.fields["result"].label,
    results.Field.ACCOUNT: Issue.traits.fields["result_text"].label,
    results.Field.ANSWERED_ON: "答复日期",
    results.Field.UNIT: Issue.traits.fields["unit"].label,
    results.Field.TOLD_ON: "告知群众日期",
    results.Field.REMARKS: Issue.traits.fields["remarks"].label,
    results.Field.LINE_NO: _LINE_NO,
}

_SCANS: Final[Mapping[str, str]] = {
    scans.Field.ON: "进站时间",
    scans.Field.LEFT: "离站时间",
    scans.Field.NAME: Deputy.traits.fields["name"].label,
    scans.Field.CARD: Deputy.traits.fields["deputy_card_no"].label,
    scans.Field.STATION: Visit.traits.fields["station"].label,
    scans.Field.PHONE: "联系电话（不保存）",
    scans.Field.REMARKS: Attendance.traits.fields["remarks"].label,
    scans.Field.LINE_NO: _LINE_NO,
}

_SUGGESTIONS: Final[Mapping[str, str]] = {
    suggestions.Field.NUMBER: Suggestion.traits.fields["number"].label,
    suggestions.Field.TITLE: Suggestion.traits.fields["subject"].label,
    suggestions.Field.CONTENT: Suggestion.traits.fields["text"].label,
    suggestions.Field.FINDINGS: "情况",
    suggestions.Field.ANALYSIS: "分析",
    suggestions.Field.REQUESTS: "具体建议",
    suggestions.Field.LEAD: Suggestion.traits.fields["lead_deputy"].label,
    suggestions.Field.KIND: Suggestion.traits.fields["suggestion_type"].label,
    suggestions.Field.CATEGORY: Suggestion.traits.fields["category"].label,
    suggestions.Field.ON: "提交日期（记入备注）",
    suggestions.Field.YEAR: Suggestion.traits.fields["year"].label,
    suggestions.Field.REMARKS: Suggestion.traits.fields["remarks"].label,
    suggestions.Field.LINE_NO: _LINE_NO,
}

_BOTH: Final = Changes.ISSUES | Changes.VISITS

LEDGERS: Final[Mapping[str, LedgerKind]] = {
    kind.name: kind
    for kind in (
        LedgerKind(form=messages.MESSAGES, taker=IssueTaker, fields=_ISSUES, makes="issue", changes=_BOTH),
        LedgerKind(form=visits.VISITS, taker=VisitTaker, fields=_VISITS, makes="visit", changes=_BOTH),
        LedgerKind(
            form=people.PEOPLE, taker=DeputyTaker, fields=_PEOPLE, makes="deputy", changes=Changes.PEOPLE | Changes.VISITS
        ),
        LedgerKind(form=units.UNITS, taker=UnitTaker, fields=_UNITS, makes="unit", changes=Changes.STATION),
        LedgerKind(form=results.RESULTS, taker=ResultTaker, fields=_RESULTS, makes="issue", changes=Changes.ISSUES),
        LedgerKind(form=scans.SCANS, taker=ScanTaker, fields=_SCANS, makes="attendance", changes=Changes.VISITS),
        LedgerKind(
            form=suggestions.SUGGESTIONS,
            taker=SuggestionTaker,
            fields=_SUGGESTIONS,
            makes="suggestion",
            changes=Changes.SUGGESTIONS,
        ),
    )
}
"""Every kind by its name."""
