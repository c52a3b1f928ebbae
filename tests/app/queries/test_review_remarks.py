"""Remarks of every review on places of the text, the newest review first."""

from datetime import date

from app.domain.review import Review, ReviewOutcome, ReviewStage
from app.domain.suggestion import Suggestion
from app.queries.review_remarks import remarks_on
from app.workspace import Workspace
from tests.builders import save


def test_remarks_of_pre_reviews_and_of_reviews_after_submission_stand_together(workspace: Workspace) -> None:
    new_id = workspace.clock.new_id
    about = Suggestion(id=new_id(), subject="关于路灯的建议", text="甲")
    before = Review(
        id=new_id(), suggestion=about.id, stage=ReviewStage.PRE_REVIEW, round=1, outcome=ReviewOutcome.RETURNED,
        help_given="第2段「路灯」：写明盏数\n标题宜短", decided_on=date(2026, 1, 5),
    )  # fmt: skip
    after = Review(
        id=new_id(), suggestion=about.id, stage=ReviewStage.FIRST_REVIEW, round=1, outcome=ReviewOutcome.RETURNED,
        remarks=("路不平｜哪一段？",), decided_on=date(2026, 2, 5),
    )  # fmt: skip
    other = Review(id=new_id(), suggestion=new_id(), remarks=("甲｜乙",), decided_on=date(2026, 3, 5))
    save(workspace, about, before, after, other)
    told = [(each.stage, each.remark.paragraph, each.remark.quote, each.remark.words) for each in remarks_on(workspace, about.id)]
    assert told == [(ReviewStage.FIRST_REVIEW, 0, "路不平", "哪一段？"), (ReviewStage.PRE_REVIEW, 2, "路灯", "写明盏数")]
