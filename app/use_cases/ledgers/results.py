"""A row of a table of results is added to the issue that bears its work order; what says otherwise than stands is not taken."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.hotline import HotlineEntry, after_hotline, hotline_entry, takes_answer
from app.domain.issue import Issue, IssueResult, Route
from app.domain.records import Record
from app.domain.values import Id, known, wording
from app.ledgers.columns import SheetProblem
from app.ledgers.results import Field, ResultRow
from app.queries.ledger_matches import issues_by_number
from app.use_cases.ledgers.taker import Taker, joined
from app.workspace import Workspace

_SHOWN: Final = 40  # characters of a text that is told as standing already


class ResultTaker(Taker[ResultRow]):
    """The issues behind the work orders of the sheet, as they stand."""

    remembers = False  # what stands says by itself whether a row is known

    def __init__(self, workspace: Workspace, rows: Sequence[ResultRow], words: str) -> None:
        super().__init__(workspace, rows, words)
        self._issues: Final[Mapping[str, Sequence[Issue]]] = issues_by_number(workspace, {row.number for row in rows})
        self._told_in: Final[dict[Id, int]] = {}  # the row of the sheet that an issue was told of
        self._today: Final = workspace.clock.today().date()

    def stands(self, row: ResultRow) -> bool:
        issue = self._issue(row)
        return issue is not None and not _differing(issue, row) and _told(issue, row) == hotline_entry(issue)

    def refusal(self, row: ResultRow) -> SheetProblem | None:
        found = self._issues.get(row.number, ())
        if len(found) != 1:
            return self.tell(
                Field.NUMBER, "work_order_twice" if found else "work_order_unknown", of=row, refused=True, text=row.number
            )
        (issue,) = found
        if earlier := self._told_in.get(issue.id):
            return self.tell(Field.NUMBER, "work_order_told", of=row, refused=True, text=row.number, earlier=earlier)
        if differing := _differing(issue, row):
            field, stands = differing
            return self.tell(field, "result_differs", of=row, refused=True, text=row.number, stands=stands)
        answered = issue.result or issue.result_text
        if row.told_on and not (answered or row.result or row.account):
            return self.tell(Field.TOLD_ON, "row_told_unanswered", of=row, refused=True, text=row.number)
        if (row.result or row.account) and not answered and not takes_answer(issue):
            return self.tell(Field.NUMBER, "result_out_of_place", of=row, refused=True, text=row.number, state=issue.state)
        self._told_in[issue.id] = row.row
        return None

    def records(self, row: ResultRow) -> tuple[Id, Sequence[Record]]:
        issue = self._issues[row.number][0]
        after, steps = after_hotline(issue, _told(issue, row), self._today, self.new_id)
        if not after.route:
            after = replace(after, route=Route.HOTLINE_12345)
        notes = row.notes()
        if notes and notes not in issue.remarks:
            after = replace(after, remarks=joined(issue.remarks, notes))
        return issue.id, [after, *steps]

    def _issue(self, row: ResultRow) -> Issue | None:
        found = self._issues.get(row.number, ())
        return found[0] if len(found) == 1 else None


def _told(issue: Issue, row: ResultRow) -> HotlineEntry:
    """What stands, and what the row says besides."""
    stands = hotline_entry(issue)
    return replace(
        stands,
        number=stands.number or row.number,
        accepted_on=stands.accepted_on or row.accepted_on,
        result=stands.result or known(IssueResult, row.result),
        account=stands.account or row.account,
        answered_on=row.answered_on if not stands.account and not stands.result else None,
        by=row.unit if not stands.account and not stands.result else "",
        told_on=stands.told_on or row.told_on,
    )


def _differing(issue: Issue, row: ResultRow) -> tuple[str, str] | None:
    """The field in which the row says otherwise than what stands, and what stands."""
    pairs = (
        (Field.RESULT, issue.result, row.result, wording(issue.result)),
        (Field.ACCOUNT, issue.result_text, row.account, issue.result_text[:_SHOWN]),
        (Field.ACCEPTED_ON, issue.work_order_on, row.accepted_on, str(issue.work_order_on)),
        (Field.TOLD_ON, issue.feedback_on, row.told_on, str(issue.feedback_on)),
    )
    return next(((field, shown) for field, stands, told, shown in pairs if stands and told and stands != told), None)
