"""What an issue needs at the desk, and before it is assigned."""

from datetime import date

from app.domain.issue import Issue, assignment_problems, issue_problems
from tests.app.domain.invented import numbered


def test_an_issue_needs_that_something_was_raised() -> None:
    assert list(issue_problems(Issue(id=numbered(1), words="路灯坏了"))) == []
    assert list(issue_problems(Issue(id=numbered(1), subject="路灯"))) == []
    assert [(each.code, each.field) for each in issue_problems(Issue(id=numbered(1), words=" \n"))] == [
        ("matter_missing", "words")
    ]


def test_an_assignment_needs_a_unit_and_a_day_not_before_the_issue() -> None:
    day = date(2026, 5, 7)
    assert [each.code for each in assignment_problems(Issue(id=numbered(1)))] == ["unit_missing", "assigned_on_missing"]
    ready = Issue(id=numbered(1), unit=numbered(2), received_on=day, assigned_on=day)
    assert list(assignment_problems(ready)) == []
    early = Issue(id=numbered(1), unit=numbered(2), received_on=day, assigned_on=date(2026, 5, 6))
    assert [each.code for each in assignment_problems(early)] == ["assigned_before_received"]


def test_an_issue_without_a_subject_is_listed_by_the_first_of_its_words() -> None:
    assert Issue(id=numbered(1), subject="路灯", words="坏了").title() == "路灯"
    assert Issue(id=numbered(1), words="\n  村口路灯坏了，\n晚上看不见").title() == "村口路灯坏了，"
    assert len(Issue(id=numbered(1), words="灯" * 200).title()) == 40
