"""Chosen suggestions in one volume, as far as their deputies agree."""

import pytest

from app.domain.papers import PaperName
from app.domain.suggestion import PublicityWish
from app.errors import Refused
from app.queries.compendium import compendium
from app.use_cases.papers import Asked, composed_paper
from app.workspace import Workspace
from tests.handled_suggestion import handled


def test_wishes_are_kept_and_names_hidden_where_they_are_confidential(workspace: Workspace) -> None:
    whole = handled(workspace, subject="全文公开的建议", publicity_wish=PublicityWish.FULL_TEXT)
    titled = handled(workspace, subject="只公开标题的建议", publicity_wish=PublicityWish.TITLE_ONLY)
    kept = handled(workspace, subject="不公开的建议", publicity_wish=PublicityWish.NONE)
    hidden = handled(workspace, subject="身份保密的建议", confidential_identity=True)
    volume = compendium(workspace, [each.suggestion.id for each in (titled, whole, kept, hidden)])
    assert [each.subject for each in volume.suggestions] == ["只公开标题的建议", "全文公开的建议", "身份保密的建议"]
    assert [bool(each.text) for each in volume.suggestions] == [False, True, True]
    assert volume.suggestions[1].by.startswith(whole.lead.name)
    assert volume.suggestions[2].by == "代表身份保密"
    assert (volume.withheld, volume.records) == (1, 3)


def test_a_volume_needs_records_and_other_papers_take_one(workspace: Workspace) -> None:
    id = handled(workspace).suggestion.id
    with pytest.raises(Refused, match="paper_needs_ids"):
        composed_paper(workspace, Asked(name=PaperName.COMPENDIUM))
    with pytest.raises(Refused, match="paper_takes_no_ids"):
        composed_paper(workspace, Asked(name=PaperName.SUGGESTION, id=id, ids=(id,)))
    assert composed_paper(workspace, Asked(name=PaperName.COMPENDIUM, ids=(id, id))).pages >= 4
