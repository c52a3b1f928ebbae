"""Invented visits: receptions, outreach and other activities, with those who came."""

from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import accumulate
from typing import Final

from app.domain.activity import MEETING
from app.domain.campaign import fitting
from app.domain.encounter import AgeBand, Encounter, Party
from app.domain.people import Contact, Deputy, Sex
from app.domain.records import Record
from app.domain.visit import Attendance, CheckIn, MeetingWay, Presence, Speech, Visit, VisitKind
from app.use_cases.invented.words import Activity, Scene, Topic
from app.use_cases.invented.world import World

_SPOKEN_AT: Final = frozenset(
    {VisitKind.RESEARCH_ACTIVITY, VisitKind.GROUP_ACTIVITY, VisitKind.SYMPOSIUM, VisitKind.COMMITTEE_CONTACT}
)
_WAYS: Final = {
    VisitKind.RECEPTION: (MeetingWay.RECEPTION_DAY, MeetingWay.RECEPTION_DAY, MeetingWay.APPOINTMENT),
    VisitKind.OUTREACH: (MeetingWay.AT_HOME,),
    VisitKind.SYMPOSIUM: (MeetingWay.SYMPOSIUM,),
}
_PREFIX: Final = {VisitKind.RECEPTION: "接", VisitKind.OUTREACH: "走"}
_AGES: Final = (AgeBand.YOUNG, AgeBand.MIDDLE, AgeBand.MIDDLE, AgeBand.OLD, AgeBand.OLD)
_HOURS: Final = (8, 9, 9, 9, 14, 14, 15, 18)


class Visits:
    """Makes visits one after the other, `encounters` residents at each reception and outreach on average."""

    def __init__(self, world: World, encounters: int) -> None:
        self._world = world
        self._encounters = encounters
        self._activities = world.speaker.vocabulary.activities
        self._weights = tuple(accumulate(each.weight for each in self._activities))
        self._meetings = tuple(each for each in self._activities if each.kind in MEETING)

    def visit(self, number: int, day: date, *, meeting: bool) -> Visit:
        """A visit of that number and day; where an issue comes from it, it is one at which residents are met."""
        world = self._world
        activity = self._activity(meeting=meeting)
        topic, second = world.topic(), world.topic()
        at = world.speaker.one(activity.at, {})
        scene = {"at": at, "topic": topic.name, "topic_two": second.name, "unit": world.unit_of(topic).short}
        here = _some(world, world.deputies, activity.most)
        on = world.rest_day_after(day) if not meeting and activity.kind in MEETING and world.happens(0.08) else day
        hour = world.pick(_HOURS)
        campaign = fitting(world.campaigns, on, activity.kind)
        return Visit(
            id=world.new_id(),
            visit_kind=activity.kind,
            number=f"{_PREFIX.get(activity.kind, '活')}{on.year}-{number:05d}",
            station=world.station,
            on=on,
            starts=time(hour, world.pick((0, 0, 30))),
            ends=time(hour + world.chance.randint(1, 3), 30),
            late_entry=world.happens(0.05),
            place=at,
            way=world.pick(_WAYS[activity.kind]) if activity.kind in _WAYS else "",
            theme=world.speaker.one(activity.theme, scene),
            campaign=campaign.id if campaign else "",
            deputies=tuple(each.id for each in here),
            deputy_group=here[0].deputy_group if activity.kind is VisitKind.GROUP_ACTIVITY else "",
            recorder=world.staff.officer,
            explained=world.say("explained", scene) if activity.kind is VisitKind.OUTREACH else "",
            course=self._course(activity, topic, scene),
            deputy_signed=True,
            recorder_signed=True,
        )

    def people(self, visit: Visit, raising: int) -> Iterator[Record]:
        """Those who were expected, and those met besides the ones who raise an issue; nobody where none are wanted."""
        if not self._encounters:
            return
        yield from self._attendance(visit)
        if visit.visit_kind in _SPOKEN_AT:
            yield from self._speeches(visit)
        if visit.visit_kind in MEETING:
            for _ in range(self._world.chance.randint(1, 2 * self._encounters) - raising):
                scene = self._world.scene(self._world.topic())
                yield from resident(self._world, visit, scene, raised=self._world.say("raised", scene))

    def _activity(self, *, meeting: bool) -> Activity:
        if meeting:
            return self._world.pick(self._meetings)
        return self._world.chance.choices(self._activities, cum_weights=self._weights)[0]

    def _course(self, activity: Activity, topic: Topic, scene: Scene) -> str:
        speaker = self._world.speaker
        told = speaker.one(activity.course, scene)
        if self._world.happens(0.5):
            fact = self._world.pick(topic.matters)["fact"]
            told += speaker.say(f"有群众提到，{fact}。", {"at": speaker.say(topic.at, {})})
        return told

    def _speeches(self, visit: Visit) -> Iterator[Speech]:
        """What some of the deputies said, each of them once."""
        world = self._world
        topic = world.topic()
        names = {each.id: each for each in world.deputies}
        for order, deputy in enumerate(visit.deputies[:3], start=1):
            said = world.speaker.one((*topic.cause, *topic.demand), world.scene(topic))
            yield Speech(
                id=world.new_id(), visit=visit.id, order=order, deputy=deputy, name=names[deputy].name, words=f"{said}。"
            )

    def _attendance(self, visit: Visit) -> Iterator[Attendance]:
        world = self._world
        names = {each.id: each for each in world.deputies}
        for deputy in visit.deputies:
            yield self._present(visit, names[deputy])
        if visit.visit_kind not in MEETING and world.happens(0.4):
            away = world.pick(world.deputies)
            if away.id not in visit.deputies:
                reason = world.say("leave_reason", {})
                yield Attendance(
                    id=world.new_id(),
                    visit=visit.id,
                    deputy=away.id,
                    name=away.name,
                    part="人大代表",
                    presence=Presence.ON_LEAVE,
                    leave_reason=reason,
                )

    def _present(self, visit: Visit, deputy: Deputy) -> Attendance:
        return Attendance(
            id=self._world.new_id(),
            visit=visit.id,
            deputy=deputy.id,
            name=deputy.name,
            part="人大代表",
            presence=Presence.PRESENT,
            check_in=self._world.pick((CheckIn.SIGNED, CheckIn.SIGNED, CheckIn.QR_CHECK_IN)),
            arrived=visit.starts,
            left=visit.ends,
            signed=True,
        )


def resident(world: World, visit: Visit | None, scene: Scene, *, raised: str = "", nameless: bool = True) -> Iterator[Record]:
    """Somebody with the matter of a scene, then how to reach them; `nameless` where they may stay anonymous."""
    household = visit is not None and visit.visit_kind is VisitKind.OUTREACH and world.happens(0.4)
    anonymous = nameless and not household and world.happens(0.08)
    encounter = Encounter(
        id=world.new_id(),
        visit=visit.id if visit else "",
        party=Party.HOUSEHOLD if household else Party.PERSON,
        name="" if anonymous else world.speaker.person(),
        anonymous=anonymous,
        people=world.chance.randint(2, 6) if household else 1,
        sex=world.pick((Sex.MALE, Sex.FEMALE)),
        age_band=world.pick(_AGES),
        village=world.say("community" if world.happens(0.5) else "village", {}),
        confidential=world.happens(0.03),
        raised=raised,
        handled_on_spot=world.say("settled_on_spot", scene) if visit and world.happens(0.5) else "",
        signed=visit is not None and not anonymous,
    )
    yield encounter
    if not anonymous and world.happens(0.5):
        address = world.say("home", {})
        yield Contact(id=world.new_id(), of=encounter.id, phone=world.speaker.phone(), address=f"示例街道{address}")


def _some(world: World, deputies: Sequence[Deputy], most: int) -> list[Deputy]:
    return world.chance.sample(deputies, world.chance.randint(1, min(most, len(deputies))))
