"""The lists behind the figures of the exchange."""

from pathlib import Path

from app.use_cases.recording import record
from tests.builders import Pair, an_unbound_suggestion, save
from tests.ui.pages.test_exchange import line, page, sticks
from ui.pages.exchange import ExchangePage

__all__ = ["line", "page", "sticks"]


def told(page: ExchangePage, row: int = 0) -> list[str]:
    """What a row of the list says, column by column."""
    table = page.list.table
    return [str(table.index(row, column).data()) for column in range(table.columnCount())]


def test_the_files_are_listed_by_where_they_stand(page: ExchangePage, line: Pair, tmp_path: Path) -> None:
    (tmp_path / "照片.txt").write_bytes(b"a")
    record(line.station, "deputy", {"name": "甲", "attachments": ["照片.txt"]}, tmp_path)
    page.refresh()
    assert "未报送1个" in page.overview.files.text()
    page.overview.open_files.click()
    assert page.heading() == "附件"
    assert (page.list.table.rowCount(), told(page)[1], told(page)[-1]) == (1, "照片.txt", "未报送")


def test_what_came_back_says_why_and_what_was_answered_is_listed(page: ExchangePage, line: Pair) -> None:
    save(line.station, an_unbound_suggestion(line.station, subject="路灯"))
    line.round_trip()
    page.refresh()
    page.overview.doors["returned"].click()
    assert told(page)[1] == "路灯"
    assert "核对" in told(page)[-1]
    assert page.overview.replied.number == "1"
    page.overview.replied.click()
    assert (page.heading(), page.list.table.rowCount(), told(page)[1]) == ("已有答复", 1, "路灯")
