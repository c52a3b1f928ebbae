"""Every paper there is can be printed from an invented station, and `docs/papers` shows every page of it."""

from pathlib import Path

from app.domain.papers import ALWAYS, PaperName
from app.paper_samples import PAPERS, exchanged, made
from app.queries.exchange_statement import exchange_statement
from app.use_cases import demo
from tests.builders import new_body, new_station
from tests.pdf_text import page_count


def test_every_paper_is_made_and_every_page_of_it_shown(tmp_path: Path) -> None:
    papers = dict(made(tmp_path))
    pages = {name: page_count(file.read_bytes()) for name, file in papers.items()}
    shown = {each.stem for each in PAPERS.glob("*.png")}
    assert set(papers) == {*PaperName, "receipt"}
    assert shown == {f"{name}-{page:0{len(str(many))}}" for name, many in pages.items() for page in range(1, many + 1)}


def test_the_statement_in_the_docs_tells_of_a_number_that_was_lost_and_filled(tmp_path: Path) -> None:
    with (
        new_station(tmp_path / "station", code=demo.STATION_CODE).opened() as workspace,
        new_body(tmp_path / "body").opened() as body,
    ):
        demo.fill(workspace, demo.Amounts(visits=3, issues=3, suggestions=0), 1)
        receipt = exchanged(workspace, body, tmp_path)
        told = exchange_statement(workspace, ALWAYS, contact=False)
    assert receipt.read_bytes().startswith(b"%PDF")
    assert [(each.number, each.result, each.remark) for each in told.numbers] == [
        ("1", "全部收到", ""),
        ("2", "全部收到", "曾遗失，由第3号补报"),
        ("3", "全部收到", "补报遗失的第2号"),
        ("4", "全部收到", ""),
    ]
    assert told.questions == ()
