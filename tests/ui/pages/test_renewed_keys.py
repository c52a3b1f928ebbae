"""New keys by the window: offered to an enrolled computer, asked for by a file and digits, told until the list has them."""

from pathlib import Path

from app.province import enrolment
from app.use_cases.trust import take_trust, trusted_by
from tests.builders import Pair
from tests.ui.pages.test_exchange import line, page
from ui.pages.exchange import ExchangePage

__all__ = ["line", "page"]  # fixtures


def test_new_keys_are_made_and_asked_for(page: ExchangePage, line: Pair) -> None:
    page.begin("enrol")
    panel = page.enrolment
    assert panel.renewal.isVisibleTo(panel)
    panel.renew_into(line.stick.parent)
    assert panel.result.isVisibleTo(panel)
    assert len(panel.digits.replace(" ", "")) == 12
    assert "一切照旧用原来的密钥" in panel.notice.words
    page.begin("enrol")
    assert "还没有在接收机关登记" in panel.notice.words
    (request,) = line.stick.parent.glob("enrol-*.json")
    take_trust(line.station, enrolment.enrol(line.body, request.read_bytes()).bundle)
    page.begin("enrol")
    assert panel.notice.words == ""
    assert len(trusted_by(line.station).trust_list.seats) == 2


def test_a_folder_that_is_gone_is_told(page: ExchangePage, line: Pair, tmp_path: Path) -> None:
    page.begin("enrol")
    page.enrolment.renew_into(tmp_path / "gone")
    assert "gone" in page.enrolment.notice.words
    assert line.station.identity().renewed == ()
