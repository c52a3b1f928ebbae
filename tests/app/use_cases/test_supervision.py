"""Every way in which a suggestion is supervised: written down with its day, its place and who came, and told on the timeline."""

from datetime import date

import pytest

from app.domain.handling import FivePresent, SupervisionWay
from app.domain.people import Deputy
from app.domain.suggestion_steps import Note
from app.queries.suggestion_handling import handling_card
from app.workspace import Workspace
from tests.app.use_cases.test_suggestion_steps import Way, cheap, lead, units, way

__all__ = ["cheap", "lead", "units", "way"]

NAMED_BY_BULLETINS = {
    SupervisionWay.SPECIAL_INQUIRY: "专题询问",
    SupervisionWay.THEMATIC_INSPECTION: "专题视察",
    SupervisionWay.SUMMON_TALK: "约谈",
    SupervisionWay.PUBLISHED: "媒体公开",
    SupervisionWay.CLEARANCE: "清零行动",
    SupervisionWay.COLLECTIVE_STUDY: "集体研究",
}


def test_the_ways_that_the_bulletins_name_are_there() -> None:
    assert {each: each.label for each in NAMED_BY_BULLETINS} == NAMED_BY_BULLETINS


@pytest.mark.parametrize("how", list(SupervisionWay))
def test_it_stands_on_the_timeline_with_day_place_and_who_came(
    way: Way, workspace: Workspace, lead: Deputy, how: SupervisionWay
) -> None:
    way.to_units()
    day = date(2026, 12, 8)
    way.take(
        Note.SUPERVISE,
        day,
        words="要求年内完工",
        supervision_way=how,
        place="区人大会议室",
        deputies=(lead.id,),
        present=(FivePresent.DEPUTY, FivePresent.MEDIA),
        attended="代表五人",
        demand="每月通报",
    )
    card = handling_card(workspace, way.id)
    (event,) = card.course.supervisions
    assert (event.way, event.on, event.place, event.deputies, event.attended) == (
        how,
        day,
        "区人大会议室",
        (lead.id,),
        "代表五人",
    )
    assert event.present == (FivePresent.DEPUTY, FivePresent.MEDIA)
    (line,) = [each for each in card.timeline if each.code == Note.SUPERVISE]
    told = [part.value for row in line.told for part in row]
    assert line.on == day
    assert told[:2] == [how, "区人大会议室"]
    assert {"代表五人", lead.name, "要求年内完工", "每月通报"} <= {each for each in told if isinstance(each, str)}
