"""What comes of a suggestion after its submission: whole ways on a real station, refusals, undo, decisions of a meeting."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.congress import Congress
from app.domain.handling import Assignment, CommitmentState, FivePresent, HandlingRole, OutcomeType, SupervisionWay
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.people import Deputy
from app.domain.reply import ClassChange, ReplyScheme
from app.domain.review import Phase, RefusalCode, ReviewOutcome, ReviewStage
from app.domain.satisfaction import Satisfaction
from app.domain.sealed_evaluation import Verdict
from app.domain.suggestion import Suggestion
from app.domain.suggestion_course import Course
from app.domain.suggestion_steps import STEP_DRAFT, Deed, Entry, Note, Share, entry_told
from app.domain.tracking import Standing
from app.domain.unit import Unit
from app.domain.values import Id
from app.errors import AppError, Refused
from app.keys import deputy_key
from app.queries.record import record_of
from app.queries.suggestion_course import course_of_records
from app.queries.suggestion_handling import handling_card
from app.queries.suggestion_limits import suggestion_limits
from app.queries.tracking import TrackedGroup, Wanted, tracked, tracked_card
from app.use_cases.drafts import drafts, keep_draft
from app.use_cases.evaluations import evaluation_form, seal_evaluation
from app.use_cases.issues import Done, take_back
from app.use_cases.suggestion_steps import decide_together, step_key, take_step, unsaved_steps
from app.use_cases.suggestions import amend_suggestion, draft_suggestion, revise_suggestion, submit_suggestion
from app.use_cases.undo import undo_last
from app.workspace import Workspace
from tests.app.use_cases.problems import problems_of
from tests.builders import a_deputy, save

E, S = SuggestionEvent, SuggestionState
TODAY = date(2026, 11, 21)
BAD = Verdict(attitude=Satisfaction.SATISFIED, result=Satisfaction.DISSATISFIED, opinion="没有时间表")
GOOD = Verdict(attitude=Satisfaction.SATISFIED, result=Satisfaction.SATISFIED)
PIN = "135790"


class Way:
    """A suggestion that is taken on its way."""

    def __init__(self, workspace: Workspace, id: Id, units: dict[str, Id]) -> None:
        self.workspace, self.id, self.units = workspace, id, units

    def take(self, deed: Deed, on: date = TODAY, words: str = "", **told: Any) -> Done:
        shares = told.pop("shares", ())
        by = told.pop("by", "")
        return take_step(self.workspace, self.id, deed, Entry(on=on, by=by, words=words, fields=told, shares=tuple(shares)))

    def evaluate(self, verdict: Verdict, *, ask_again: bool = False) -> None:
        """The deputy seals what they say of the next reply that waits for it."""
        again = "" if evaluation_form(self.workspace, self.id).known else PIN
        seal_evaluation(self.workspace, self.id, verdict, PIN, again=again, ask_again=ask_again)

    def refused(self, deed: Deed, **told: Any) -> AppError:
        with pytest.raises(Refused) as caught:
            self.take(deed, **told)
        return caught.value

    def missing(self, deed: Deed, **told: Any) -> set[str]:
        return {code for code, _field in problems_of(self.refused(deed, **told))}

    def hints(self, deed: Deed, **told: Any) -> set[str]:
        return {each.code for each in self.take(deed, **told).hints}

    @property
    def course(self) -> Course:
        with self.workspace.reading() as connection:
            return course_of_records(connection, self.suggestion)

    @property
    def suggestion(self) -> Suggestion:
        return record_of(self.workspace, Suggestion, self.id)

    @property
    def state(self) -> str:
        return self.suggestion.state

    def slip(self, name: str) -> Assignment:
        return next(each for each in reversed(self.course.assignments) if each.unit == self.units[name])

    def share(self, name: str, role: HandlingRole = HandlingRole.SOLE, part: str = "") -> Share:
        return Share(unit=self.units[name], role=role, part=part)

    def to_units(self, *shares: Share, on: date = TODAY) -> None:
        """Through the reviews and to the units."""
        self.take(E.FIRST_REVIEW, on)
        self.take(E.SECOND_REVIEW, on)
        self.take(E.ACCEPT, on, case_number="第7号")
        self.take(E.ASSIGN, on, shares=shares or (self.share("交通局"),))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The costs of a PIN are not what is tried here."""
    monkeypatch.setattr(deputy_key, "_KIB", 64)


@pytest.fixture
def lead(workspace: Workspace) -> Deputy:
    new_id = workspace.clock.new_id
    congress = Congress(id=new_id(), name="示例区人民代表大会", deputy_affairs_committee="示例区人大代工委")
    deputy = a_deputy(workspace, "代表甲", congress=congress.id, term=new_id())
    save(workspace, congress, Congress(id=new_id(), name="示例省人民代表大会"), deputy)
    return deputy


@pytest.fixture
def units(workspace: Workspace) -> dict[str, Id]:
    made = [Unit(id=workspace.clock.new_id(), name=name) for name in ("交通局", "财政局", "住建局")]
    save(workspace, *made)
    return {each.name: each.id for each in made}


def submitted(workspace: Workspace, lead: Deputy, title: str = "关于修路的建议") -> Id:
    id = draft_suggestion(workspace, title=title, lead=lead.id, issues=(), text="一、情况\n路不平。\n三、建议\n修。").id
    submit_suggestion(workspace, id)
    return id


@pytest.fixture
def way(workspace: Workspace, lead: Deputy, units: dict[str, Id]) -> Way:
    return Way(workspace, submitted(workspace, lead), units)


# --- whole ways -------------------------------------------------------------------------------------------------------


def test_returned_reviewed_objected_replied_twice_and_closed(way: Way, workspace: Workspace) -> None:
    way.take(E.RETURN, words="写明路段", remarks=("路不平｜哪一段？",), help_given="建议补充里程")
    assert way.state == S.RETURNED
    revise_suggestion(workspace, way.id)
    submit_suggestion(workspace, way.id)
    way.take(E.FIRST_REVIEW)
    way.take(E.SECOND_REVIEW)
    assert [(each.stage, each.round, each.outcome, each.body) for each in way.course.reviews] == [
        (ReviewStage.FIRST_REVIEW, 1, ReviewOutcome.RETURNED, "示例区人大代工委"),
        (ReviewStage.FIRST_REVIEW, 2, ReviewOutcome.PASSED, "示例区人大代工委"),
        (ReviewStage.SECOND_REVIEW, 2, ReviewOutcome.PASSED, "示例区人大代工委"),
    ]
    way.take(E.ACCEPT, case_number="第7号")
    way.take(E.ASSIGN, shares=[way.share("住建局", HandlingRole.LEAD), way.share("财政局", HandlingRole.CO)])
    assert (way.suggestion.assigned_on, way.suggestion.due_on) == (TODAY, date(2027, 2, 22))  # 21 February 2027 is a Sunday
    assert way.slip("财政局").due_on == date(2026, 12, 21)

    way.take(E.OBJECT, words="不属我局职责", slip=way.slip("住建局").id)
    assert way.state == S.OBJECTED
    way.take(E.ASSIGN, date(2026, 12, 1), shares=[way.share("交通局", HandlingRole.LEAD)])
    given_back = way.slip("住建局")
    assert (given_back.objection_upheld, given_back.objection_settled_on) == (True, date(2026, 12, 1))
    assert {each.unit for each in way.course.slips()} == {way.units["交通局"], way.units["财政局"]}
    assert (way.state, way.suggestion.due_on) == (S.ASSIGNED, date(2027, 3, 1))

    road = way.slip("交通局").id
    way.take(E.SIGN_FOR, slip=road, by="某某")
    way.take(E.SIGN_FOR, slip=way.slip("财政局").id, by="某某")  # one more unit: the state stays
    assert way.state == S.SIGNED_FOR
    assert way.hints(E.HANDLE, slip=road) == {"fixing_missing"}
    way.take(Note.FIX, slip=road, person_in_charge="科长", plan="分两期", planned_reply_on=date(2027, 2, 1))
    way.take(Note.CONTACT, words="看了现场", phase=Phase.BEFORE_HANDLING)
    assert way.hints(E.REPLY, words="列入计划", slip=road, reply_class="B") == {"co_opinion_missing"}
    assert E.EVALUATE not in handling_card(workspace, way.id).events
    way.evaluate(BAD, ask_again=True)
    assert way.state == S.EVALUATED

    way.take(E.REHANDLE, date(2027, 3, 10), words="代表不满意")
    again = way.slip("交通局")
    assert (again.round, again.due_on, way.course.round) == (2, date(2027, 4, 12), 2)
    way.take(E.REPLY, date(2027, 4, 1), words="已完工", reply_class="A")
    way.evaluate(GOOD)
    way.take(E.CLOSE, date(2027, 4, 6))
    assert (way.state, way.suggestion.closed_on) == (S.CLOSED, date(2027, 4, 6))
    assert [(each.round, each.reply_class, each.scheme) for each in way.course.replies] == [
        (1, "B", ReplyScheme.HUNAN_3),
        (2, "A", ReplyScheme.HUNAN_3),
    ]
    assert [(each.round, each.asks_again, each.result) for each in way.course.evaluations] == [(1, True, ""), (2, False, "")]


def test_what_was_planned_years_ago_is_struck_off_and_found_wanting(way: Way) -> None:
    way.to_units()
    way.take(E.REPLY, words="列入计划", reply_class="B")
    way.take(E.TRACK, promise="明年修通", promised_by=date(2027, 12, 31), watch_on=date(2027, 6, 1))
    way.take(Note.FOLLOW, date(2027, 6, 1), words="已开工", watch_on=date(2027, 12, 1))
    assert way.missing(E.CLEAR, words="修通了", class_change=ClassChange.RESOLVED) == {"evidence_missing"}
    assert way.missing(E.CLEAR, words="修通了", class_change=ClassChange.TRACKING, evidence="现场") == {"class_change_unfit"}
    way.take(E.CLEAR, date(2028, 1, 5), words="修通了", class_change=ClassChange.RESOLVED, evidence="现场查看")
    assert [(each.reply_class, each.class_change, each.supplementary) for each in way.course.replies] == [
        ("B", "", False),
        ("A", ClassChange.RESOLVED, True),
    ]
    (promise,) = way.course.commitments
    assert (promise.state, promise.cleared_on) == (CommitmentState.CLEARED, date(2028, 1, 5))
    assert promise.progress == "2027-06-01　已开工\n2028-01-05　修通了"
    assert (way.state, way.suggestion.closed_on) == (S.CLOSED, date(2028, 1, 5))

    way.take(E.CHECK_AGAIN, date(2028, 9, 1), words="回头看：又坏了", promise="重修", watch_on=date(2029, 1, 1))
    assert (way.state, way.suggestion.closed_on) == (S.TRACKING, None)
    assert way.course.replies[-1].class_change == ClassChange.RETROSPECTIVE_CHECK
    way.take(E.CLEAR, date(2029, 1, 5), words="规划改变", class_change=ClassChange.POLICY_CHANGED, evidence="新规划")
    assert way.course.replies[-1].reply_class == "C"
    assert way.course.commitments[-1].state == CommitmentState.DROPPED


def test_a_later_word_changes_the_class_with_reason_and_evidence_alone(way: Way) -> None:
    way.to_units()
    way.take(E.REPLY, words="列入计划", reply_class="B")
    late = Note.SUPPLEMENT
    assert way.missing(late, words="改口", reply_class="Z") >= {"reply_class_unknown"}
    assert way.missing(late, words="已办好", reply_class="A") == {"class_change_missing", "evidence_missing"}
    told: dict[str, Any] = {"words": "改口", "evidence": "现场查看"}
    assert way.missing(late, reply_class="C", class_change=ClassChange.TRACKING, **told) == {"class_way_closed"}
    way.take(late, words="再说明一次", reply_class="B")
    way.take(late, reply_class="A", class_change=ClassChange.RESOLVED, **told)
    assert way.missing(late, reply_class="B", class_change=ClassChange.TRACKING, **told) == {"class_way_closed"}
    assert [each.reply_class for each in way.course.replies] == ["B", "B", "A"]


def test_only_what_a_unit_answered_is_looked_back_at(way: Way) -> None:
    told: dict[str, Any] = {"words": "回头看：没有兑现", "promise": "重修", "watch_on": date(2027, 6, 1)}
    way.take(E.REFUSE, words="没有内容", refusal_code=RefusalCode.NO_SUBSTANCE, deputy_told_on=TODAY)
    way.take(E.ARCHIVE)
    assert handling_card(way.workspace, way.id).events == ()
    assert way.refused(E.CHECK_AGAIN, **told).code == "life_forbids"


def test_a_look_back_is_written_down_for_the_unit_it_is_about(way: Way) -> None:
    separate = HandlingRole.SEPARATE
    way.to_units(way.share("交通局", separate, "路面"), way.share("住建局", separate, "排水"))
    way.take(E.REPLY, words="路面已修", reply_class="A", slip=way.slip("交通局").id)
    way.take(E.REPLY, words="排水作参考", reply_class="C")
    way.take(E.CLOSE)
    told: dict[str, Any] = {"words": "回头看：没有修", "promise": "重修", "watch_on": date(2027, 6, 1)}
    assert way.missing(E.CHECK_AGAIN, reply=way.course.replies[1].id, **told) == {"turn_not_offered"}
    way.take(E.CHECK_AGAIN, **told)
    assert (way.course.replies[-1].unit, way.course.replies[-1].reply_class) == (way.units["交通局"], "B")
    assert [each.unit for each in way.course.commitments] == [way.units["交通局"]]


def test_what_was_promised_as_solved_is_looked_back_at_before_it_is_laid_aside(way: Way) -> None:
    way.to_units()
    way.take(E.REPLY, words="已采纳", reply_class="A")
    way.take(E.TRACK, promise="年底前开通", watch_on=date(2027, 6, 1))
    told: dict[str, Any] = {"words": "不办了", "evidence": "新规划"}
    assert way.missing(E.CLEAR, class_change=ClassChange.POLICY_CHANGED, **told) == {"turn_not_offered"}
    way.take(E.CLEAR, class_change=ClassChange.RESOLVED, **told)
    assert way.state == S.CLOSED


def test_several_promises_are_struck_off_one_by_one(way: Way) -> None:
    way.to_units()
    way.take(E.REPLY, words="列入计划", reply_class="B")
    way.take(E.TRACK, promise="修路", watch_on=date(2027, 6, 1))
    save(way.workspace, replace(way.course.commitments[0], id=way.workspace.clock.new_id(), promise="装灯"))
    told: dict[str, Any] = {"words": "完成", "class_change": ClassChange.RESOLVED, "evidence": "现场"}
    assert way.missing(E.CLEAR, **told) == {"commitment_missing"}
    way.take(E.CLEAR, commitment=way.course.commitments[0].id, **told)
    assert way.state == S.TRACKING
    way.take(E.CLEAR, **told)
    assert way.state == S.CLOSED


# --- units ------------------------------------------------------------------------------------------------------------


def test_separate_units_answer_one_by_one_and_the_last_answer_goes_on(way: Way) -> None:
    separate = HandlingRole.SEPARATE
    way.to_units(way.share("交通局", separate, "路面"), way.share("住建局", separate, "排水"))
    assert way.missing(E.REPLY, words="答复", reply_class="A") == {"slip_missing"}
    way.take(E.REPLY, words="路面已修", reply_class="A", slip=way.slip("交通局").id)
    assert way.state == S.ASSIGNED
    assert way.missing(E.REPLY, words="又答", reply_class="A", slip=way.slip("交通局").id) == {"slip_unknown"}
    way.take(E.REPLY, words="排水列入计划", reply_class="B")
    assert way.state == S.REPLIED
    first, second = way.course.answers()
    way.evaluate(GOOD)
    assert (way.state, [each.limit.of for each in suggestion_limits(way.workspace)]) == (S.EVALUATED, [second.id])
    way.evaluate(BAD, ask_again=True)
    assert suggestion_limits(way.workspace) == ()
    assert (way.state, [each.reply for each in way.course.evaluations]) == (S.EVALUATED, [first.id, second.id])
    way.take(E.REHANDLE, words="排水重办")
    assert [each.unit for each in way.course.slips()] == [way.units["住建局"]]


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (["co_handler"], "nobody_answers"),
        (["lead_handler", "lead_handler"], "roles_mixed"),
        (["sole_handler", "co_handler"], "roles_mixed"),
        (["lead_handler", "separate_handlers"], "roles_mixed"),
        (["separate_handlers", "separate_handlers"], "part_missing"),
        ([], "shares_missing"),
    ],
)
def test_parts_that_do_not_fit_together(way: Way, roles: list[str], code: str) -> None:
    way.take(E.ACCEPT, case_number="第7号")
    names = ["交通局", "财政局"]
    shares = [way.share(name, HandlingRole(role)) for name, role in zip(names, roles, strict=False)]
    assert code in way.missing(E.ASSIGN, shares=shares)


def test_a_unit_stands_in_an_assignment_once(way: Way) -> None:
    way.take(E.ACCEPT, case_number="第7号")
    shares = [way.share("交通局", HandlingRole.LEAD), way.share("交通局", HandlingRole.CO)]
    assert way.missing(E.ASSIGN, shares=shares) == {"unit_twice"}


def test_an_objection_that_is_not_upheld_leaves_the_matter_where_it_is(way: Way) -> None:
    way.to_units()
    way.take(E.OBJECT, words="不属我局职责")
    assert way.missing(E.KEEP) == {"step_words_missing"}
    way.take(E.KEEP, words="属其职责")
    slip = way.slip("交通局")
    assert (way.state, slip.objection_upheld, slip.objection_settled_on) == (S.ASSIGNED, False, TODAY)
    way.take(E.OBJECT, words="仍不属我局")
    assert way.state == S.OBJECTED


def test_a_longer_period_is_agreed_and_not_beyond_the_law(way: Way) -> None:
    way.to_units()
    assert way.missing(Note.EXTEND, words="涉及面广", extended_to=date(2027, 1, 1)) == {"extended_not_longer"}
    assert way.hints(Note.EXTEND, words="涉及面广", extended_to=date(2027, 8, 1)) == {"extended_too_far"}
    way.take(Note.EXTEND, words="涉及面广")
    assert (way.slip("交通局").extended_to, way.suggestion.extended_due_on) == (date(2027, 5, 21), date(2027, 5, 21))


def test_a_co_handler_tells_the_lead_its_opinion(way: Way) -> None:
    way.to_units(way.share("交通局", HandlingRole.LEAD), way.share("财政局", HandlingRole.CO))
    way.take(Note.CO_OPINION, words="可安排资金", on=date(2026, 12, 1))
    slip = way.slip("财政局")
    assert (slip.co_handler_opinion, slip.co_handler_opinion_on) == ("可安排资金", date(2026, 12, 1))


# --- supervision, key suggestions, what came of it --------------------------------------------------------------------


def test_what_is_struck_off_by_its_step_stands_so_in_what_is_tracked(way: Way) -> None:
    way.to_units()
    way.take(E.SIGN_FOR, by="张某某")
    way.take(E.HANDLE)
    way.take(E.REPLY, words="列入计划", slip=way.slip("交通局").id, reply_class="B")
    way.take(E.TRACK, promise="明年修通", watch_on=date(2027, 6, 1))
    way.take(E.CLEAR, words="修通了", class_change=ClassChange.RESOLVED, evidence="现场查看")
    (row,) = tracked(way.workspace, Wanted(group=TrackedGroup.ALL)).rows
    assert (row.first_class, row.now_class, row.standing) == ("B", "A", Standing.SOLVED)
    changed = tracked_card(way.workspace, row.id).item.changes
    assert [(each.class_change, each.evidence) for each in changed] == [(ClassChange.RESOLVED, "现场查看")]


def test_supervision_priority_disclosure_and_outcomes_stand_beside_the_course(way: Way) -> None:
    way.to_units()
    way.take(Note.PRIORITISE, priority="交通基础设施", supervising_leader="副主任某", official_in_charge="副区长某")
    way.take(
        Note.SUPERVISE,
        supervision_way=SupervisionWay.SPECIAL_INQUIRY,
        place="区人大",
        present=(FivePresent.LEADER, FivePresent.DEPUTY),
        attended="代表五人",
        words="要求年内完工",
    )
    way.take(Note.DISCLOSE, disclosed_at="区政府网站")
    way.take(Note.OUTCOME, outcome_type=OutcomeType.FUNDS, name="专项资金", amount=200_000_00, document_no="示例发〔2026〕1号")
    suggestion, course = way.suggestion, way.course
    assert (suggestion.priority, suggestion.official_in_charge, suggestion.priority_on) == ("交通基础设施", "副区长某", TODAY)
    assert (suggestion.disclosed, suggestion.disclosed_on, suggestion.disclosed_at) == (True, TODAY, "区政府网站")
    (event,) = course.supervisions
    assert (event.way, event.place, event.present, event.attended) == (
        SupervisionWay.SPECIAL_INQUIRY,
        "区人大",
        (FivePresent.LEADER, FivePresent.DEPUTY),
        "代表五人",
    )
    assert [(each.name, each.amount) for each in course.outcomes] == [("专项资金", 200_000_00)]
    assert way.state == S.ASSIGNED


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_not_handled_as_a_suggestion_only_after_talking_with_the_deputy(way: Way) -> None:
    assert way.missing(E.REFUSE) == {"step_words_missing", "refusal_code_missing", "deputy_not_told"}
    way.take(E.REFUSE, words="个人问题", refusal_code=RefusalCode.OWN_OR_RELATIVE, deputy_told_on=TODAY)
    (review,) = way.course.reviews
    assert (way.state, review.refusal_code, review.deputy_told_on) == (S.NOT_PROCESSED, "own_or_relative", TODAY)


def test_no_other_congress_reviews_it(way: Way) -> None:
    assert way.missing(E.FIRST_REVIEW, review_body="示例省人民代表大会议案组") == {"reviewed_elsewhere"}
    way.take(E.FIRST_REVIEW, review_body="某某街道人大工委")
    assert way.course.reviews[0].body == "某某街道人大工委"


def test_what_the_life_or_the_state_forbids_is_refused_in_words(way: Way) -> None:
    assert way.refused(E.ASSIGN, shares=[way.share("交通局")]).code == "life_forbids"
    assert way.refused(Note.CO_OPINION, words="同意").code == "note_unfit"
    assert way.missing(E.FIRST_REVIEW, on=date(2026, 11, 1)) == {"step_before_submission"}


def test_a_merge_leads_to_another_suggestion_and_not_back(way: Way, lead: Deputy) -> None:
    other = Way(way.workspace, submitted(way.workspace, lead, "关于修桥的建议"), way.units)
    assert way.missing(E.MERGE, merged_into=way.id) == {"merge_circle"}
    way.take(E.MERGE, merged_into=other.id)
    assert other.missing(E.MERGE, merged_into=way.id) == {"merge_circle"}
    assert (way.state, way.suggestion.merged_into) == (S.MERGED, other.id)


# --- undo, drafts, meetings -------------------------------------------------------------------------------------------


def test_a_step_is_taken_back_by_its_undo_and_by_the_last_change(way: Way, workspace: Workspace) -> None:
    done = way.take(E.FIRST_REVIEW)
    take_back(workspace, done)
    assert (way.state, way.course.reviews) == (S.SUBMITTED, ())
    way.to_units()
    undo_last(workspace, way.id)
    assert (way.state, way.course.assignments, way.suggestion.due_on) == (S.ACCEPTED, (), None)
    way.take(E.ASSIGN, shares=[way.share("交通局")])
    way.take(Note.SUPERVISE, supervision_way=SupervisionWay.ON_SITE)
    undo_last(workspace, way.id)
    assert (way.course.supervisions, way.state) == ((), S.ASSIGNED)


def test_submission_is_not_taken_back(way: Way, workspace: Workspace) -> None:
    with pytest.raises(Refused, match="undo_frozen"):
        undo_last(workspace, way.id)


def test_a_saved_step_forgets_its_draft(way: Way, workspace: Workspace) -> None:
    entry = Entry(on=TODAY, words="写明路段", fields={"remarks": ("甲｜乙",)}, shares=(way.share("交通局"),))
    keep_draft(workspace, step_key(way.id, E.RETURN), STEP_DRAFT, entry_told(way.suggestion, E.RETURN, entry))
    assert unsaved_steps(workspace, way.id) == {E.RETURN: entry}
    way.take(E.RETURN, words="写明路段")
    assert not drafts(workspace)


def test_a_meeting_decides_of_many_at_once(way: Way, workspace: Workspace, lead: Deputy) -> None:
    others = [submitted(workspace, lead, f"关于第{number}条路的建议") for number in range(3)]
    ids = [way.id, *others]
    decided = decide_together(workspace, ids, E.FIRST_REVIEW, Entry(on=TODAY, words="代工委会议研究"))
    assert decided.ids == tuple(ids)
    ways = [Way(workspace, each, way.units) for each in ids]
    assert [each.state for each in ways] == [S.FIRST_REVIEW] * 4
    assert {review.reason for each in ways for review in each.course.reviews} == {"代工委会议研究"}
    undo_last(workspace, others[1])
    assert [each.state for each in ways] == [S.SUBMITTED] * 4


def test_a_meeting_accepts_many_each_with_its_own_number(way: Way, workspace: Workspace, lead: Deputy) -> None:
    ids = [way.id, submitted(workspace, lead, "关于修桥的建议")]
    entry = Entry(on=TODAY, fields={"case_number": "第7号"})
    for numbers, code in ((("第7号", "第7号"), "case_number_twice"), (("第7号", ""), "decision_refused")):
        with pytest.raises(Refused) as caught:
            decide_together(workspace, ids, E.ACCEPT, entry, dict(zip(ids, numbers, strict=True)))
        assert caught.value.code == code
        assert way.state == S.SUBMITTED
    decide_together(workspace, ids, E.ACCEPT, entry, dict(zip(ids, ("第7号", "第9号"), strict=True)))
    ways = [Way(workspace, each, way.units) for each in ids]
    assert [(each.state, each.suggestion.case_number) for each in ways] == [(S.ACCEPTED, "第7号"), (S.ACCEPTED, "第9号")]
    undo_last(workspace, ids[1])
    assert [(each.state, each.suggestion.case_number) for each in ways] == [(S.SUBMITTED, "")] * 2


def test_a_meeting_decides_all_or_nothing(way: Way, workspace: Workspace, lead: Deputy) -> None:
    other = submitted(workspace, lead, "关于修桥的建议")
    Way(workspace, other, way.units).take(E.FIRST_REVIEW)
    with pytest.raises(Refused) as caught:
        decide_together(workspace, [way.id, other], E.FIRST_REVIEW, Entry(on=TODAY))
    assert (caught.value.code, caught.value.facts["title"]) == ("decision_refused", "关于修桥的建议")
    assert way.state == S.SUBMITTED
    with pytest.raises(Refused, match="not_decided_together"):
        decide_together(workspace, [way.id], E.ASSIGN, Entry(on=TODAY))
    elsewhere = a_deputy(workspace, "代表乙", congress=workspace.clock.new_id())
    save(workspace, elsewhere)
    with pytest.raises(Refused, match="bodies_mixed"):
        decide_together(workspace, [way.id, submitted(workspace, elsewhere)], E.FIRST_REVIEW, Entry(on=TODAY))


def test_a_returned_suggestion_is_written_at_again(way: Way, workspace: Workspace) -> None:
    way.take(E.RETURN, words="写明路段")
    sheet = revise_suggestion(workspace, way.id).sheet
    amended = replace(sheet, suggestion=replace(sheet.suggestion, text="一、情况\n东街不平。\n三、建议\n修东街。"))
    amend_suggestion(workspace, amended)
    submit_suggestion(workspace, way.id)
    assert (way.state, way.course.submission) == (S.SUBMITTED, 2)
