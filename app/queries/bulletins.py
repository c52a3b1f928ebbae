"""Bulletins and special reports: the list, one of them on its desk, what a new one takes over, and what is printed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from app.domain.bulletin import Article, Bulletin, BulletinKind, BulletinSheet
from app.domain.bulletin_paper import BulletinPaper, PrintedArticle
from app.domain.chinese import long_day, numeral
from app.domain.papers import PaperName
from app.domain.values import Id
from app.errors import Refused
from app.queries.record import record
from app.queries.relations import found, member, of_id, one_with_heads, with_heads
from app.workspace import Workspace

PAPER_OF: Final[Mapping[str, PaperName]] = {
    BulletinKind.BULLETIN: PaperName.BULLETIN,
    BulletinKind.OPINION_REPORT: PaperName.OPINION_REPORT,
}
"""The paper of each kind."""
_SENT: Final[Mapping[str, str]] = {BulletinKind.BULLETIN: "送", BulletinKind.OPINION_REPORT: "报"}
_DASHES: Final = ("——", "--", "—")


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinRow:
    """One line of the list."""

    bulletin: Bulletin
    headings: tuple[str, ...]  # of its articles, in their order

    @property
    def id(self) -> Id:
        """The bulletin's identifier."""
        return self.bulletin.id


def bulletin_list(workspace: Workspace) -> tuple[BulletinRow, ...]:
    """Every bulletin and report, the newest first."""
    with workspace.reading() as connection:
        bulletins = found(connection, Bulletin)
        articles = defaultdict(list)
        for each in sorted(found(connection, Article), key=lambda each: (each.order, each.id)):
            articles[each.of].append(each.heading)
    newest = sorted(bulletins, key=lambda each: (str(each.published_on or ""), each.serial_total, each.id), reverse=True)
    return tuple(BulletinRow(bulletin=each, headings=tuple(articles[each.id])) for each in newest)


def bulletins_of(connection: Connection, kind: str) -> Sequence[Bulletin]:
    """Every one of a kind, the newest last."""
    of_kind = found(connection, Bulletin, member("bulletin_kind") == str(kind))
    return sorted(of_kind, key=lambda each: (str(each.published_on or ""), each.serial_total, each.id))


def bulletin_sheet(workspace: Workspace, id: Id) -> BulletinSheet:
    """The bulletin of this identifier, or the one that an article of this identifier stands in.

    Raises `Refused("record_missing")`.
    """
    with workspace.reading() as connection:
        article = of_id(connection, Article, id)
        stored = one_with_heads(connection, Bulletin, article.of if article else id)
        if stored is None:
            raise Refused("record_missing", kind=Bulletin.traits.name, id=id)
        articles = with_heads(connection, Article, member("of") == stored.record.id)
    articles.sort(key=lambda each: (each.record.order, each.record.id))
    heads = {stored.record.id: stored.heads} | {each.record.id: each.heads for each in articles}
    return BulletinSheet(bulletin=stored.record, articles=tuple(each.record for each in articles), heads=heads)


def is_bulletin(workspace: Workspace, id: Id) -> bool:
    """Whether a record of this identifier is a bulletin, or an article of one."""
    with workspace.reading() as connection:
        return of_id(connection, Bulletin, id) is not None or of_id(connection, Article, id) is not None


# --- what is printed --------------------------------------------------------------------------------------------------


def bulletin_paper(workspace: Workspace, name: PaperName, id: Id) -> BulletinPaper:
    """A saved bulletin as it is printed; raises `Refused("record_missing")`, `Refused("paper_other_kind", paper, kind)`."""
    asked = record(workspace, id).record
    if not isinstance(asked, Bulletin | Article):
        raise Refused("paper_other_kind", paper=name, kind=asked.traits.name)
    sheet = bulletin_sheet(workspace, id)
    if PAPER_OF.get(sheet.bulletin.bulletin_kind, PaperName.BULLETIN) is not name:
        raise Refused("bulletin_other_paper", paper=name, title=sheet.bulletin.title())
    return shown_bulletin(sheet)


def shown_bulletin(sheet: BulletinSheet) -> BulletinPaper:
    """A bulletin as it would be printed, saved or not."""
    told = sheet.bulletin
    return BulletinPaper(
        name=PAPER_OF.get(told.bulletin_kind, PaperName.BULLETIN),
        masthead=told.masthead,
        number=f"第 {told.serial} 期" if told.serial else "",
        total=f"（总第{numeral(told.serial_total)}期）" if told.serial_total else "",
        publisher=told.publisher,
        day=long_day(told.published_on),
        note=told.editors_note,
        articles=tuple(_printed(each) for each in sheet.articles if not each.blank()),
        sent=_SENT.get(told.bulletin_kind, "送"),
        recipients=told.recipients,
        editor=told.editor,
        reached_by=told.reached_by,
        approval=told.approval_number,
    )


def _printed(article: Article) -> PrintedArticle:
    """An article; a first line of its text that begins with a dash goes on with the heading."""
    first, _end, rest = article.text.strip().partition("\n")
    subtitle = first.strip() if first.strip().startswith(_DASHES) else ""
    text = rest if subtitle else article.text
    return PrintedArticle(heading=article.heading, subtitle=subtitle, text=text, contributor=article.contributor)
