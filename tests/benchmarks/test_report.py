"""The report of a year on the measured station, from the database to the page, and its figures alone."""

from app.domain.papers import PaperName, year_span
from app.queries.station_figures import station_figures
from app.use_cases.papers import Asked, composed_paper
from app.workspace import opened
from tests.benchmarks.conftest import Measured
from tests.benchmarks.figures import taken, tell

SECONDS = 10.0  # it is asked for once a month


def test_the_report_of_a_year(measured: Measured) -> None:
    with opened(measured.station, measured.way, write=False) as workspace:
        year = year_span(workspace.clock.today().year)
        asked = Asked(name=PaperName.STATION_REPORT, span=year)
        figures = taken("figures of a year", lambda: station_figures(workspace, year))
        paper = taken("its report as a PDF", lambda: composed_paper(workspace, asked))
    tell(figures.told(), paper.told())
    assert paper.median < SECONDS
