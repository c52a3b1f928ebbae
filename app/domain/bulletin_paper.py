"""What a bulletin and a special report show on paper; an empty text is a line that is not printed."""

from dataclasses import dataclass
from typing import Final

from app.domain.papers import PaperName, Shown

NOTE_TITLE: Final = "【编者按】"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedArticle:
    """One article; the `subtitle` begins with a dash."""

    heading: str
    subtitle: str = ""
    text: str
    contributor: str = ""


def supplied_told(article: PrintedArticle) -> str:
    """Who supplied an article, as it stands below it."""
    return f"（{article.contributor}　供稿）"


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
    def issued_by(self) -> str:
        """Who publishes it, as the head says it: 某某委员会编."""
        publisher = self.publisher
        return publisher if not publisher or publisher.endswith(("编", "编印", "印")) else f"{publisher}编"

    @property
    def answering(self) -> str:
        """Who answers for it and how they are reached, in one line."""
        return "　".join(filter(None, (_named("责任编辑", self.editor), _named("联系方式", self.reached_by))))

    @property
    def approved(self) -> str:
        """The number it is approved under."""
        return _named("批准文号", self.approval)

    @property
    def records(self) -> int:
        """One: its articles are parts of it."""
        return 1

    @property
    def told(self) -> str:
        """Its name and number."""
        return f"{self.masthead}{self.number.replace(' ', '')}"


def _named(name: str, value: str) -> str:
    return f"{name}：{value}" if value else ""
