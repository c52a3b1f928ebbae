"""A bulletin: its numbers, what it needs, what its draft keeps."""

from datetime import date

import pytest

from app.domain.bulletin import (
    Article,
    Bulletin,
    BulletinKind,
    BulletinSheet,
    bulletin_drafted,
    bulletin_problems,
    bulletin_told,
    serial_taken,
    serials_after,
)
from app.domain.values import Json
from app.errors import Refused
from tests.app.domain.invented import numbered


def issued(number: int, serial: int, total: int, year: int = 2026, kind: str = BulletinKind.BULLETIN) -> Bulletin:
    return Bulletin(
        id=numbered(number),
        bulletin_kind=kind,
        masthead="联络动态",
        serial=serial,
        serial_total=total,
        published_on=date(year, 3, 1),
    )


def test_the_number_begins_anew_each_year_and_the_total_never() -> None:
    earlier = [issued(1, 22, 674, 2025), issued(2, 3, 677), issued(3, 2, 676)]
    assert serials_after(earlier, 2026) == (4, 678)
    assert serials_after(earlier, 2027) == (1, 678)
    assert serials_after([], 2026) == (1, 1)


def test_a_number_is_taken_by_another_one_of_its_kind_and_year_alone() -> None:
    here = issued(1, 3, 677)
    assert serial_taken(here, [here, issued(2, 3, 0)])
    others = [here, issued(2, 4, 0), issued(3, 3, 0, 2025), issued(4, 3, 0, kind=BulletinKind.OPINION_REPORT)]
    assert not serial_taken(here, others)
    assert not serial_taken(issued(1, 0, 0), [issued(2, 0, 0)])


def test_its_records_name_it_in_their_order_and_empty_articles_are_none() -> None:
    written = Article(id=numbered(2), heading="一", contributor="某站")
    empty = Article(id=numbered(3), contributor="某站")
    last = Article(id=numbered(4), text="正文")
    sheet = BulletinSheet(bulletin=issued(1, 1, 1), articles=(written, empty, last))
    bulletin, *articles = sheet.records()
    assert bulletin.title() == "联络动态 第1期"
    assert [(each.id, each.of, each.order) for each in articles if isinstance(each, Article)] == [
        (written.id, bulletin.id, 1),
        (last.id, bulletin.id, 2),
    ]


def test_only_its_name_is_needed() -> None:
    assert [each.code for each in bulletin_problems(BulletinSheet(bulletin=Bulletin(id=numbered(1), masthead=" ")))] == [
        "masthead_missing"
    ]
    assert not [*bulletin_problems(BulletinSheet(bulletin=issued(1, 0, 0)))]


def test_a_draft_keeps_it_whole_and_another_draft_is_refused() -> None:
    article = Article(id=numbered(2), heading="一", text="正文")
    sheet = BulletinSheet(bulletin=issued(1, 1, 1), articles=(article,), heads={numbered(1): (numbered(9),)})
    kept = bulletin_drafted(bulletin_told(sheet))
    assert (kept, kept.heads) == (sheet, sheet.heads)
    damages: list[dict[str, Json]] = [{}, {"bulletin": 7, "articles": [], "heads": {}}]
    for damaged in (*damages, {**bulletin_told(sheet), "articles": [{"id": 1}]}):
        with pytest.raises(Refused, match="field_malformed"):
            bulletin_drafted(damaged)
