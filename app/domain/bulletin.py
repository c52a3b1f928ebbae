"""A bulletin (简报、联络动态) and a special report of public opinion (社情民意专报), and the articles that stand in them.

Their parts follow the provincial body's own bulletin (domain brief 6). What a station has written travels with its records, so
the body that edits a bulletin of its own finds each contribution with who supplied it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from app.domain.drafted import heads_told, record_drafted, record_told, refused_as
from app.domain.problems import Problem
from app.domain.records import Record, about, kind
from app.domain.values import Code, CodeSet, Id, Json, wording


class BulletinKind(CodeSet):
    """What is published."""

    BULLETIN = "bulletin", "简报"
    OPINION_REPORT = "opinion_report", "社情民意专报"


MASTHEADS: Final[Mapping[str, str]] = {BulletinKind.BULLETIN: "联络动态", BulletinKind.OPINION_REPORT: "社情民意专报"}
"""What the first one of a kind is called until somebody calls it otherwise."""


@kind("bulletin", "简报（专报）", groups=(("serial", "serial_total"),))
class Bulletin(Record):
    """One issue of a bulletin, or one special report; its articles are records of their own."""

    bulletin_kind: Code[BulletinKind] = about("类别")
    station: Id = about("联络站", to="station")
    masthead: str = about("刊名", searched=True, spelled=True)
    serial: int = about("期号")
    serial_total: int = about("总期号")
    publisher: str = about("编印单位", searched=True)
    published_on: date | None = about("日期")
    editors_note: str = about("编者按", searched=True)
    recipients: tuple[str, ...] = about("送（报）", searched=True)
    editor: str = about("责任编辑", searched=True)
    reached_by: str = about("联系方式")
    approval_number: str = about("批准文号", searched=True)
    issues: tuple[Id, ...] = about("来源群众意见", to="issue")

    def title(self) -> str:
        name = self.masthead or wording(self.bulletin_kind)
        return f"{name} 第{self.serial}期" if self.serial else name

    def day(self) -> date | None:
        return self.published_on


@kind("article", "简报稿件")
class Article(Record):
    """One article of a bulletin, with who supplied it: each merged by itself, so that two computers may write at one bulletin."""

    of: Id = about("所属简报（专报）", to="bulletin")
    order: int = about("顺序")
    heading: str = about("标题", searched=True, spelled=True)
    text: str = about("正文", searched=True)
    contributor: str = about("供稿", searched=True)

    def title(self) -> str:
        return self.heading

    def blank(self) -> bool:
        """Whether nothing was written of it yet; who supplies it says nothing by itself."""
        return not (self.heading.strip() or self.text.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinSheet:
    """A bulletin with its articles in their order, as it lies on the desk; `heads` are those its records were read with."""

    bulletin: Bulletin
    articles: tuple[Article, ...] = ()
    heads: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> Id:
        """The bulletin's identifier."""
        return self.bulletin.id

    @property
    def stored(self) -> bool:
        """Whether it was saved before."""
        return self.id in self.heads

    def records(self) -> Iterator[Record]:
        """Its records, the bulletin first, each article naming it and its place; an article in which nothing stands is none."""
        yield self.bulletin
        written = (each for each in self.articles if not each.blank())
        yield from (replace(each, of=self.id, order=place) for place, each in enumerate(written, start=1))


def bulletin_problems(sheet: BulletinSheet) -> Iterator[Problem]:
    """What a bulletin needs: a name. All else may come later."""
    if not sheet.bulletin.masthead.strip():
        yield Problem(code="masthead_missing", field="masthead")


def serials_after(earlier: Sequence[Bulletin], year: int) -> tuple[int, int]:
    """The next number of a year, and the next one of all years, after all of one kind: each the highest and one."""
    of_year = (each.serial for each in earlier if each.published_on and each.published_on.year == year)
    return max(of_year, default=0) + 1, max((each.serial_total for each in earlier), default=0) + 1


def serial_taken(bulletin: Bulletin, others: Sequence[Bulletin]) -> bool:
    """Whether another one of the kind has the number in its year already: two computers may have given it."""
    year = bulletin.published_on.year if bulletin.published_on else 0
    return bool(bulletin.serial) and any(
        each.id != bulletin.id
        and each.bulletin_kind == bulletin.bulletin_kind
        and each.serial == bulletin.serial
        and (each.published_on.year if each.published_on else 0) == year
        for each in others
    )


# --- as a draft keeps it ------------------------------------------------------------------------------------------------


def bulletin_told(sheet: BulletinSheet) -> dict[str, Json]:
    """A sheet as a draft keeps it."""
    articles = [record_told(each) for each in sheet.articles]
    return {"bulletin": record_told(sheet.bulletin), "articles": articles, "heads": heads_told(sheet.heads)}


def bulletin_drafted(body: Mapping[str, Json]) -> BulletinSheet:
    """The sheet that a draft keeps; raises `Refused("field_malformed")` for what this program cannot read."""
    told: Mapping[str, Any] = body
    with refused_as(Bulletin.traits.name):
        return BulletinSheet(
            bulletin=record_drafted(Bulletin, told["bulletin"]),
            articles=tuple(record_drafted(Article, each) for each in told["articles"]),
            heads={str(id): tuple(map(str, each)) for id, each in told["heads"].items()},
        )
