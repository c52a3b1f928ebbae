"""Whose card was scanned."""

import pytest

from app.domain.people import DeputyStatus
from app.domain.scanned import card_code
from app.errors import Refused
from app.queries.scanned_cards import deputy_of_card
from app.workspace import Workspace
from tests.builders import a_deputy, save


def test_a_deputy_is_found_by_number_by_link_and_by_the_card_printed_here(workspace: Workspace) -> None:
    first, second = a_deputy(workspace, "代表甲", deputy_card_no="HN-0001"), a_deputy(workspace, "代表乙")
    save(workspace, first, second)
    assert deputy_of_card(workspace, "hn0001").id == first.id
    assert deputy_of_card(workspace, "https://x.example/card?id=HN-0001").name == "代表甲"
    assert deputy_of_card(workspace, card_code(second.id)).id == second.id


def test_a_card_nobody_has_is_told_with_what_was_scanned(workspace: Workspace) -> None:
    save(workspace, a_deputy(workspace, "代表甲"))  # without a number
    for scanned, shown in (("9-9", "9-9"), ("  \n", "")):
        with pytest.raises(Refused) as refused:
            deputy_of_card(workspace, scanned)
        assert (refused.value.code, refused.value.facts["text"]) == ("card_unknown", shown)


def test_of_two_mandates_on_one_card_the_standing_one_is_meant(workspace: Workspace) -> None:
    before = a_deputy(workspace, "代表甲", deputy_card_no="7", status=DeputyStatus.ENDED)
    now = a_deputy(workspace, "代表甲", deputy_card_no="7")
    gone = a_deputy(workspace, "代表丙", deputy_card_no="8", status=DeputyStatus.ENDED)
    save(workspace, before, now, gone)
    assert deputy_of_card(workspace, "7").id == now.id
    with pytest.raises(Refused, match="card_ended"):
        deputy_of_card(workspace, "8")


def test_a_number_two_people_have_is_not_guessed(workspace: Workspace) -> None:
    save(workspace, a_deputy(workspace, "代表甲", deputy_card_no="7"), a_deputy(workspace, "代表乙", deputy_card_no="7"))
    with pytest.raises(Refused) as refused:
        deputy_of_card(workspace, "7")
    assert refused.value.facts["names"] == ("代表甲", "代表乙")
