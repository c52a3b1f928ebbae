"""The character index on a real encrypted database: it finds exactly what a look through all texts would find."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.domain.issue import Issue
from app.domain.pinyin import heard
from app.domain.search import fold, understood
from app.domain.values import Id
from app.queries.search import Found, Hit, search
from app.storage.readings import readings
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_encounter, an_issue, remove, save

ODD: Final = (
    "水电路灯东街甲乙丙 \t\n　\u00a0\u200b\u200d\ufeff\"'“”‘’*():-+^~<>&|{}[]%_\\/,.。，；、（）"
    "aAＡbＢzßẞİıſKKΣςσÅé\u0301\u0308е𠮷𠮶𪚥😀👩\u200d👧①½㈱ﾊﾟハ￣\u2420\u2421\ufffd\ufffe\uffff\u180e\U000f0000\U0010fffd\U000e0100\0"
)
TEXT: Final = st.text(st.sampled_from(ODD) | st.characters(codec="utf-8"), max_size=12)
RECORD: Final = st.tuples(TEXT, TEXT, st.lists(TEXT, max_size=2))
Texts = tuple[str, str, list[str]]


@dataclass
class Library:
    """The issues saved so far with the texts of their fields, in the order of saving; the oracle looks through all of them."""

    workspace: Workspace
    texts: dict[Id, tuple[str, ...]] = field(default_factory=dict)

    def add(self, subject: str, words: str, units: Sequence[str]) -> Issue:
        """A new issue with these texts."""
        issue = an_issue(self.workspace, subject, words=words, units_concerned=tuple(units))
        self.put(issue)
        return issue

    def change(self, issue: Issue, texts: Texts | None) -> None:
        """Other texts for an issue, or none: it is removed."""
        if texts:
            self.put(replace(issue, subject=texts[0], words=texts[1], units_concerned=tuple(texts[2])))
        else:
            remove(self.workspace, issue.id)
            self.texts[issue.id] = ()

    def put(self, issue: Issue) -> None:
        """Save an issue, new or changed."""
        save(self.workspace, issue)
        self.texts[issue.id] = (issue.subject, issue.words, "\n".join(issue.units_concerned))

    def holding(self, typed: str) -> list[Id]:
        """The issues in which each phrase stands in some field, newest first."""
        return self._with_each_phrase(typed, lambda phrase, fields: any(phrase in fold(each) for each in fields))

    def holding_or_sounding(self, typed: str) -> list[Id]:
        """The same, and those whose subject sounds like the phrase: 塔 is found by ta."""
        return self._with_each_phrase(
            typed,
            lambda phrase, fields: any(phrase in fold(each) for each in fields) or bool(list(heard(fields[0], phrase, readings))),
        )

    def _with_each_phrase(self, typed: str, answers: Callable[[str, tuple[str, ...]], bool]) -> list[Id]:
        phrases = understood(typed).phrases
        found = [record for record, fields in self.texts.items() if fields and all(answers(each, fields) for each in phrases)]
        return found[::-1] if phrases else []


def found(workspace: Workspace, typed: str) -> list[Id]:
    """What the search answers, issues only; its total is the number of its hits."""
    answer = search(workspace, typed, limit=1_000_000)
    assert answer.total == len(answer.hits)
    return [hit.id for hit in answer.hits if hit.kind == "issue"]


@dataclass(frozen=True)
class Plan:
    """Some issues, what becomes of some of them (taken out, or given other texts), and what is then typed."""

    records: list[Texts]
    changes: list[tuple[int, Texts | None]]
    typed: list[str]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan; what is typed is remembered from one of the texts, or remembered wrong."""
    records = draw(st.lists(RECORD, min_size=1, max_size=4))
    changes = draw(st.lists(st.tuples(st.integers(0, len(records) - 1), st.none() | RECORD), max_size=2))
    texts = [*records, *(each for _, each in changes if each)]
    remembered = st.sampled_from([part for subject, words, units in texts for part in (subject, words, *units)]) | TEXT
    return Plan(records, changes, [_typed(draw, remembered) for _ in range(4)])


def _typed(draw: st.DrawFn, remembered: st.SearchStrategy[str]) -> str:
    pieces: list[str] = []
    for source in draw(st.lists(remembered, min_size=1, max_size=2)):
        start = draw(st.integers(0, max(0, len(source) - 1)))
        piece = source[start : start + draw(st.integers(1, 6))]
        pieces.append(draw(st.sampled_from(["{}", '"{}"', "“{}”", '"{}'])).format(piece))
    return " ".join(pieces)


def test_it_finds_exactly_what_a_look_through_all_texts_finds(workspace: Workspace) -> None:
    library = Library(workspace)

    @settings(max_examples=80)
    @given(plan=plans())
    def tried(plan: Plan) -> None:
        issues = [library.add(*texts) for texts in plan.records]
        for place, texts in plan.changes:
            library.change(issues[place], texts)
        for typed in plan.typed:
            answer, holding = found(workspace, typed), library.holding(typed)
            assert [each for each in answer if each in holding] == holding, typed
            assert set(answer) <= set(library.holding_or_sounding(typed)), typed

    tried()
    assert len(library.texts) > 80


def test_one_character_is_enough(workspace: Workspace) -> None:
    library = Library(workspace)
    for character in sorted(set(ODD)):
        library.add(f"前{character}后", "", ())
        library.add("前后", "", (f"甲{character}",))
    for character in sorted(set(ODD)):
        for typed in (character, f"前{character}后", f'"前{character}后"', f'"{character}'):
            assert found(workspace, typed) == library.holding(typed), typed


def test_the_oracle_agrees_with_the_databases_own_like(workspace: Workspace) -> None:
    library = Library(workspace)
    for subject in ("东街路灯不亮", "东街 路灯", "西街路灯", "路灯·东街", "EAST 东 街"):
        library.add(subject, "", ())
    with workspace.reading() as connection:
        for typed in ("东街", "路灯", "东 街", "灯不", "east", "·"):
            conditions = " AND ".join(f"title LIKE '%{phrase}%'" for phrase in understood(typed).phrases)
            like = connection.scalars(
                text(f"SELECT id FROM current WHERE kind = 'issue' AND {conditions} ORDER BY no DESC")
            ).all()
            assert found(workspace, typed) == library.holding(typed) == list(like)


# --- what is found and what not ----------------------------------------------------------------------------------


def test_a_phrase_in_quotation_marks_stands_as_it_is(workspace: Workspace) -> None:
    library = Library(workspace)
    together, apart = library.add("东街 停水", "", ()), library.add("停水在东街", "", ())
    assert found(workspace, "东街 停水") == [apart.id, together.id]
    assert found(workspace, '"东街 停水"') == found(workspace, "“东街　停水”") == [together.id]
    assert found(workspace, '"停水 东街"') == []


def test_no_phrase_reaches_from_one_field_into_the_next(workspace: Workspace) -> None:
    issue = Library(workspace).add("路灯", "不亮", ("路政",))
    assert found(workspace, "路灯不") == found(workspace, '"路灯 不"') == []
    assert found(workspace, "路灯 不亮 路政") == [issue.id]


def test_words_of_the_index_language_are_only_words(workspace: Workspace) -> None:
    library = Library(workspace)
    issue = library.add('NEAR(a b) AND "x" OR NOT -c*^ text:1 {2}', "", ())
    for typed in ("NEAR(a", "AND", "or not", "-c*^", "text:1", '"x"', "{2}", '"', "*", "^"):
        assert found(workspace, typed) == library.holding(typed) == [issue.id], typed
    assert found(workspace, "near(b") == []


def test_nothing_typed_finds_nothing(workspace: Workspace) -> None:
    save(workspace, an_issue(workspace))
    assert [search(workspace, typed) for typed in ("", "  ", '""', "\t　")] == [Found(0, ())] * 4


def test_a_hit_tells_kind_title_and_day_and_the_total_counts_all(workspace: Workspace) -> None:
    issues = [an_issue(workspace, f"路灯{number}") for number in range(5)]
    save(workspace, *issues)
    answer = search(workspace, "路灯", limit=2)
    newest = [Hit("issue", each.id, each.subject, "2026-11-20") for each in reversed(issues)]
    assert (answer.total, list(answer.hits)) == (5, newest[:2])
    assert search(workspace, "路灯", limit=0) == Found(5, ())


def test_every_kind_is_searched_telephone_numbers_too(workspace: Workspace) -> None:
    deputy, person = a_deputy(workspace, "代表某某", deputy_card_no="HN-007"), an_encounter(workspace, "来访者某某")
    contact = a_contact(workspace, person.id, "0731-88880000")
    save(workspace, deputy, person, contact)
    assert {hit.kind for hit in search(workspace, "者某某").hits} == {"encounter"}
    assert {hit.kind for hit in search(workspace, "表某某").hits} == {"deputy"}
    assert [hit.id for hit in search(workspace, "hn-007").hits] == [deputy.id]
    assert [hit.id for hit in search(workspace, "8888").hits] == [contact.id]


# --- kept with the records ----------------------------------------------------------------------------------------


def test_a_change_leaves_nothing_of_the_old_text(workspace: Workspace) -> None:
    issue = an_issue(workspace, "旧的说法")
    save(workspace, issue)
    save(workspace, replace(issue, subject="新的措辞"))
    assert (found(workspace, "旧的说法"), found(workspace, "新的措辞")) == ([], [issue.id])


def test_a_record_without_a_text_can_get_one_and_lose_it(workspace: Workspace) -> None:
    issue = an_issue(workspace, "")
    save(workspace, issue)
    save(workspace, replace(issue, words="后来补上"))
    assert found(workspace, "后来补上") == [issue.id]
    save(workspace, issue)
    assert found(workspace, "后来补上") == []


def test_index_and_record_change_in_one_transaction(workspace: Workspace) -> None:
    issue = an_issue(workspace, "原来的")
    save(workspace, issue)

    def change_and_fail() -> None:
        with workspace.writing() as books:
            books.records.save(replace(issue, subject="改成的"))
            books.records.save(an_issue(workspace, "改成的新件"))
            held = text("SELECT count(*) FROM search_index WHERE search_index MATCH '\"改 成\"'")
            assert books.connection.execute(held).scalar_one() == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert (found(workspace, "改成"), found(workspace, "原来的")) == ([], [issue.id])


def test_a_search_beside_an_open_write_sees_the_old_state(workspace: Workspace) -> None:
    issue = an_issue(workspace, "原来的")
    save(workspace, issue)
    with workspace.writing() as books:
        books.records.save(replace(issue, subject="改成的"))
        assert (found(workspace, "改成的"), found(workspace, "原来的")) == ([], [issue.id])
    assert (found(workspace, "改成的"), found(workspace, "原来的")) == ([issue.id], [])
