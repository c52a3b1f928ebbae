"""A life is a table: what may happen to a thing in each of its states, and what it is then.

The tables hold the longest way. Which of its steps a people's congress takes is data of its rule profile, so steps may be
passed over where the table offers a shorter way; nothing may happen that the table does not offer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from app.domain.values import Code, CodeSet
from app.errors import Refused

State = TypeVar("State", bound=CodeSet)
Event = TypeVar("Event", bound=CodeSet)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life(Generic[State, Event]):
    """The states and events of one kind of thing, and its table of transitions."""

    name: str
    label: str
    start: State
    states: type[State]
    events: type[Event]
    transitions: Mapping[tuple[str, str], State]

    def allowed(self, state: Code[State]) -> tuple[Event, ...]:
        """What may happen in `state`, in the order of the events; nothing in a state that a newer program coined.

        An empty state is the start: nothing has been said about the thing yet.
        """
        return tuple(event for event in self.events if (state or self.start, event) in self.transitions)

    def after(self, state: Code[State], event: Event) -> State:
        """The state that follows; raises `Refused("life_forbids", life, state, event, allowed)`."""
        after = self.transitions.get((state or self.start, event))
        if after is None:
            raise Refused("life_forbids", life=self.name, state=state, event=event, allowed=self.allowed(state))
        return after

    def rows(self) -> Iterator[tuple[State, Event, State]]:
        """Every transition, in the order of the states and events."""
        for state in self.states:
            for event in self.allowed(state):
                yield state, event, self.transitions[state, event]


def _life(
    name: str, label: str, start: State, events: type[Event], *rows: tuple[Event, tuple[State, ...], State]
) -> Life[State, Event]:
    table: dict[tuple[str, str], State] = {}
    for event, before, after in rows:
        for state in before:
            if (state, event) in table:
                raise ValueError(f"{event} stands twice for {state}")
            table[state, event] = after
    states = type(start)
    return Life(name=name, label=label, start=start, states=states, events=events, transitions=MappingProxyType(table))


# --- an issue: from a resident's words to the file (domain brief 2.4, decision 10) ----------------------------------


class IssueState(CodeSet):
    """Where an issue stands."""

    REGISTERED = "registered", "已登记"
    ACCEPTED = "accepted", "已受理"
    DECLINED = "declined", "不予受理"
    REFERRED = "referred", "已引导"
    MERGED = "merged", "已合并"
    PROPOSED = "proposed", "已拟办"
    APPROVED = "approved", "已批准"
    ASSIGNED = "assigned", "已交办"
    OBJECTED = "objected", "申请退回"
    SIGNED_FOR = "signed_for", "已签收"
    HANDLED = "handled", "已办理"
    RAISED = "raised", "已提为建议"
    FED_BACK = "fed_back", "已反馈"
    CALLED_BACK = "called_back", "已回访"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"


class IssueEvent(CodeSet):
    """What may happen to an issue."""

    ACCEPT = "accept", "受理"
    DECLINE = "decline", "不予受理"
    REFER = "refer", "引导"
    MERGE = "merge", "合并"
    UNMERGE = "unmerge", "取消合并"
    REPLY_ON_SPOT = "reply_on_spot", "当场答复"
    PROPOSE = "propose", "拟办"
    APPROVE = "approve", "批准"
    SEND_BACK = "send_back", "退回重拟"
    ASSIGN = "assign", "交办"
    SIGN_FOR = "sign_for", "签收"
    OBJECT = "object", "申请退回"
    HANDLE = "handle", "办理"
    RAISE = "raise", "提为建议"
    FEED_BACK = "feed_back", "反馈"
    CALL_BACK = "call_back", "回访"
    REHANDLE = "rehandle", "重新办理"
    CLOSE = "close", "办结"
    ARCHIVE = "archive", "归档"
    REOPEN = "reopen", "重新打开"


def _issue_life() -> Life[IssueState, IssueEvent]:
    s, e = IssueState, IssueEvent
    unanswered = (s.REGISTERED, s.ACCEPTED, s.PROPOSED, s.APPROVED)
    screened_out = (s.DECLINED, s.REFERRED, s.MERGED)
    return _life(
        "issue",
        "群众意见",
        s.REGISTERED,
        e,
        (e.ACCEPT, (s.REGISTERED,), s.ACCEPTED),
        (e.DECLINE, (s.REGISTERED, s.ACCEPTED), s.DECLINED),
        (e.REFER, (s.REGISTERED, s.ACCEPTED), s.REFERRED),
        (e.MERGE, unanswered, s.MERGED),
        # It stands again where it stood before, which its step tells; this is where it stands if none does.
        (e.UNMERGE, (s.MERGED,), s.ACCEPTED),
        (e.REPLY_ON_SPOT, (s.REGISTERED, s.ACCEPTED), s.CLOSED),
        (e.PROPOSE, (s.REGISTERED, s.ACCEPTED, s.OBJECTED), s.PROPOSED),
        (e.APPROVE, (s.PROPOSED,), s.APPROVED),
        (e.SEND_BACK, (s.PROPOSED, s.APPROVED), s.ACCEPTED),
        (e.ASSIGN, (s.APPROVED, s.OBJECTED), s.ASSIGNED),
        (e.SIGN_FOR, (s.ASSIGNED,), s.SIGNED_FOR),
        (e.OBJECT, (s.ASSIGNED, s.SIGNED_FOR), s.OBJECTED),
        # The hotline, too, says what came of a matter that was guided there.
        (e.HANDLE, (s.ASSIGNED, s.SIGNED_FOR, s.REFERRED), s.HANDLED),
        (e.RAISE, unanswered, s.RAISED),
        (e.FEED_BACK, (s.HANDLED, s.RAISED), s.FED_BACK),
        (e.CALL_BACK, (s.FED_BACK,), s.CALLED_BACK),
        # Handled again means proposed and approved again: the matter may never have been with a unit.
        (e.REHANDLE, (s.FED_BACK, s.CALLED_BACK), s.PROPOSED),
        # An anonymous visitor can neither be answered nor called back; the matter is closed all the same.
        (e.CLOSE, (s.HANDLED, s.RAISED, s.FED_BACK, s.CALLED_BACK), s.CLOSED),
        (e.ARCHIVE, (*screened_out, s.CLOSED), s.ARCHIVED),
        (e.REOPEN, (s.DECLINED, s.REFERRED, s.RAISED, s.CLOSED, s.ARCHIVED), s.ACCEPTED),
    )


ISSUE_LIFE: Final = _issue_life()


# --- a suggestion: from a deputy's draft to the file (decision 8, domain brief 1.12) --------------------------------


class SuggestionState(CodeSet):
    """Where a suggestion stands."""

    DRAFT = "draft", "起草"
    CONSULTATION = "consultation", "提出前沟通"
    COSIGNING = "cosigning", "联名"
    PRE_REVIEW = "pre_review", "预审"
    SUBMITTED = "submitted", "已提交"
    FIRST_REVIEW = "first_review", "初审"
    SECOND_REVIEW = "second_review", "复审"
    RETURNED = "returned", "退回修改"
    NOT_PROCESSED = "not_processed_as_suggestion", "不作建议处理"
    REFERENCE_MATERIAL = "reference_material", "转作参阅件"
    DEPUTY_LETTER = "deputy_letter", "按代表来信处理"
    MERGED = "merged", "并案"
    ACCEPTED = "accepted", "已接收"
    ASSIGNED = "assigned", "已交办"
    OBJECTED = "objected", "申请调整"
    SIGNED_FOR = "signed_for", "已签收"
    HANDLING = "handling", "办理中"
    REPLIED = "replied", "已答复"
    EVALUATED = "evaluated", "代表已反馈"
    REHANDLING = "rehandling", "重新办理"
    TRACKING = "tracking", "跟踪办理"
    CLOSED = "closed", "已办结"
    ARCHIVED = "archived", "已归档"
    WITHDRAWN = "withdrawn", "已撤回"


class SuggestionEvent(CodeSet):
    """What may happen to a suggestion."""

    CONSULT = "consult", "提出前沟通"
    COSIGN = "cosign", "发起联名"
    PRE_REVIEW = "pre_review", "送预审"
    REVISE = "revise", "修改"
    SUBMIT = "submit", "提交"
    FIRST_REVIEW = "first_review", "初审"
    SECOND_REVIEW = "second_review", "复审"
    RETURN = "return", "退回修改"
    REFUSE = "refuse", "不作建议处理"
    TO_REFERENCE = "to_reference", "转作参阅件"
    TO_LETTER = "to_letter", "按代表来信处理"
    MERGE = "merge_case", "并案"
    ACCEPT = "accept", "接收"
    ASSIGN = "assign", "交办"
    SIGN_FOR = "sign_for", "签收"
    OBJECT = "object", "申请调整"
    KEEP = "keep_assignment", "维持交办"
    HANDLE = "handle", "办理"
    REPLY = "reply", "答复"
    EVALUATE = "evaluate", "代表反馈"
    REHANDLE = "rehandle", "重新办理"
    TRACK = "track", "跟踪"
    CLEAR = "clear_item", "销号"
    CLOSE = "close", "办结"
    CHECK_AGAIN = "retrospective_check", "回头看"
    ARCHIVE = "archive", "归档"
    WITHDRAW = "withdraw", "撤回"


def _suggestion_life() -> Life[SuggestionState, SuggestionEvent]:
    s, e = SuggestionState, SuggestionEvent
    in_review = (s.SUBMITTED, s.FIRST_REVIEW, s.SECOND_REVIEW)
    refused = (s.NOT_PROCESSED, s.REFERENCE_MATERIAL, s.DEPUTY_LETTER)
    before_review = (s.DRAFT, s.CONSULTATION, s.COSIGNING, s.PRE_REVIEW)
    before_reply = (
        *before_review,
        *in_review,
        s.RETURNED,
        s.ACCEPTED,
        s.MERGED,
        s.ASSIGNED,
        s.OBJECTED,
        s.SIGNED_FOR,
        s.HANDLING,
    )
    return _life(
        "suggestion",
        "代表建议",
        s.DRAFT,
        e,
        (e.CONSULT, (s.DRAFT,), s.CONSULTATION),
        (e.COSIGN, (s.DRAFT, s.CONSULTATION), s.COSIGNING),
        (e.PRE_REVIEW, (s.DRAFT, s.CONSULTATION, s.COSIGNING), s.PRE_REVIEW),
        (e.REVISE, (s.CONSULTATION, s.COSIGNING, s.PRE_REVIEW, s.RETURNED), s.DRAFT),
        (e.SUBMIT, before_review, s.SUBMITTED),
        (e.FIRST_REVIEW, (s.SUBMITTED,), s.FIRST_REVIEW),
        (e.SECOND_REVIEW, (s.FIRST_REVIEW,), s.SECOND_REVIEW),
        (e.RETURN, in_review, s.RETURNED),
        (e.REFUSE, in_review, s.NOT_PROCESSED),
        (e.TO_REFERENCE, in_review, s.REFERENCE_MATERIAL),
        (e.TO_LETTER, in_review, s.DEPUTY_LETTER),
        (e.MERGE, (*in_review, s.ACCEPTED), s.MERGED),
        (e.ACCEPT, in_review, s.ACCEPTED),
        # Merged items are handled together and answered to each deputy, so they are assigned as well.
        (e.ASSIGN, (s.ACCEPTED, s.MERGED, s.OBJECTED), s.ASSIGNED),
        (e.SIGN_FOR, (s.ASSIGNED,), s.SIGNED_FOR),
        (e.OBJECT, (s.ASSIGNED, s.SIGNED_FOR), s.OBJECTED),
        # An objection that is not upheld leaves the matter with the unit.
        (e.KEEP, (s.OBJECTED,), s.ASSIGNED),
        (e.HANDLE, (s.ASSIGNED, s.SIGNED_FOR), s.HANDLING),
        (e.REPLY, (s.ASSIGNED, s.SIGNED_FOR, s.HANDLING, s.REHANDLING, s.TRACKING), s.REPLIED),
        (e.EVALUATE, (s.REPLIED,), s.EVALUATED),
        (e.REHANDLE, (s.EVALUATED,), s.REHANDLING),
        (e.TRACK, (s.REPLIED, s.EVALUATED), s.TRACKING),
        (e.CLEAR, (s.TRACKING,), s.CLOSED),
        # A deputy who never answers the survey is left out of the statistics; the item is closed all the same.
        (e.CLOSE, (s.REPLIED, s.EVALUATED), s.CLOSED),
        (e.CHECK_AGAIN, (s.CLOSED, s.ARCHIVED), s.TRACKING),
        (e.ARCHIVE, (*refused, s.CLOSED, s.WITHDRAWN), s.ARCHIVED),
        (e.WITHDRAW, before_reply, s.WITHDRAWN),
    )


SUGGESTION_LIFE: Final = _suggestion_life()


# --- a package: from the seal to the receipt (package format 5.1) ---------------------------------------------------


class PackageState(CodeSet):
    """Where a sealed number stands."""

    SEALED = "sealed", "已封装"
    COPIED = "copied", "已复制"
    RECEIVED = "received", "已收到"
    PARKED = "parked", "已暂存"
    REFUSED = "refused", "被拒收"
    LOST = "lost", "已遗失"


class PackageEvent(CodeSet):
    """What may happen to a sealed number."""

    COPY = "copy", "复制"
    RECEIVE = "receive", "收到回执"
    PARK = "park", "暂存"
    REFUSE = "refuse", "拒收"
    LOSE = "lose", "遗失"


def _package_life() -> Life[PackageState, PackageEvent]:
    s, e = PackageState, PackageEvent
    return _life(
        "package",
        "报送包",
        s.SEALED,
        e,
        # The same sealed bytes may be copied again at any time, also after a damaged copy was refused.
        (e.COPY, (s.SEALED, s.COPIED, s.REFUSED), s.COPIED),
        (e.COPY, (s.PARKED,), s.PARKED),
        (e.COPY, (s.RECEIVED,), s.RECEIVED),
        # Receipts are cumulative: each says again what earlier ones said.
        (e.RECEIVE, (s.SEALED, s.COPIED, s.PARKED, s.REFUSED, s.LOST, s.RECEIVED), s.RECEIVED),
        (e.PARK, (s.SEALED, s.COPIED, s.REFUSED, s.LOST, s.PARKED), s.PARKED),
        (e.REFUSE, (s.SEALED, s.COPIED, s.PARKED, s.LOST, s.REFUSED), s.REFUSED),
        (e.LOSE, (s.SEALED, s.COPIED, s.PARKED, s.REFUSED), s.LOST),
    )


PACKAGE_LIFE: Final = _package_life()


# --- a livelihood project: from what residents raise to what they say of it (domain brief 6.5, 票决制) ------------------


class ProjectState(CodeSet):
    """How far a project has come."""

    COLLECTED = "collected", "已征集"
    CANDIDATE = "candidate", "候选"
    CHOSEN = "chosen", "票决确定"
    NOT_CHOSEN = "not_chosen", "未入选"
    UNDER_WAY = "under_way", "实施中"
    DONE = "done", "已完成"
    EVALUATED = "evaluated", "已评议"
    DROPPED = "dropped", "已调整"


class ProjectEvent(CodeSet):
    """What may happen to a project."""

    PUT_UP = "put_up", "列为候选"
    CHOOSE = "choose", "票决通过"
    NOT_CHOOSE = "not_choose", "票决未通过"
    START = "start", "启动实施"
    REPORT = "report", "通报进度"
    COMPLETE = "complete", "完成"
    EVALUATE = "evaluate", "群众评议"
    DROP = "drop", "调整"
    RESUME = "resume", "继续实施"


def _project_life() -> Life[ProjectState, ProjectEvent]:
    s, e = ProjectState, ProjectEvent
    return _life(
        "project",
        "民生实事项目",
        s.COLLECTED,
        e,
        # What was not chosen may be put up once more, in another year.
        (e.PUT_UP, (s.COLLECTED, s.NOT_CHOSEN, s.DROPPED), s.CANDIDATE),
        (e.CHOOSE, (s.CANDIDATE,), s.CHOSEN),
        (e.NOT_CHOOSE, (s.CANDIDATE,), s.NOT_CHOSEN),
        (e.START, (s.CHOSEN,), s.UNDER_WAY),
        (e.REPORT, (s.UNDER_WAY,), s.UNDER_WAY),
        (e.COMPLETE, (s.CHOSEN, s.UNDER_WAY), s.DONE),
        (e.EVALUATE, (s.DONE, s.EVALUATED), s.EVALUATED),
        # Adjusting a chosen project is the congress's affair; here it is only written down.
        (e.DROP, (s.COLLECTED, s.CANDIDATE, s.CHOSEN, s.UNDER_WAY), s.DROPPED),
        (e.RESUME, (s.DONE, s.EVALUATED), s.UNDER_WAY),
    )


PROJECT_LIFE: Final = _project_life()

LIVES: Final[tuple[Life[Any, Any], ...]] = (ISSUE_LIFE, SUGGESTION_LIFE, PACKAGE_LIFE, PROJECT_LIFE)
