"""Every code that the program can raise has a sentence, in both languages, whose blanks the code fills."""

import re
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import i18n
from app.domain.life import SUGGESTION_LIFE, IssueState, SuggestionEvent, SuggestionState
from app.domain.problems import Problem
from app.errors import AppError, Refused, Unavailable
from app.messages import WORDS_MISSING, explain, problem_told, said
from app.messages.blanks import FILLS, blanks_of
from app.messages.sentences import SENTENCES
from app.packages.faults import FATES, WARNINGS
from app.province.refusals import WORDS, Refusal
from tests.app.raised_codes import Raised, raised_in, unseen_in
from tests.catalogue import sentences as messages_of
from tests.catalogue import texts, written
from tests.sources import Source, project_files


@pytest.fixture(scope="module")
def raised() -> list[Raised]:
    code = [file for file in project_files().code("app", "ui") if file.room != "app.messages"]
    found = [each for file in code for each in raised_in(file)]
    return found + [Raised(code, frozenset(), "app/packages/faults.py") for code in (*FATES, *WARNINGS)]


def alternatives(code: str) -> tuple[str, ...]:
    told = SENTENCES[code]
    return (told,) if isinstance(told, str) else told


# --- the table -----------------------------------------------------------------------------------------------------


def test_the_scan_sees_every_way_a_code_is_raised() -> None:
    text = """
def f(way, column, fault: str = "by_default"):
    raise Refused("one" if way else "two", path=way)
    yield Problem(code="three", field="x", facts={"name": 1})
    facts = {"names": 2}
    yield SheetProblem(row=1, code="four", facts=facts)
    self.tell(column, "five", text=way)
    read(fault="six")
    return Moment(problem="seven")
wrong: str = "eight"
TABLE = (("words", Unavailable, "nine"),)
LATE = "W_LATE"
"""
    seen = {each.code: each.facts for each in raised_in(Source(PurePosixPath("app/x.py"), text))}

    assert seen == {
        "one": {"path"},
        "two": {"path"},
        "three": {"field", "name"},
        "four": {"row", "column", "names"},
        "five": {"row", "column", "text"},
        "six": {"member", "reason"},
        "seven": {"row", "column", "text", "day"},
        "eight": set(),
        "nine": {"path"},
        "W_LATE": set(),
        "by_default": {"member", "reason"},
    }


def test_no_code_is_raised_out_of_sight() -> None:
    hidden = [where for file in project_files().code("app", "ui") for where in unseen_in(file)]

    assert not hidden, "the code raised here cannot be read off the source: write it out, or add its name to BOUND"


def test_every_code_has_a_sentence(raised: list[Raised]) -> None:
    wordless = {each.code: each.place for each in raised if each.code not in SENTENCES and each.code != WORDS_MISSING}

    assert not wordless, "give them sentences in app/messages/sentences.py"


def test_no_sentence_is_there_for_nothing(raised: list[Raised]) -> None:
    assert not set(SENTENCES) - {each.code for each in raised}, "nothing raises these any more: take them out"


def test_the_blanks_of_a_sentence_are_filled_where_its_code_is_raised(raised: list[Raised]) -> None:
    given_at: dict[str, list[frozenset[str]]] = {}
    for each in raised:
        given_at.setdefault(each.code, []).append(each.facts)
    empty = [
        sentence
        for code in SENTENCES
        for sentence in alternatives(code)
        if not any({name for name, _fill in blanks_of(sentence)} <= facts for facts in given_at[code])
    ]

    assert not empty, "no place that raises the code gives these blanks"


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_and_its_translation_fill_the_same_blanks_the_same_way(code: str) -> None:
    for sentence in alternatives(code):
        blanks = blanks_of(sentence)

        assert {fill for _name, fill in blanks} <= set(FILLS)
        assert sorted(blanks_of(i18n.words(i18n.CHINESE).gettext(sentence))) == sorted(blanks)


def test_the_body_s_words_for_what_it_gives_back_are_the_station_s_words_too() -> None:
    assert {code: said(code, {}) for code in Refusal} == dict(WORDS)


# --- what a person reads -------------------------------------------------------------------------------------------

SAMPLES: Final[dict[str, Any]] = {
    "allowed": SUGGESTION_LIFE.allowed(SuggestionState.DRAFT),
    "at": "2026-02-03T04:05:06+00:00",
    "bytes": 5 << 20,
    "cards": ["0012", "", "0013"],
    "day": date(2026, 1, 2),
    "event": SuggestionEvent.SUBMIT,
    "expired": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "field": "received_on",
    "found": ("姓名", "电话"),
    "given": "visit",
    "groups": (2, 5),
    "id": "0190",
    "kind": "issue",
    "known": ["subject", "words"],
    "life": "suggestion",
    "limit": 1 << 30,
    "most": 512 << 20,
    "name": "某某",
    "names": ("标题", "内容"),
    "not_after": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "path": Path("甲乙") / "丙.丁",
    "records": {"issue": 3, "visit": 2},
    "size": 3_250_586,
    "stands": "issue",
    "state": SuggestionState.DRAFT,
    "type": "recovery",
    "value": "丑",
    "where": "12: line_malformed(why='_digest')",
    "why": "读写错误",
}
"""A value for every fact that is no short text or number."""

FOREIGN: Final = (
    *(
        "Excel",
        "PIN",
        "WPS",
        "Word",
        ".docx",
        ".doc",
        ".txt",
        "U 盘",
        "JSON",
        "xlsx",
        "xls",
        "csv",
        "CSV",
        "keyslots.json",
        "sqlite",
        "true",
        "false",
        "PDF",
        "MB",
        "GB",
        "KB",
    ),
    *("Enter", "Ctrl", "Alt", "Esc", "Tab", "Insert", "Delete", "Lucide", "Python", "Qt", "English"),
)
"""Words of other alphabets that a Chinese sentence may hold: files, keys of the keyboard, names of what others made."""

LATIN: Final = re.compile(r"[A-Za-z]{2,}")
PYTHONIC: Final = re.compile(r"[{}\[\]<>]|None|True|False|Path\(|'[^']*'")


def facts_for(sentence: str) -> dict[str, object]:
    return {name: SAMPLES.get(name, "子") for name, _fill in blanks_of(sentence)}


@pytest.mark.parametrize("language", [i18n.CHINESE, i18n.ENGLISH])
@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_whole_and_free_of_python(code: str, language: str) -> None:
    i18n.speak(language)
    for sentence in alternatives(code):
        told = said(code, facts_for(sentence))

        assert not PYTHONIC.search(told.replace("'s ", "")), told
        assert "未说明" not in told
        assert "not told" not in told
        assert told.endswith(tuple("。：.:）)"))


@pytest.mark.parametrize("code", SENTENCES)
def test_a_chinese_sentence_is_chinese(code: str) -> None:
    for sentence in alternatives(code):
        facts = facts_for(sentence)
        told = said(code, facts)
        for word in (code, *FOREIGN, *SAMPLES["known"], *map(str, facts.values())):
            told = told.replace(word, "")

        assert not LATIN.search(told), told


def test_every_translation_speaks_the_house_s_chinese() -> None:
    for message in messages_of(written()):
        for text in texts(message.string):
            plain = re.sub(r"\{\w+(?::\w+)?\}|%\(\w+\)[sr]|%[sr]", "", text)
            for word in (*FOREIGN, "liaison undo", "SHA"):
                plain = plain.replace(word, "")

            assert not LATIN.search(plain), text
            assert not re.search("[!！]|附议|转介", text), text


def told(code: str, language: str, **facts: object) -> str:
    i18n.speak(language)
    return explain(Refused(code, **facts))


def test_a_package_s_code_stands_behind_its_sentence() -> None:
    assert told("E_CONTAINER", i18n.CHINESE) == "文件损坏，或不是报送包。请重新复制。（E_CONTAINER）"
    assert told("E_CONTAINER", i18n.ENGLISH) == "The file is damaged, or is no package. Copy it again. (E_CONTAINER)"
    assert "W_GAP" not in said("W_GAP", {})


def test_the_first_sentence_is_said_whose_blanks_are_given() -> None:
    assert "第 3 行" in told("entry_not_json", i18n.CHINESE, path="a.json", line=3)
    assert "行" not in told("entry_not_json", i18n.CHINESE, path="a.json")
    assert "0012" in told("deputy_ambiguous", i18n.CHINESE, name="某某", cards=["0012"])
    assert "代表证号" not in told("deputy_ambiguous", i18n.CHINESE, name="某某", cards=["", ""])


@pytest.mark.parametrize("code", ["database_damaged", "database_failed", "disk_failed", "disk_full", "folder_unusable"])
def test_what_a_check_met_is_told_with_where(code: str) -> None:
    shown = said(code, {"where": "station.db"})

    assert "station.db" in shown
    assert "未说明" not in shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 bytes"), (1000, "1000 bytes"), (1024, "1 KB"), (3_250_586, "3.1 MB"), (1 << 30, "1 GB"), (5 << 40, "5120 GB")],
)
def test_a_size_is_told_as_a_person_would(size: int, shown: str) -> None:
    assert f" {shown} at most" in told("file_large", i18n.ENGLISH, path="x", most=size)


def test_terms_and_words_are_those_of_the_records() -> None:
    facts = {"life": "issue", "state": IssueState.CLOSED, "event": SuggestionEvent.SUBMIT, "allowed": ()}

    assert told("life_forbids", i18n.CHINESE, **facts) == "群众意见现在是“已办结”，不能“提交”。"
    assert told("life_forbids", i18n.ENGLISH, **facts) == "The issue is closed: submit cannot follow."
    assert "收到日期" in told("field_malformed", i18n.CHINESE, kind="issue", field="received_on", value="5 月")
    assert "received_on of the issue" in told("field_malformed", i18n.ENGLISH, kind="issue", field="received_on", value="May")


def test_what_a_field_takes_is_told() -> None:
    def wanted(field: str) -> str:
        return told("field_malformed", i18n.CHINESE, kind="issue", field=field, value="[1]").rpartition("应填")[2]

    assert wanted("received_on") == "日期，如 2026-01-31。"
    assert wanted("unit") == "承办单位的编号。"
    assert wanted("deputies") == "一组内容，每一项是人大代表的编号。"
    assert wanted("units_concerned") == "一组内容，每一项是文字。"
    assert wanted("encounters") == "一条记录。"
    assert "几项内容" in told("field_malformed", i18n.CHINESE, kind="", field="deputies", value="[1]")


def test_what_is_missing_is_listed_once_a_line() -> None:
    missing = (Problem(code="name_missing"), Problem(code="title_missing", field="subject"), Problem(code="name_missing"))

    assert told("incomplete", i18n.CHINESE, problems=missing) == "还有以下内容需要补正：\n· 请填写姓名。\n· 请填写标题。"


def test_a_hint_is_told_with_its_numbers() -> None:
    hint = Problem(code="group_large", field="people", hint=True, facts={"people": 9, "most": 5})

    assert problem_told(hint) == "一起来访的有 9 人，请他们推选代表，代表不超过 5 人。"


def test_a_code_nobody_knows_and_a_fact_nobody_gave_are_said_to_be_so() -> None:
    assert told("of_tomorrow", i18n.CHINESE) == "遇到一种没有说明的情况，代号 of_tomorrow。请把代号告诉维护人员。"
    assert told("file_missing", i18n.CHINESE).startswith("找不到“未说明”")


def test_nothing_in_a_fact_commands_the_terminal_or_breaks_the_line() -> None:
    shown = told("file_missing", i18n.ENGLISH, path="a\x1b[2J\r\nb")

    assert "\x1b" not in shown
    assert "\n" not in shown


def test_without_words_both_languages_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(language: str) -> None:
        raise Unavailable("words_missing", file="liaison.mo")

    monkeypatch.setattr(i18n, "words", missing)

    for error in (Unavailable(WORDS_MISSING, file="liaison.mo"), Refused("no_trust"), Refused("of_tomorrow")):
        shown = explain(error)
        assert "程序的词句文件缺失或损坏：liaison.mo" in shown
        assert "words are missing or damaged: liaison.mo" in shown
        assert error.code in shown


FACTS: Final = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.dates(), st.times(), st.datetimes(),
    st.lists(st.text()), st.dictionaries(st.text(), st.integers()), st.sampled_from([*SuggestionState, *IssueState]),
    st.sampled_from(list(SAMPLES.values())),
)  # fmt: skip


@given(
    code=st.sampled_from([*SENTENCES, WORDS_MISSING, ""]), facts=st.dictionaries(st.sampled_from([*SAMPLES, "problems"]), FACTS)
)
def test_whatever_the_facts_a_sentence_comes_and_no_error(code: str, facts: dict[str, object]) -> None:
    error = AppError(code)
    error.facts.update(facts)

    assert explain(error)
