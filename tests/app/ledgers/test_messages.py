import dataclasses
import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.ledgers.form import Fingerprints
from app.ledgers.messages import MESSAGES, MessageRow
from tests.app.ledgers.sheets import header_of, messages, problems, read, table, written_book

HEX = re.compile(r"[0-9a-f]{64}")


def test_a_row_of_a_published_sheet(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", [188006, "用户甲", " 修\u200b路 ", "2019/2/28 11:25:05", "\n\t\t第一段\r\n\t第二段\xa0 \n"])
    assert messages(path) == [
        MessageRow(
            row=2,
            source_no="188006",
            raised_by="用户甲",
            title="修路",
            content="第一段\n第二段",
            raised_on=date(2019, 2, 28),
            raised_at=time(11, 25, 5),
        )
    ]
    assert problems(path) == []


def test_a_register_with_columns_of_its_own_loses_none(tmp_path: Path) -> None:
    header = ("序号", "来访日期", "来访时间", "姓名", "电话", "住址", "反映事项", "内容", "类别", "代表", "备注", "去向", None)
    row = (
        3,
        date(2024, 5, 6),
        time(9, 30),
        "来访人甲",
        13800000000,
        "某村",
        "路灯",
        "路灯不亮",
        "民生",
        "代表乙",
        "急",
        "交街道",
        "附",
    )
    (message,) = messages(table(tmp_path / "a.xlsx", row, header=header))
    assert (message.source_no, message.line_no, message.phone, message.address) == ("", "3", "13800000000", "某村")
    assert (message.raised_on, message.raised_at, message.deputy) == (date(2024, 5, 6), time(9, 30), "代表乙")
    assert message.extras == {"去向": "交街道", "M": "附"}
    assert message.notes() == "急\n去向：交街道\nM：附"


def test_a_message_without_a_title_gets_one_from_its_content(tmp_path: Path) -> None:
    (message,) = messages(table(tmp_path / "a.xlsx", [1, None, None, None, "您好！小区停水三天了。请处理。"]))
    assert (message.title, message.content) == ("小区停水三天了", "您好！小区停水三天了。请处理。")


@pytest.mark.parametrize("text", ["停水三天了。" * 20, "停水。\n停电。"])
def test_a_title_that_is_the_message_itself_becomes_its_content(tmp_path: Path, text: str) -> None:
    (message,) = messages(table(tmp_path / "a.xlsx", [text], header=["反映事项"]))
    assert (message.title.startswith("停水"), message.content) == (True, text)


def test_a_row_with_neither_title_nor_content_is_refused_and_shown(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", ["合计", "12 件", " \u200b"])
    (problem,) = problems(path)
    assert messages(path) == []
    assert (problem.row, problem.code, problem.refused, problem.facts) == (2, "row_without_text", True, {"text": "合计 12 件"})


def test_an_unreadable_date_is_told_and_kept_and_the_row_taken(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", [1, "用户甲", "修路", "上个月", "坑洼"], [2, "用户甲", "修桥", "19-2-28", "垮塌"])
    assert [(row.raised_on, row.extras) for row in messages(path)] == [
        (None, {"留言时间": "上个月"}),
        (None, {"留言时间": "19-2-28"}),
    ]
    assert [(each.row, each.column, each.code, each.refused, each.facts) for each in problems(path)] == [
        (2, "D 留言时间", "date_unreadable", False, {"text": "上个月"}),
        (3, "D 留言时间", "date_year_short", False, {"text": "19-2-28"}),
    ]


def test_a_citizen_s_number_in_what_was_said_is_told_and_the_words_stay(tmp_path: Path) -> None:
    said = "我的证件号是11010519491231002X，请回电。"
    path = table(
        tmp_path / "a.xlsx", [1, "用户甲", "证件", "2024-3-5", said], [2, "用户乙", "单号", "2024-3-5", "110105194912310021"]
    )
    assert [row.content for row in messages(path)] == [said, "110105194912310021"]  # the second has the wrong check digit
    assert [(each.row, each.column, each.code, each.refused) for each in problems(path)] == [
        (2, "E 留言详情", "identity_within", False)
    ]


def test_a_doubtful_date_is_taken_told_and_kept(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", [1, "", "修路", "12/08/2016", ""], [2, "", "修桥", "2019-2-28 约九点", ""])
    assert [(row.raised_on, row.extras["留言时间"]) for row in messages(path)] == [
        (date(2016, 12, 8), "12/08/2016"),
        (date(2019, 2, 28), "2019-2-28 约九点"),
    ]
    assert [(each.code, each.facts["day"]) for each in problems(path)] == [
        ("date_order_assumed", date(2016, 12, 8)),
        ("time_unreadable", date(2019, 2, 28)),
    ]


def test_the_second_date_of_a_row_is_an_extra(tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.xlsx",
        ["修路", None, "2024-05-06"],
        ["修桥", "2024-05-01", "2024-05-07"],
        header=["标题", "来访日期", "登记日期"],
    )
    first, second = messages(path)
    assert (first.raised_on, first.extras) == (date(2024, 5, 6), {})
    assert (second.raised_on, second.extras) == (date(2024, 5, 1), {"登记日期": "2024-05-07"})


def test_a_failed_formula_is_told_and_not_imported_as_text(tmp_path: Path) -> None:
    path = table(tmp_path / "a.xlsx", [1, "#N/A", "修路", None, "坑洼"])
    assert messages(path)[0].raised_by == ""
    assert [(each.column, each.code, each.facts) for each in problems(path)] == [("B 留言用户", "cell_error", {"text": "#N/A"})]


def test_a_column_that_repeats_title_and_content_is_not_noted_again(tmp_path: Path) -> None:
    header = ["标题", "内容", "文本", "点赞数"]
    first, second = messages(
        table(tmp_path / "a.xlsx", ["修路", "坑洼", "修路 坑洼", 0], [None, None, "只有文本", 1], header=header)
    )
    assert first.extras == {"点赞数": "0"}
    assert (second.title, second.extras) == ("只有文本", {"点赞数": "1"})


def test_two_unnamed_or_equal_columns_are_both_kept(tmp_path: Path) -> None:
    (message,) = messages(table(tmp_path / "a.xlsx", ["修路", "甲", "乙"], header=["标题", "星级", "星级"]))
    assert message.extras == {"星级": "甲", "C 星级": "乙"}


def test_the_header_repeated_on_a_later_page_is_no_message(tmp_path: Path) -> None:
    header: list[tuple[object, ...]] = [("编号", "反映人", None, "内容"), (None, "姓名", "电话")]
    rows = [("登记表",), *header, (1, "来访人甲", "0", "修路"), *header, (2, "来访人乙", "1", "修桥")]
    found = messages(written_book(tmp_path / "a.xlsx", {"登记": rows}))
    assert [(row.row, row.raised_by, row.content or row.title) for row in found] == [
        (4, "来访人甲", "修路"),
        (7, "来访人乙", "修桥"),
    ]


def test_a_sheet_that_says_nothing_of_what_was_raised_is_refused() -> None:
    header = header_of("编号", "姓名", "电话")
    with pytest.raises(Refused) as refused:
        MESSAGES.told_by(header, MESSAGES.guessed(header))
    assert refused.value.code == "columns_missing"
    assert refused.value.facts["found"] == ("编号", "姓名", "电话")


def test_columns_for_who_and_when_are_missed_aloud() -> None:
    assert [each.facts["field"] for each in MESSAGES.guessed(header_of("内容")).problems] == ["raised_by", "raised_on"]


MESSAGE = MessageRow(
    row=2, source_no="7", raised_by="用户甲", title="修路", content="坑洼", raised_on=date(2019, 2, 28), place="某路"
)


def changed(**fields: object) -> MessageRow:
    values = {name: getattr(MESSAGE, name) for name in (each.name for each in dataclasses.fields(MESSAGE))}
    return MessageRow(**{**values, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"row": 9, "line_no": "4", "category": "民生", "deputy": "代表乙", "remarks": "急", "extras": {"去向": "街道"}},
        {"phone": "13800000000", "address": "某村"},
        {"raised_by": "用户 甲"},
        {"content": "坑\n洼"},
        {"source_no": "７"},
    ],
)
def test_what_another_export_changes_does_not_change_the_fingerprint(fields: dict[str, object]) -> None:
    assert MESSAGES.fingerprint(changed(**fields)) == MESSAGES.fingerprint(MESSAGE)


@pytest.mark.parametrize(
    "fields",
    [
        *({name: text} for name in ("source_no", "raised_by", "title", "content", "place") for text in ("", "别的")),
        {"raised_on": date(2019, 3, 1)},
        {"raised_on": None},
        {"raised_at": time(11, 25, 5)},
        {"title": "修路坑", "content": "洼"},
        {"content": "坑洼\ue5d2"},
    ],
)
def test_another_message_has_another_fingerprint(fields: dict[str, object]) -> None:
    assert MESSAGES.fingerprint(changed(**fields)) != MESSAGES.fingerprint(MESSAGE)


@given(st.builds(MessageRow, row=st.integers(2), title=st.text(), content=st.text(), source_no=st.text()))
def test_every_message_has_a_fingerprint(message: MessageRow) -> None:
    assert HEX.fullmatch(MESSAGES.fingerprint(message))


def test_a_fingerprint_stays_what_stations_have_stored() -> None:
    said = MessageRow(row=2, title="路灯 不亮", content="第 3 号楼，夜里看不见。", raised_by="甲", raised_on=date(2025, 1, 31))
    assert MESSAGES.fingerprint(said) == "b70a3b16a511ba050c5dcd8be1a2be766b173baf4b4ec946fb0ba00e0f7f3d36"
    assert MESSAGES.fingerprint(said, 2) == "41a790d0fca50179bfd19e13b1cd90b5fe8fdd8de5d956acbb3207ae4e9b1058"
    fingerprints = Fingerprints(MESSAGES)
    assert [fingerprints.of(said), fingerprints.of(said)] == [MESSAGES.fingerprint(said), MESSAGES.fingerprint(said, 2)]


def test_equal_rows_with_a_number_are_one_message_and_without_are_several() -> None:
    numbered, plain = Fingerprints(MESSAGES), Fingerprints(MESSAGES)
    assert len({numbered.of(MESSAGE) for _ in range(3)}) == 1
    anonymous = changed(source_no="")
    first = [plain.of(anonymous) for _ in range(3)]
    assert len(set(first)) == 3
    again = Fingerprints(MESSAGES)
    assert [again.of(anonymous) for _ in range(3)] == first


@pytest.mark.parametrize(
    ("file", "rows", "dated", "told"),
    [
        ("messages.xlsx", 2152, 2152, 0),
        ("messages-with-replies.xlsx", 1460, 1460, 0),
        ("messages-labelled.csv", 2139, 934, 0),
        ("hotline-appeals.csv", 732, 732, 50),
        ("proposals.csv", 210, 210, 0),
    ],
)
def test_real_tables_are_read_whole(real_data: Path, file: str, rows: int, dated: int, told: int) -> None:
    found = messages(real_data / file)
    assert (len(found), sum(row.raised_on is not None for row in found)) == (rows, dated)
    assert len(problems(real_data / file)) == told
    assert all(row.title and not {"\t", "\xa0", "\u200b"} & set(row.title + row.content + row.notes()) for row in found)


@pytest.mark.parametrize("file", ["hunan-areas.csv", "issue-categories.csv", "hunan-streets.csv", "standard-characters-8105.csv"])
def test_real_tables_of_other_things_are_refused(real_data: Path, file: str) -> None:
    with pytest.raises(Refused) as refused:
        read(real_data / file)
    assert refused.value.code in {"columns_missing", "header_unknown"}


def test_real_messages_are_all_told_apart_and_known_again(real_data: Path) -> None:
    found = messages(real_data / "messages.xlsx")
    assert len({MESSAGES.fingerprint(row) for row in found}) == len(found)
    assert len({MESSAGES.fingerprint(changed_number(row)) for row in found}) == len(found)
    again, part = Fingerprints(MESSAGES), Fingerprints(MESSAGES)
    assert {part.of(row) for row in found[500:900]} <= {again.of(row) for row in found}


def changed_number(row: MessageRow) -> MessageRow:
    return MessageRow(
        row=row.row,
        raised_by=row.raised_by,
        title=row.title,
        content=row.content,
        raised_on=row.raised_on,
        raised_at=row.raised_at,
    )
