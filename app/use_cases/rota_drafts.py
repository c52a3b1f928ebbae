"""What was typed of the rota and never saved: a plan of several days, the change of one."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any, Final

from app.domain.drafted import refused_as
from app.domain.rota import RestDay, Rhythm, RotaPlan
from app.domain.values import Id, Json
from app.errors import Refused
from app.use_cases.drafts import drafts
from app.use_cases.rota import DayChange
from app.workspace import Workspace

DRAFT: Final = "visit"
"""The kind of the drafts: what is planned are visits."""

PLAN_KEY: Final = "rota:plan"
_DAY_KEY: Final = "rota:day:"


def day_key(id: Id) -> str:
    """The name under which the change of a reception day is kept."""
    return f"{_DAY_KEY}{id}"


def day_of(key: str) -> Id:
    """The reception day whose change is kept under a key; empty for the plan."""
    return key.removeprefix(_DAY_KEY) if key.startswith(_DAY_KEY) else ""


def rota_told(typed: RotaPlan | DayChange) -> dict[str, Json]:
    """What was typed as plain JSON, its members named as a visit's where they are the same."""
    return {each.name: _plain(getattr(typed, each.name)) for each in fields(typed)}


def unsaved_plan(workspace: Workspace) -> RotaPlan | None:
    """The plan that was begun; what this program cannot read is left alone."""
    body = _kept(workspace, PLAN_KEY)
    try:
        return plan_drafted(body) if body else None
    except Refused:
        return None


def unsaved_day(workspace: Workspace, id: Id) -> DayChange | None:
    """The change of a reception day that was begun; what this program cannot read is left alone."""
    body = _kept(workspace, day_key(id))
    try:
        return day_drafted(body) if body else None
    except Refused:
        return None


def plan_drafted(body: Mapping[str, Any]) -> RotaPlan:
    """The plan that `rota_told` told of; raises `Refused("field_malformed")` for anything else."""
    with refused_as(DRAFT):
        return RotaPlan(
            first=date.fromisoformat(body["first"]),
            last=date.fromisoformat(body["last"]),
            rhythm=Rhythm(body["rhythm"]),
            weekday=int(body["weekday"]),
            which=int(body["which"]),
            month_day=int(body["month_day"]),
            rest_day=RestDay(body["rest_day"]),
            deputies=tuple(map(str, body["deputies"])),
            together=int(body["together"]),
            starts=_hour(body["starts"]),
            ends=_hour(body["ends"]),
            place=str(body["place"]),
            theme=str(body["theme"]),
        )


def day_drafted(body: Mapping[str, Any]) -> DayChange:
    """The change that `rota_told` told of; raises `Refused("field_malformed")` for anything else."""
    with refused_as(DRAFT):
        return DayChange(
            on=date.fromisoformat(body["on"]),
            starts=_hour(body["starts"]),
            ends=_hour(body["ends"]),
            place=str(body["place"]),
            theme=str(body["theme"]),
            deputies=tuple(map(str, body["deputies"])),
        )


def _kept(workspace: Workspace, key: str) -> Mapping[str, Json] | None:
    return next((each.body for each in drafts(workspace) if each.key == key), None)


def _plain(value: object) -> Json:
    match value:
        case time():
            return value.isoformat("minutes")
        case date():
            return value.isoformat()
        case tuple():
            return [str(each) for each in value]
        case int():
            return value
    return str(value) if value is not None else ""


def _hour(told: str) -> time | None:
    return time.fromisoformat(told) if told else None
