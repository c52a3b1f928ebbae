"""What is bound for the archive: every ledger and form of a period in one file."""

from dataclasses import dataclass

from app.domain.papers import PaperName, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPart:
    """Papers of one kind, each with what tells it apart in the table of contents."""

    name: PaperName
    papers: tuple[tuple[str, Shown], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive(Shown):
    """Papers bound for the archive (归档合订本), numbered through, with a table of contents."""

    station: str
    period: str
    day: str
    parts: tuple[ArchivedPart, ...]

    @property
    def records(self) -> int:
        """One a paper."""
        return sum(len(each.papers) for each in self.parts)

    @property
    def of_what(self) -> str:
        """Its days."""
        return self.period
