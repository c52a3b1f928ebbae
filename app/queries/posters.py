"""Posters with a code (联络站二维码公示牌, 代表二维码公示牌): how residents reach the station and its deputies."""

from collections.abc import Iterator
from typing import Final

from app.domain.papers import PaperName
from app.domain.people import Deputy
from app.domain.reception_papers import Poster
from app.domain.station import Station
from app.domain.values import Id, wording
from app.errors import Refused
from app.queries.deputies import register
from app.queries.reception_notice import next_day_told
from app.queries.record import record
from app.queries.relations import own_station
from app.queries.rota import ahead
from app.workspace import Workspace

_PAGE: Final = "扫码进入网上联络站，留下您的意见和建议"
_CARD: Final = "扫码保存联络站的地址和电话"
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"})


def station_poster(workspace: Workspace) -> Poster:
    """The station with its address, telephone and days; the code leads to its page on the web, else it is its visiting card."""
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
        next_day = next_day_told(ahead(connection, workspace.clock.today().date()))
    standing = [each.name for each in register(workspace) if not each.ended]
    return Poster(
        name=PaperName.STATION_POSTER,
        title=station.name,
        under="有事找代表　民声有回应",
        code=station.online_page.strip() or _card(station),
        scan=_PAGE if station.online_page.strip() else _CARD,
        facts=(*_reached(station, next_day), *([("驻站代表", "、".join(standing))] if standing else [])),
        station=station.name,
    )


def deputy_poster(workspace: Workspace, id: Id) -> Poster:
    """A deputy and where they can be met; nothing of it is the deputy's own telephone or address.

    Raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`.
    """
    deputy = record(workspace, id).record
    if not isinstance(deputy, Deputy):
        raise Refused("paper_other_kind", paper=PaperName.DEPUTY_POSTER, kind=deputy.traits.name)
    with workspace.reading() as connection:
        station = own_station(workspace, connection)
        days = [each for each in ahead(connection, workspace.clock.today().date()) if id in each.deputies]
    return Poster(
        name=PaperName.DEPUTY_POSTER,
        title=deputy.name,
        under="　".join(part for part in (f"{wording(deputy.level)}人大代表", deputy.deputy_group or deputy.delegation) if part),
        code=station.online_page.strip() or _card(station, deputy.name),
        scan=_PAGE if station.online_page.strip() else _CARD,
        facts=(("联络站", station.name), *_reached(station, next_day_told(days))),
        station=station.name,
    )


def _reached(station: Station, next_day: str) -> Iterator[tuple[str, str]]:
    told = (
        ("地　　址", station.place),
        ("电　　话", station.office_phone),
        ("接待安排", station.reception_rule),
        ("下次接待", next_day),
    )
    return (each for each in told if each[1].strip())


def _card(station: Station, deputy: str = "") -> str:
    """A visiting card as telephones take it up (vCard 3.0, RFC 2426)."""
    name = f"{station.name}（{deputy}代表）" if deputy else station.name
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{_told(name)}", f"N:{_told(name)};;;;", f"ORG:{_told(station.name)}"]
    lines += [f"TEL:{station.office_phone.strip()}"] if station.office_phone.strip() else []
    lines += [f"ADR:;;{_told(station.place)};;;;"] if station.place.strip() else []
    return "\r\n".join([*lines, "END:VCARD", ""])


def _told(text: str) -> str:
    return text.strip().translate(_ESCAPED)
