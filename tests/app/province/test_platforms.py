"""Other systems' forms at a body: the station's code, what stations handed in, and an export that becomes steps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.domain.congress import Congress, Level
from app.domain.encounter import Encounter
from app.domain.papers import Span
from app.domain.people import Deputy
from app.domain.platform_form import PlatformColumn, PlatformForm
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.errors import Refused
from app.platforms import read_form, write_form
from app.province import desk
from app.province.platforms import (
    DEEDS,
    body_form,
    body_forms,
    drop_body_form,
    keep_body_form,
    own_body_forms,
    take_deeds,
    write_rows,
)
from app.queries.record import record_of
from app.reference import OF_BODIES, platform_forms
from app.use_cases.platform_export import export_for
from app.use_cases.platform_forms import keep_form, platform_form
from app.use_cases.suggestions import draft_suggestion, submit_suggestion
from tests.builders import STATION_CODE, Pair, a_deputy, an_issue, save

EVER = Span()
HANDLING = "建议办理情况"
ISSUES = "网上联络站群众意见"
TITLE = "关于整修东街路灯的建议"


def handed_in(line: Pair, title: str = TITLE, number: str = "", **told: object) -> Id:
    """A suggestion that was submitted and taken in at the body."""
    deputy = a_deputy(line.station)
    save(line.station, deputy)
    made = draft_suggestion(line.station, title=title, lead=deputy.id, issues=(), text="东街路灯不亮，请整修。")
    save(line.station, replace(record_of(line.station, Suggestion, made.id), number=number, **told))  # type: ignore[arg-type]  # any field
    submit_suggestion(line.station, made.id)
    line.export()
    assert [each.verdict for each in line.intake()] == ["accepted"]
    return made.id


def rows_of(path: Path) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def exported(path: Path, *rows: dict[str, object]) -> Path:
    """What the platform gives back: the body's file, filled in."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    header = list(dict.fromkeys(name for row in rows for name in row))
    sheet.append(header)
    for row in rows:
        sheet.append([row.get(name) for name in header])
    book.save(path)
    return path


def code_of(deed: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code


# --- forms ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(platform_forms(OF_BODIES)))
def test_a_form_of_bodies_that_comes_with_the_program_is_good(line: Pair, name: str) -> None:
    form = platform_forms(OF_BODIES)[name]
    keep_body_form(line.body, form)
    assert body_form(line.body, name) == form


def test_a_form_is_changed_kept_and_dropped(line: Pair, tmp_path: Path) -> None:
    path = write_form(body_form(line.body, ISSUES), tmp_path / "表样.json")
    path.write_text(path.read_text(encoding="utf-8").replace("意见编号", "信件编号"), encoding="utf-8")
    keep_body_form(line.body, read_form(path))
    assert body_forms(line.body)[ISSUES].columns[0].heading == "信件编号"
    assert own_body_forms(line.body) == {ISSUES}
    drop_body_form(line.body, ISSUES)
    assert body_form(line.body, ISSUES) == platform_forms()[ISSUES]
    assert code_of(lambda: drop_body_form(line.body, ISSUES)) == "platform_form_missing"
    assert code_of(lambda: body_form(line.body, "没有")) == "platform_form_missing"


@pytest.mark.parametrize(
    "takes", ["reply", "reply.on.on", "evaluate.on", "answer.on", "accept.reply_class", "reply.lead_handler"]
)
def test_what_is_no_part_of_a_step_is_refused(line: Pair, takes: str) -> None:
    form = PlatformForm(name="某", kind="suggestion", columns=(PlatformColumn(heading="甲", takes=takes),), reads=DEEDS)
    assert code_of(lambda: keep_body_form(line.body, form)) == "platform_field_unknown"
    assert body_forms(line.body).keys() == {*platform_forms(), *platform_forms(OF_BODIES)}


def test_a_station_does_not_keep_a_form_of_bodies(line: Pair) -> None:
    assert code_of(lambda: keep_form(line.station, body_form(line.body, HANDLING))) == "platform_form_malformed"


# --- out -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("full_names", [False, True])
def test_a_body_writes_what_the_station_would(line: Pair, tmp_path: Path, full_names: bool) -> None:
    """The same form makes the same table on both sides of a package."""
    new_id = line.station.clock.new_id
    deputy = a_deputy(line.station)
    met = [
        Encounter(id=new_id(), name=name, village="南一社区", confidential=name == "司马某某", anonymous=name == "诸葛某某")
        for name in ("欧阳某某", "司马某某", "诸葛某某")
    ]
    issues = [an_issue(line.station, encounter=each.id, deputies=(deputy.id,), category="03") for each in met]
    save(line.station, deputy, *met, *issues)
    line.export()
    line.intake()
    form = platform_form(line.station, ISSUES)
    export_for(line.station, form, EVER, tmp_path / "站.xlsx", full_names=full_names)
    assert write_rows(line.body, form, EVER, tmp_path / "机关.xlsx", full_names=full_names) == 3
    ours = rows_of(tmp_path / "机关.xlsx")
    assert ours == rows_of(tmp_path / "站.xlsx")
    assert [row["反映人"] for row in ours] == ["欧阳某某" if full_names else "欧*", "要求保密", "匿名"]
    assert (ours[0]["接待代表"], ours[0]["内容类别"]) == (deputy.name, "城乡建设")


def test_days_and_stations_narrow_what_is_written(line: Pair, tmp_path: Path) -> None:
    save(line.station, *(an_issue(line.station, received_on=date(2026, month, 1)) for month in (1, 2, 3)))
    line.export()
    line.intake()
    form, path = body_form(line.body, ISSUES), tmp_path / "x.xlsx"
    assert write_rows(line.body, form, Span(first=date(2026, 2, 1), last=date(2026, 2, 28)), path) == 1
    assert write_rows(line.body, form, EVER, path, station=STATION_CODE) == 3
    assert code_of(lambda: write_rows(line.body, form, EVER, path, station="430181001-009")) == "station_unknown"
    assert code_of(lambda: write_rows(line.body, form, EVER, tmp_path / "x.csv")) == "table_format"


def test_suggestions_stand_where_the_body_has_brought_them_and_copies_are_not_to_be_handled(line: Pair, tmp_path: Path) -> None:
    id = handed_in(line, confidential_identity=True)
    congress = Congress(id=line.station.clock.new_id(), name="某县人大", level=Level.COUNTY, division_code="430181")
    save(line.station, congress)
    handed_in(line, "关于县道的建议", receiving_body=congress.id)
    steps = [{"of": id, "event": each, "on": "2026-11-21"} for each in ("first_review", "second_review")]
    desk.handle(line.body, [*steps, {"of": id, "event": "accept", "on": "2026-11-21", "fields": {"case_number": "第7号"}}])
    assert write_rows(line.body, body_form(line.body, "建议办理平台"), EVER, tmp_path / "全部.xlsx") == 2
    write_rows(line.body, body_form(line.body, HANDLING), EVER, tmp_path / "办理.xlsx")
    [row] = rows_of(tmp_path / "办理.xlsx")
    assert (row["案号"], row["建议标题"], row["立案日期"], row["领衔代表"]) == ("第7号", TITLE, "2026/11/21", "（保密）")


# --- in ------------------------------------------------------------------------------------------------------------------

ANSWERED = {
    "案号": "第7号",
    "建议标题": TITLE,
    "初审日期": "2026/11/21",
    "复审日期": "2026年11月21日",
    "立案日期": date(2026, 11, 21),
    "交办日期": "2026-11-21",
    "主办单位": "交通局",
    "会办单位": "财政局，住建局、水利局",
    "答复日期": "2026-11-21",
    "答复单位": "交通局",
    "答复类别": "B类",
    "答复文号": "交函〔2026〕1号",
    "签发人": "局长甲",
    "答复内容": "列入明年计划。",
}


def test_a_whole_row_becomes_steps_that_go_home_and_once(line: Pair, tmp_path: Path) -> None:
    id = handed_in(line)
    form, path = body_form(line.body, HANDLING), exported(tmp_path / "平台.xlsx", ANSWERED)
    rehearsed = take_deeds(line.body, form, path, dry_run=True)
    assert rehearsed.refused == ()
    assert (rehearsed.read, rehearsed.taken, rehearsed.steps, rehearsed.refused) == (1, 1, 5, ())
    assert [each.suggestion.state for each in desk.standings(line.body)] == ["submitted"]
    assert take_deeds(line.body, form, path) == rehearsed
    again = take_deeds(line.body, form, path)
    assert (again.read, again.taken, again.steps, again.known) == (1, 0, 0, 1)

    line.bring_back()
    [stands] = desk.standings(line.body)
    assert {(each.role, bool(each.part)) for each in stands.course.assignments} == {
        ("lead_handler", False),
        ("co_handler", False),
    }
    assert len(stands.course.assignments) == 4
    [reply] = stands.course.replies
    assert (reply.reply_class, reply.number, reply.signed_by, reply.text) == ("B", "交函〔2026〕1号", "局长甲", "列入明年计划。")
    home = record_of(line.station, Suggestion, id)
    assert (home.state, home.case_number, home.assigned_on) == ("replied", "第7号", date(2026, 11, 21))


def test_what_the_body_wrote_comes_back_filled_in(line: Pair, tmp_path: Path) -> None:
    handed_in(line, number="甲-1")
    form = body_form(line.body, HANDLING)
    write_rows(line.body, form, EVER, tmp_path / "出.xlsx")
    [row] = rows_of(tmp_path / "出.xlsx")
    assert take_deeds(line.body, form, tmp_path / "出.xlsx").known == 1, "nothing was filled in"
    back = exported(tmp_path / "回.xlsx", row | {"初审日期": "2026-11-21", "复审日期": "2026-11-22"})
    assert take_deeds(line.body, form, back).steps == 2
    [stands] = desk.standings(line.body)
    assert stands.suggestion.state == "second_review"


def test_a_row_that_cannot_be_is_told_and_the_others_stand(line: Pair, tmp_path: Path) -> None:
    handed_in(line)
    handed_in(line, "关于修水渠的建议", number="乙-1")
    handed_in(line, "关于修水渠的建议", number="乙-2")
    rows: list[dict[str, object]] = [
        {"建议标题": "关于没有的建议", "初审日期": "2026-11-21"},
        {"建议标题": "关于修水渠的建议", "初审日期": "2026-11-21"},
        {"建议标题": TITLE, "建议编号": "乙-1", "初审日期": "2026-11-21"},
        {"建议标题": TITLE, "初审日期": "不日"},
        {"建议标题": TITLE, "答复日期": "2026-11-21", "答复内容": "好"},
        {"建议标题": "关于修水渠的建议", "建议编号": "乙-2", "初审日期": "2026-11-21"},
    ]
    done = take_deeds(line.body, body_form(line.body, HANDLING), exported(tmp_path / "平台.xlsx", *rows))
    assert [(each.row, each.problems[0].code) for each in done.refused] == [
        (2, "suggestion_unknown"),
        (3, "suggestion_unknown"),
        (4, "suggestion_unknown"),
        (5, "platform_cell_unreadable"),
        (6, "life_forbids"),
    ]
    assert (done.read, done.taken, done.steps) == (6, 1, 1)
    assert [each.suggestion.state for each in desk.standings(line.body)] == ["submitted", "submitted", "first_review"]


def test_a_form_that_reads_no_steps_takes_nothing_in(line: Pair, tmp_path: Path) -> None:
    path = exported(tmp_path / "平台.xlsx", ANSWERED)
    assert code_of(lambda: take_deeds(line.body, body_form(line.body, ISSUES), path)) == "platform_not_read"


def test_deputies_of_a_station_stand_in_the_form_of_the_information_base(line: Pair, tmp_path: Path) -> None:
    save(line.station, Deputy(id=line.station.clock.new_id(), name="王某某", delegation="一团"))
    line.export()
    line.intake()
    [form] = [each for each in body_forms(line.body).values() if each.kind == "deputy"]
    assert write_rows(line.body, form, EVER, tmp_path / "代表.xlsx") == 1
    assert "王某某" in rows_of(tmp_path / "代表.xlsx")[0].values()
