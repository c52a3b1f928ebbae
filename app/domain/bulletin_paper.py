"""What a bulletin and a special report show on paper; an empty text is a line that is not printed."""

from dataclasses import dataclass

from app.domain.papers import PaperName, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedArticle:
    """One article; the `subtitle` begins with a dash."""

    heading: str
    subtitle: str = ""
    text: str
    contributor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinPaper(Shown):
    """A bulletin in the manner of the provincial body's (domain brief 6), or a special report; `name` is which of both."""

    name: PaperName
    masthead: str
    number: str  # 第 20 期
    total: str  # （总第六百七十二期）
    publisher: str
    day: str
    note: str
    articles: tuple[PrintedArticle, ...]
    sent: str  # 送 or 报
    recipients: tuple[str, ...]
    editor: str
    reached_by: str
    approval: str

    @property
    def records(self) -> int:
        """One: its articles are parts of it."""
        return 1

    @property
    def told(self) -> str:
        """Its name and number."""
        return f"{self.masthead}{self.number.replace(' ', '')}"
