"""Talks and reviews: what was said about a suggestion before and while it is handled, and who let it pass."""

from datetime import date

from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet, Id


class Phase(CodeSet):
    """When a talk took place; the last three are the three visits (三访)."""

    BEFORE_SUBMISSION = "before_submission", "提出前沟通"
    BEFORE_HANDLING = "before_handling", "办前联系"
    DURING_HANDLING = "during_handling", "办中沟通"
    AFTER_HANDLING = "after_handling", "办后回访"


class TalkWay(CodeSet):
    """How the sides talked."""

    FACE_TO_FACE = "face_to_face", "面商"
    ON_SITE = "on_site", "实地"
    SYMPOSIUM = "symposium", "座谈"
    PHONE = "phone", "电话"
    WRITTEN = "written", "书面"
    MESSAGE = "message", "短信（网络）"


class ReviewStage(CodeSet):
    """The steps of review, of which a profile may take some."""

    PRE_REVIEW = "pre_review", "预审"
    FIRST_REVIEW = "first_review", "初审"
    SECOND_REVIEW = "second_review", "复审"


class ReviewOutcome(CodeSet):
    """What a review decided; the words of a refusal come from the rule profile (decision 26)."""

    PASSED = "passed", "通过"
    RETURNED = "returned", "退回修改"
    NOT_PROCESSED = "not_processed_as_suggestion", "不作建议处理"
    REFERENCE_MATERIAL = "reference_material", "转作参阅件"
    DEPUTY_LETTER = "deputy_letter", "按代表来信处理"
    MERGED = "merged", "并案"


class RefusalCode(CodeSet):
    """Why something is not handled as a suggestion: the negative list N01 to N13 of the domain brief (1.5), in its order."""

    OWN_OR_RELATIVE = "own_or_relative", "代表本人及亲属个人问题"
    OWN_EMPLOYER = "own_employer", "代表所在单位个别问题"
    FORWARDING_LETTERS = "forwarding_letters", "代转群众信件、他人材料"
    CONCRETE_CASE = "concrete_case", "具体司法、监察案件"
    ACCUSATION = "accusation", "检举、控告、申诉"
    ACADEMIC_OR_PROMOTION = "academic_or_promo", "学术探讨、产品推介"
    NO_SUBSTANCE = "no_substance", "没有实际内容"
    TENDER = "tender", "具体招投标、经济活动"
    WRONG_LEVEL = "wrong_level", "不属本级职权范围"
    SELF_INTEREST = "self_interest", "涉及个人利益、不当竞争"
    UNLAWFUL = "unlawful", "违反法律法规"
    SECRET = "secret", "涉密，应走保密渠道"
    SEVERAL_MATTERS = "multi_topic", "不是一事一议"


@kind("consultation", "沟通联系")
class Consultation(Record):
    """One talk between deputy and unit, before submission or during handling."""

    suggestion: Id = about("代表建议", to="suggestion")
    assignment: Id = about("交办", to="assignment")
    unit: Id = about("单位", to="unit")
    deputies: tuple[Id, ...] = about("参加代表", to="deputy")
    phase: Code[Phase] = about("阶段")
    way: Code[TalkWay] = about("方式")
    on: date | None = about("日期")
    place: str = about("地点", searched=True)
    unit_people: str = about("单位参加人员", searched=True)
    led_by_leader: bool = about("单位负责人带队")
    account: str = about("沟通情况", searched=True)
    conclusion: str = about("沟通结果", searched=True)

    def title(self) -> str:
        return self.conclusion[:40]

    def day(self) -> date | None:
        return self.on


@kind("review", "审查", groups=(("outcome", "reason", "decided_on", "refusal_code"),))
class Review(Record):
    """One review of one round, by one person or body (代表团, 议案组, 街道工委 …)."""

    suggestion: Id = about("代表建议", to="suggestion")
    stage: Code[ReviewStage] = about("环节")
    round: int = about("轮次")
    body: str = about("审查机构", searched=True)
    reviewer: str = about("审查人", searched=True)
    outcome: Code[ReviewOutcome] = about("审查结果")
    reason: str = about("理由", searched=True)
    help_given: str = about("修改建议", searched=True)
    remarks: tuple[str, ...] = about("文中批注", searched=True)
    refusal_code: Code[RefusalCode] = about("不作建议处理情形")
    deputy_told_on: date | None = about("告知代表日期")
    merged_into: Id = about("并入建议", to="suggestion")
    decided_on: date | None = about("审查日期")

    def title(self) -> str:
        return self.body

    def day(self) -> date | None:
        return self.decided_on
