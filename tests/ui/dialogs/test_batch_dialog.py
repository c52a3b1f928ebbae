"""A paper of every record of a list: what is listed is asked for, an empty list is told, what was left out is said."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from app.domain.papers import PaperName
from app.domain.values import Id
from app.queries.issue_list import issue_list
from app.use_cases.papers import Asked
from tests.builders import an_issue, save
from ui.dialogs.batch_dialog import BatchDialog
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.station_papers_dialog import StationPapersDialog
from ui.dialogs.suggestion_papers_dialog import SuggestionPapersDialog
from ui.page import Workbench
from ui.pages.issues import IssuesPage

LEDGERS = (PaperName.ISSUE_LEDGER, PaperName.PUBLIC_SHEET)
NAMES = (PaperName.ISSUE_RECORD, PaperName.REPLY_LETTER)


def dialog(qtbot: QtBot, bench: Workbench, listed: Sequence[Id]) -> BatchDialog:
    made = BatchDialog(bench, LEDGERS, NAMES, lambda: listed)
    qtbot.addWidget(made)
    return made


def test_a_paper_of_all_that_is_listed_is_chosen(qtbot: QtBot, bench: Workbench) -> None:
    chosen: list[Asked] = []
    made = dialog(qtbot, bench, ("甲", "乙"))
    made.chosen.connect(chosen.append)
    assert "2 条" in made.told.text()
    made.papers[PaperName.REPLY_LETTER].click()
    assert chosen == [Asked(name=PaperName.REPLY_LETTER, ids=("甲", "乙"))]


def test_an_empty_list_says_what_to_do(qtbot: QtBot, bench: Workbench) -> None:
    made = dialog(qtbot, bench, ())
    assert not any(each.isEnabled() for each in made.papers.values())
    assert "列表是空的" in made.told.text()
    chosen: list[Asked] = []
    made.chosen.connect(chosen.append)
    made.ledgers[PaperName.ISSUE_LEDGER].click()  # which needs none
    assert chosen == [Asked(name=PaperName.ISSUE_LEDGER)]


def test_what_was_left_out_is_told_beside_the_paper(qtbot: QtBot, bench: Workbench) -> None:
    answered, open_one = an_issue(bench.workspace, result_text="已修复。"), an_issue(bench.workspace)
    save(bench.workspace, answered, open_one)
    shown = PaperDialog(bench, Asked(name=PaperName.REPLY_LETTER, ids=(answered.id, open_one.id)))
    qtbot.addWidget(shown)
    assert shown.view.pages() == 1
    assert "有 1 条记录未印：" in shown.feedback.words
    assert "还没有答复" in shown.feedback.words


def test_the_issues_in_sight_or_those_ticked_are_listed(qtbot: QtBot, demo_bench: Workbench) -> None:
    page = IssuesPage(demo_bench)
    qtbot.addWidget(page)
    page.refresh()
    everything = [each.id for each in issue_list(demo_bench.workspace, limit=1000).rows]
    assert list(page.overview.listed()()) == everything
    ticked = everything[1:3]
    for each in ticked:
        page.overview.table.tick(each)
    assert list(page.overview.listed()()) == ticked


@pytest.mark.parametrize("listed", [("甲",), ()])
def test_visits_and_suggestions_listed_are_printed_from_where_their_papers_are(
    qtbot: QtBot, bench: Workbench, listed: tuple[Id, ...]
) -> None:
    chosen: list[Asked] = []
    station = StationPapersDialog(bench, None, lambda: listed)
    suggestions = SuggestionPapersDialog(bench, "", "", None, lambda: listed)
    for made, press in ((station, station.each[PaperName.RECEPTION_FORM]), (suggestions, suggestions.each)):
        qtbot.addWidget(made)
        made.chosen.connect(chosen.append)
        press.click()
        assert bool(made.feedback.words) is not bool(listed)
    names = (PaperName.RECEPTION_FORM, PaperName.SUGGESTION) if listed else ()
    assert chosen == [Asked(name=each, ids=listed) for each in names]
