"""What a month asks of each deputy, what was done of it, and whom a name is completed to."""

from dataclasses import replace
from datetime import date

from app.domain.encounter import Encounter, Party
from app.domain.issue import Issue
from app.domain.norm import last_month, month_of, next_month
from app.domain.people import DeputyStatus
from app.domain.station import Station
from app.domain.values import Id
from app.domain.visit import Campaign, Visit, VisitKind
from app.queries.deputies import called, register
from app.queries.norms import progress
from app.queries.outreach_offers import Offer, people_known, words_like
from app.queries.record import record
from app.workspace import Workspace
from tests.builders import a_deputy, save

TODAY = date(2026, 11, 21)


def visited(workspace: Workspace, day: date, deputy: Id, people: int, campaign: Id = "") -> None:
    new_id = workspace.clock.new_id
    visit = Visit(id=new_id(), visit_kind=VisitKind.OUTREACH, on=day, deputies=(deputy,), campaign=campaign)
    save(workspace, visit, Encounter(id=new_id(), visit=visit.id, people=people, party=Party.PEOPLE))


def test_who_misses_most_comes_first(workspace: Workspace) -> None:
    wang, li, gone = (a_deputy(workspace, name) for name in ("王代表", "李代表", "退代表"))
    elsewhere = replace(a_deputy(workspace, "外代表"), station=workspace.clock.new_id())
    save(workspace, wang, li, replace(gone, status=DeputyStatus.ENDED), elsewhere)
    visited(workspace, TODAY, wang.id, 12)
    visited(workspace, date(2026, 10, 31), li.id, 40)
    save(
        workspace,
        Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.RECEPTION, on=date(2026, 11, 2), deputies=(wang.id,)),
    )
    found = progress(workspace, TODAY)
    assert (found.first, found.last, found.norm.days, found.norm.people) == (date(2026, 11, 1), date(2026, 11, 30), 1, 30)
    told = [
        (each.deputy.name, each.done.missing_days(found.norm), each.done.missing_people(found.norm)) for each in found.deputies
    ]
    assert told == [("李代表", 1, 30), ("王代表", 0, 18)]
    assert progress(workspace, date(2026, 10, 1)).deputies[-1].done.people == 40


def test_the_norm_is_the_station_s_and_a_campaign_s_where_one_runs(workspace: Workspace) -> None:
    stored = record(workspace, workspace.author.owner)
    assert isinstance(stored.record, Station)
    save(workspace, replace(stored.record, people_a_deputy=12))
    wang = a_deputy(workspace, "王代表")
    month = Campaign(
        id=workspace.clock.new_id(), name="走访月", starts_on=date(2026, 10, 10), ends_on=date(2026, 11, 30), people_a_deputy=50
    )
    save(workspace, wang)
    assert progress(workspace, TODAY).norm.people == 12
    save(workspace, month)
    visited(workspace, date(2026, 10, 12), wang.id, 5, month.id)
    visited(workspace, TODAY, wang.id, 7, month.id)
    visited(workspace, TODAY, wang.id, 9)
    running = progress(workspace, TODAY)
    assert (running.norm.days, running.norm.people, running.campaign) == (1, 50, "走访月")
    assert running.deputies[0].done.people == 16
    own = progress(workspace, TODAY, month.id)
    assert (own.first, own.deputies[0].done.people) == (date(2026, 10, 10), 12)


def test_months_follow_each_other() -> None:
    assert month_of(date(2028, 2, 29)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert (next_month(date(2026, 12, 1)), last_month(date(2026, 1, 1))) == (date(2027, 1, 1), date(2025, 12, 1))


# --- what a cell is completed to --------------------------------------------------------------------------------------


def met(workspace: Workspace, name: str, village: str = "", **told: object) -> Encounter:
    return replace(Encounter(id=workspace.clock.new_id(), name=name, village=village), **told)  # type: ignore[arg-type]  # any field may be told


def test_people_met_before_are_found_by_character_pinyin_and_initials(workspace: Workspace) -> None:
    people = [met(workspace, "张三", "甲村"), met(workspace, "张三", "乙村"), met(workspace, "章思", "甲村")]
    save(workspace, *people, met(workspace, "李四", "张家村"), met(workspace, "张三", "甲村", party=Party.HOUSEHOLD))
    for typed in ("张", "zhangsan", "zs"):
        assert Offer("张三", "甲村", Party.HOUSEHOLD) in people_known(workspace, typed)
    assert [each.beside for each in people_known(workspace, "张三")] == ["甲村", "乙村"]
    assert people_known(workspace, "zs")[-1].text in {"章思", "张三"}
    assert people_known(workspace, " ") == ()


def test_who_wished_to_stay_unknown_is_never_offered(workspace: Workspace) -> None:
    secret, told = met(workspace, "张三", "甲村"), met(workspace, "张三", "甲村", confidential=True)
    quiet = met(workspace, "张四", "甲村")
    save(workspace, secret, told, met(workspace, "张五", anonymous=True), quiet, met(workspace, "张六", "甲村"))
    save(workspace, Issue(id=workspace.clock.new_id(), encounter=quiet.id, words="停水", confidential=True))
    assert [each.text for each in people_known(workspace, "张")] == ["张六"]


def test_words_are_found_by_their_sound_those_that_begin_so_first() -> None:
    villages = [Offer(each) for each in ("石塘村", "塘下村", "东街社区")]
    assert [each.text for each in words_like(villages, "塘")] == ["塘下村", "石塘村"]
    assert [each.text for each in words_like(villages, "dj")] == ["东街社区"]


def test_the_register_is_read_by_name_card_or_the_whole_line(workspace: Workspace) -> None:
    wang, twin, old = (replace(a_deputy(workspace, "王代表"), deputy_card_no=number) for number in ("1", "2", "3"))
    save(workspace, wang, twin, replace(old, status=DeputyStatus.ENDED))
    rows = register(workspace)
    told = called(rows, TODAY)
    assert set(told.names["王代表"]) == {wang.id, twin.id}
    assert (told.names["2"], told.names[told.told[wang.id]]) == ([twin.id], [wang.id])
    assert called([row for row in rows if row.ended], TODAY).names["王代表"] == [old.id]
