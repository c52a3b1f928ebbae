"""A deputy's performance dossier (代表履职档案) in its eight parts (domain brief 2.5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from app.domain.chinese import numeral
from app.domain.outline import Facts, Outlined, Part, Rows, Text, Title, Under
from app.domain.papers import PaperName
from app.domain.values import Id

NOTHING: Final = "本时段没有记录。"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPart:
    """One part after the first: its table, and its sum in words."""

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier(Outlined):
    """What a deputy has done in a period, as far as the station knows; `facts` are the first part."""

    name: ClassVar = PaperName.DEPUTY_DOSSIER
    record: Id
    station: str
    deputy: str
    period: str
    day: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[DossierPart, ...]

    @property
    def records(self) -> int:
        """One a line of its tables."""
        return sum(len(each.rows) for each in self.parts)

    @property
    def told(self) -> str:
        """Whose it is."""
        return self.deputy

    def outline(self) -> Iterator[Part]:
        """The deputy, then part by part; one of which nothing is known says so."""
        yield Title(PaperName.DEPUTY_DOSSIER.label)
        yield Under(f"{self.deputy}　{self.period}")
        yield Under(f"{self.station}　{self.day}")
        yield Text("一、基本情况")
        yield Facts(self.facts)
        for place, part in enumerate(self.parts, start=2):
            yield Text(f"{numeral(place)}、{part.title}")
            if part.rows:
                yield Rows(part.columns, part.rows)
            yield Text(part.summary if part.rows or part.summary else NOTHING)
