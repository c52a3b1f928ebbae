"""The posters: a code that telephones take up, and nothing of a deputy that is private."""

from dataclasses import replace

import pytest

from app.domain.station import Station
from app.errors import Refused
from app.queries.posters import deputy_poster, station_poster
from app.queries.relations import own_station
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_issue, save


def told(workspace: Workspace, **facts: str) -> Station:
    with workspace.reading() as connection:
        station = replace(own_station(workspace, connection), name="某某联络站", **facts)  # type: ignore[arg-type]  # texts
    save(workspace, station)
    return station


def test_without_a_page_the_code_is_the_station_s_visiting_card(workspace: Workspace) -> None:
    told(workspace, place="东街3号，二楼;甲座", office_phone="0731-80000000")
    poster = station_poster(workspace)
    assert poster.code.splitlines() == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:某某联络站",
        "N:某某联络站;;;;",
        "ORG:某某联络站",
        "TEL:0731-80000000",
        "ADR:;;东街3号，二楼\\;甲座;;;;",
        "END:VCARD",
    ]
    assert ("电　　话", "0731-80000000") in poster.facts
    assert "保存" in poster.scan


def test_with_a_page_the_code_leads_there(workspace: Workspace) -> None:
    told(workspace, online_page=" https://example.invalid/station ")
    poster = station_poster(workspace)
    assert poster.code == "https://example.invalid/station"
    assert "网上联络站" in poster.scan


def test_a_deputy_s_poster_leads_to_the_station_and_tells_nothing_private(workspace: Workspace) -> None:
    told(workspace, office_phone="0731-80000000")
    deputy = a_deputy(workspace, "代表甲")
    save(workspace, deputy, a_contact(workspace, deputy.id, phone="13811112222"))
    poster = deputy_poster(workspace, deputy.id)
    assert (poster.title, poster.told) == ("代表甲", "代表甲")
    assert "13811112222" not in repr(poster)
    assert "FN:某某联络站（代表甲代表）" in poster.code
    issue = an_issue(workspace)
    save(workspace, issue)
    with pytest.raises(Refused, match="paper_other_kind"):
        deputy_poster(workspace, issue.id)
