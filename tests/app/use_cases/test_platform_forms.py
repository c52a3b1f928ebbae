"""Forms of other systems: records written in them, their exports taken in by them, and what is wrong with one said."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.kinds import travelling_kinds
from app.domain.papers import Span
from app.domain.people import Deputy, Operator, Role
from app.domain.platform_form import FileKind, PlatformColumn, PlatformForm, form_from, told_form
from app.domain.platform_rows import WITHHELD
from app.domain.suggestion import Suggestion, SuggestionType
from app.domain.visit import Visit, VisitKind
from app.errors import Refused
from app.platforms import read_form, write_form
from app.queries.relations import found
from app.reference import platform_forms as shipped_forms
from app.use_cases.platform_export import export_for, import_from
from app.use_cases.platform_forms import (
    check_ledger,
    drop_form,
    keep_form,
    own_forms,
    platform_form,
    platform_forms,
)
from app.workspace import Workspace
from tests.builders import an_issue, new_station, save

ISSUES = "网上联络站群众意见"
SUGGESTIONS = "建议办理平台"
EVER = Span()


def rows_of(path: Path) -> list[dict[str, object]]:
    """The rows of a table by the names of its columns."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def code_of(deed: Callable[[], object]) -> str:
    """The code a deed is refused with."""
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code


def raised(workspace: Workspace, name: str, *, confidential: bool = False, anonymous: bool = False) -> Issue:
    """An issue of somebody met, saved with them."""
    new_id = workspace.clock.new_id
    person = Encounter(id=new_id(), name=name, village="南一社区", confidential=confidential, anonymous=anonymous)
    issue = an_issue(workspace, words="路灯不亮", encounter=person.id, category="03")
    save(workspace, person, issue)
    return issue


# --- forms ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(shipped_forms()))
def test_a_form_that_comes_with_the_program_is_good(name: str) -> None:
    form = shipped_forms()[name]
    check_ledger(form)
    assert form_from(json.loads(json.dumps(told_form(form)))) == form


FIELDS = [(kind, field) for kind, traits in travelling_kinds(contact=False).items() for field in traits.fields]


@given(st.sampled_from(FIELDS), st.text(min_size=1).filter(str.strip), st.dictionaries(st.text(), st.text(), max_size=3))
def test_every_form_comes_back_as_it_was(at: tuple[str, str], heading: str, words: dict[str, str]) -> None:
    kind, field = at
    column = PlatformColumn(heading=heading, field=field, words=words)
    form = PlatformForm(name="某平台", kind=kind, file=FileKind.SHEETS, columns=(column,), remarks="说明")
    assert form_from(json.loads(json.dumps(told_form(form)))) == form


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ([], ""),
        ({"kind": "issue", "columns": [{"heading": "甲"}]}, "name"),
        ({"name": "某", "kind": "contact", "columns": [{"heading": "甲"}]}, "kind"),
        ({"name": "某", "kind": "issue", "columns": []}, "columns"),
        ({"name": "某", "kind": "issue", "columns": "甲"}, "columns"),
        ({"name": "某", "kind": "issue", "columns": [{"heading": " "}]}, "columns 1"),
        ({"name": "某", "kind": "issue", "columns": [{"heading": "甲"}, {"heading": 1}]}, "columns 2 heading"),
        ({"name": "某", "kind": "issue", "columns": [{"heading": "甲", "feild": "place"}]}, "columns 1"),
        ({"name": "某", "kind": "issue", "file": "pdf", "columns": [{"heading": "甲"}]}, "file"),
        ({"name": "某", "kind": "issue", "also": "", "columns": [{"heading": "甲"}]}, "also"),
    ],
)
def test_what_is_wrong_with_a_form_is_told_with_its_place(told: object, where: str) -> None:
    with pytest.raises(Refused) as refused:
        form_from(told)
    assert (refused.value.code, refused.value.facts["part"]) == ("platform_form_malformed", where)


@pytest.mark.parametrize("field", ["plase", "encounter.nmae", "place.name", "deputies.name", "encounter.visit.on"])
def test_a_field_that_no_record_has_is_named(field: str) -> None:
    told = {"name": "某", "kind": "issue", "columns": [{"heading": "地点", "field": field}]}
    with pytest.raises(Refused) as refused:
        form_from(told)
    assert (refused.value.code, refused.value.facts["field"]) == ("platform_field_unknown", field)


def test_a_form_is_written_changed_kept_and_dropped(workspace: Workspace, tmp_path: Path) -> None:
    path = write_form(platform_form(workspace, ISSUES), tmp_path / "表样.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    told["columns"][0]["heading"] = "信件编号"
    path.write_text(json.dumps(told), encoding="utf-8-sig")
    keep_form(workspace, read_form(path))
    assert platform_forms(workspace)[ISSUES].columns[0].heading == "信件编号"
    assert own_forms(workspace) == {ISSUES}
    drop_form(workspace, ISSUES)
    assert platform_form(workspace, ISSUES) == shipped_forms()[ISSUES]
    assert code_of(lambda: drop_form(workspace, ISSUES)) == "platform_form_missing"
    assert code_of(lambda: platform_form(workspace, "没有")) == "platform_form_missing"


def test_a_file_that_is_no_form_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "表样.json"
    path.write_text("{", encoding="utf-8")
    assert code_of(lambda: read_form(path)) == "entry_not_json"
    form = replace(shipped_forms()[ISSUES], reads="letters")
    assert code_of(lambda: keep_form(workspace, read_form(write_form(form, path)))) == "platform_form_malformed"
    form = replace(shipped_forms()[ISSUES], reads="")
    assert code_of(lambda: keep_form(workspace, read_form(write_form(form, path)))) == "platform_field_unknown"


# --- out -----------------------------------------------------------------------------------------------------------------


def test_issues_stand_in_the_platform_s_columns(workspace: Workspace, tmp_path: Path) -> None:
    raised(workspace, "欧阳某某")
    done = export_for(workspace, platform_form(workspace, ISSUES), EVER, tmp_path / "意见.xlsx")
    [row] = rows_of(done.path)
    assert (row["反映人"], row["所在村（社区）"], row["内容类别"]) == ("欧*", "南一社区", "城乡建设")
    assert (row["收到日期"], row["办理状态"], row["反映内容"]) == ("2026/11/20", "已登记", "路灯不亮")
    assert list(row) == [each.heading for each in shipped_forms()[ISSUES].columns]
    assert (done.records, done.noted) == (1, True)


def test_names_are_told_on_demand_but_never_of_who_asked_for_confidence(workspace: Workspace, tmp_path: Path) -> None:
    raised(workspace, "欧阳某某")
    raised(workspace, "司马某某", confidential=True)
    raised(workspace, "诸葛某某", anonymous=True)
    done = export_for(workspace, platform_form(workspace, ISSUES), EVER, tmp_path / "意见.xlsx", full_names=True)
    assert [row["反映人"] for row in rows_of(done.path)] == ["欧阳某某", "要求保密", "匿名"]


def test_a_confidential_suggestion_names_no_deputy(workspace: Workspace, tmp_path: Path) -> None:
    new_id = workspace.clock.new_id
    deputy = Deputy(id=new_id(), name="王某某", delegation="一团")
    plain = Suggestion(id=new_id(), subject="甲", lead_deputy=deputy.id, suggestion_type=SuggestionType.CRITICISM, text="正文")
    save(workspace, deputy, plain, replace(plain, id=new_id(), confidential_identity=True))
    form = platform_form(workspace, SUGGESTIONS)
    rows = rows_of(export_for(workspace, form, EVER, tmp_path / "建议.xlsx").path)
    assert [(row["领衔代表"], row["代表团"]) for row in rows] == [("王某某", "一团"), (WITHHELD, WITHHELD)]
    assert rows[0]["数据来源"] == "联络站工作台"
    assert rows[0]["建议类型"] == SuggestionType.CRITICISM.label


def test_codes_are_called_as_the_platform_calls_them(workspace: Workspace, tmp_path: Path) -> None:
    raised(workspace, "欧阳某某")
    column = PlatformColumn(heading="状态", field="state", words={"registered": "待办"})
    form = PlatformForm(name="某", kind="issue", columns=(column, PlatformColumn(heading="补录", field="late_entry")))
    assert rows_of(export_for(workspace, form, EVER, tmp_path / "x.xlsx").path) == [{"状态": "待办", "补录": None}]


def test_only_days_of_the_span_are_written(workspace: Workspace, tmp_path: Path) -> None:
    save(workspace, *(an_issue(workspace, received_on=date(2026, month, 1)) for month in (1, 2, 3)))
    span = Span(first=date(2026, 2, 1), last=date(2026, 2, 28))
    assert export_for(workspace, platform_form(workspace, ISSUES), span, tmp_path / "x.xlsx").records == 1


def test_a_word_file_has_a_page_a_record(workspace: Workspace, tmp_path: Path) -> None:
    new_id = workspace.clock.new_id
    save(workspace, *(Suggestion(id=new_id(), subject=f"关于{each}的建议", text="正文") for each in "甲乙"))
    done = export_for(workspace, platform_form(workspace, "建议登记单"), EVER, tmp_path / "登记单.docx")
    document = docx.Document(str(done.path))
    titles = [each for each in document.paragraphs if each.text == "建议登记单"]
    assert [each.paragraph_format.page_break_before for each in titles] == [False, True]
    assert [table.cell(0, 1).text for table in document.tables] == ["关于甲的建议", "关于乙的建议"]


def test_another_ending_is_refused_and_only_who_is_in_charge_exports(workspace: Workspace, tmp_path: Path) -> None:
    form = platform_form(workspace, ISSUES)
    assert code_of(lambda: export_for(workspace, form, EVER, tmp_path / "意见.csv")) == "table_format"
    head = Operator(id=workspace.clock.new_id(), name="站长甲", roles=(Role.STATION_HEAD,))
    officer = Operator(id=workspace.clock.new_id(), name="联络员乙", roles=(Role.LIAISON_OFFICER,))
    save(workspace, head, officer)
    assert code_of(lambda: export_for(workspace.acting_as(officer.id), form, EVER, tmp_path / "意见.xlsx")) == "not_allowed"
    assert code_of(lambda: keep_form(workspace.acting_as(officer.id), form)) == "not_allowed"
    assert list(tmp_path.glob("意见*")) == []


# --- in ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, form in shipped_forms().items() if form.reads])
def test_what_one_station_exports_another_takes_in(workspace: Workspace, tmp_path: Path, name: str) -> None:
    """The platform is the two of them: whatever is written in a form can be read by it, and twice is once."""
    deputy = Deputy(id=workspace.clock.new_id(), name="王某某", delegation="一团")
    save(
        workspace,
        deputy,
        Suggestion(id=workspace.clock.new_id(), subject="关于路灯的建议", text="请修路灯。", lead_deputy=deputy.id),
    )
    raised(workspace, "欧阳某某")
    save(workspace, Visit(id=workspace.clock.new_id(), visit_kind=VisitKind.INSPECTION, on=date(2026, 11, 20), theme="视察路灯"))
    form = platform_form(workspace, name)
    file = export_for(workspace, form, EVER, tmp_path / "平台.xlsx", full_names=True)
    assert file.records
    with new_station(tmp_path / "other").opened() as other:
        assert import_from(other, form, file.path, dry_run=True).import_id is None
        first = import_from(other, form, file.path)
        assert (first.read, first.imported, first.refused) == (file.records, file.records, 0), first.problems
        again = import_from(other, form, file.path)
        assert (again.read, again.imported, again.repeated) == (file.records, 0, file.records)


def test_the_form_says_what_its_columns_become(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["来信人", "事由", "经过", "登记口"])
    sheet.append(["欧阳某某", "路灯", "东街路灯不亮", "一号窗口"])
    book.save(tmp_path / "平台.xlsx")
    columns = (
        PlatformColumn(heading="来信人", takes="raised_by"),
        PlatformColumn(heading="事由", takes="title"),
        PlatformColumn(heading="经过", takes="content"),
        PlatformColumn(heading="登记口", text="一号窗口"),
    )
    form = PlatformForm(name="某平台", kind="issue", columns=columns, reads="issues")
    assert import_from(workspace, form, tmp_path / "平台.xlsx").imported == 1
    with workspace.reading() as connection:
        [issue] = found(connection, Issue)
        [person] = found(connection, Encounter)
    assert (issue.subject, issue.words, person.name) == ("路灯", "东街路灯不亮", "欧阳某某")
    assert "一号窗口" not in issue.remarks  # a column that always says the same is left out
    assert code_of(lambda: import_from(workspace, replace(form, reads=""), tmp_path / "平台.xlsx")) == "platform_not_read"
