"""A paper of every record of a list in one file: each as it is printed alone, what has none told with the reason."""

from collections.abc import Callable

import pytest

from app.domain.batch import MOST
from app.domain.issue import Issue
from app.domain.papers import PaperName
from app.domain.privacy import Privacy
from app.errors import Refused
from app.progress import Progress
from app.storage.journal import Journal
from app.use_cases.papers import Asked, composed_paper, print_paper
from app.workspace import Workspace
from tests.builders import a_contact, an_encounter, an_issue, save
from tests.pdf_text import bare, page_count, text_of


def issues(workspace: Workspace, many: int) -> list[Issue]:
    made = []
    for number in range(many):
        met = an_encounter(workspace, name=f"群众{number}")
        made.append(an_issue(workspace, f"第{number}件事", encounter=met.id))
        save(workspace, met, a_contact(workspace, met.id), made[-1])
    return made


def prints(workspace: Workspace) -> list[str | None]:
    with workspace.reading() as connection:
        return [line.record for line in Journal(connection).lines() if line.kind == "print"]


def test_each_is_printed_as_it_is_alone_in_the_order_of_the_list(workspace: Workspace, program: Callable[[str], str]) -> None:
    made = issues(workspace, 3)[::-1]
    ids = tuple(each.id for each in made)
    paper = print_paper(workspace, Asked(name=PaperName.ISSUE_RECORD, ids=ids))
    told = bare(text_of(program("pdftotext"), paper.content))
    assert [told.index(f"第{number}件事") for number in (2, 1, 0)] == sorted(told.index(f"第{number}件事") for number in range(3))
    assert (paper.records, paper.left_out, page_count(paper.content)) == (3, (), paper.pages)
    assert told.count("第1页共1页") == 3  # each by itself
    assert prints(workspace) == list(ids)
    assert paper.file_name == "群众意见办理单-3份.pdf"


def test_a_second_print_says_so_on_the_one_that_was_printed_before(workspace: Workspace, program: Callable[[str], str]) -> None:
    first, second = issues(workspace, 2)
    print_paper(workspace, Asked(name=PaperName.ISSUE_RECORD, id=first.id))
    paper = print_paper(workspace, Asked(name=PaperName.ISSUE_RECORD, ids=(first.id, second.id)))
    assert bare(text_of(program("pdftotext"), paper.content)).count("第2次打印") == 1


def test_what_has_no_such_paper_is_left_out_with_the_reason_and_keeps_no_other_back(workspace: Workspace) -> None:
    answered, open_one = issues(workspace, 2)
    save(workspace, Issue(id=answered.id, subject="已答复", encounter=answered.encounter, result_text="已修复。"))
    gone = workspace.clock.new_id()
    paper = print_paper(workspace, Asked(name=PaperName.REPLY_LETTER, ids=(open_one.id, answered.id, gone)))
    assert paper.records == 1
    assert [(each.record, each.code) for each in paper.left_out] == [(open_one.id, "not_answered"), (gone, "record_missing")]
    assert prints(workspace) == [answered.id]


@pytest.mark.parametrize(("many", "code"), [(MOST + 1, "batch_large"), (1, "batch_empty")])
def test_too_many_or_none_at_all_is_refused(workspace: Workspace, many: int, code: str) -> None:
    with pytest.raises(Refused, match=code):
        composed_paper(workspace, Asked(name=PaperName.REPLY_LETTER, ids=("",) * many if many == 1 else tuple("x" * many)))


def test_a_paper_that_is_of_no_record_takes_no_list(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="paper_takes_no_ids"):
        composed_paper(workspace, Asked(name=PaperName.VISIT_LOG, ids=("x",)))


def test_a_person_may_stop_between_two_of_them(workspace: Workspace) -> None:
    ids = tuple(each.id for each in issues(workspace, 2))
    progress = Progress()
    progress.cancel()
    with pytest.raises(Refused, match="cancelled"):
        print_paper(workspace, Asked(name=PaperName.ISSUE_RECORD, ids=ids), progress=progress)
    assert prints(workspace) == []


def test_in_full_every_one_of_them_is_noted(workspace: Workspace) -> None:
    ids = tuple(each.id for each in issues(workspace, 2))
    print_paper(workspace, Asked(name=PaperName.RECEPTION_FORM, ids=ids, privacy=Privacy.FULL))
    with workspace.reading() as connection:
        kinds = [line.kind for line in Journal(connection).lines() if line.kind in {"contact_shown", "print"}]
    assert kinds == ["contact_shown", "print"] * 2
