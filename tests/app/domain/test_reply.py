"""Replies by scheme and class, and their evaluation."""

from datetime import date

import pytest

from app.domain.reply import (
    REPLY_CLASSES,
    Reply,
    ReplyScheme,
    reply_class_word,
    reply_problems,
)
from tests.app.domain.invented import numbered

REPLY = Reply(id=numbered(1), replied_on=date(2026, 8, 7), scheme=ReplyScheme.HUNAN_3, reply_class="B")


@pytest.mark.parametrize(
    ("scheme", "reply_class", "word"),
    [
        (ReplyScheme.HUNAN_3, "C", "留作参考"),
        (ReplyScheme.NPC_4, "D", "留作参考"),
        (ReplyScheme.JIA_YI_BING, "乙", "乙类"),
        (ReplyScheme.HUNAN_3, "D", "D"),
        ("later_scheme", "A", "A"),
        ("", "", ""),
    ],
)
def test_a_letter_means_what_its_scheme_says(scheme: str, reply_class: str, word: str) -> None:
    assert reply_class_word(Reply(id=numbered(1), scheme=scheme, reply_class=reply_class)) == word


def test_every_scheme_has_its_classes() -> None:
    assert set(REPLY_CLASSES) == set(ReplyScheme)
    assert list(REPLY_CLASSES[ReplyScheme.HUNAN_3]) == ["A", "B", "C"]


def test_a_reply_needs_its_day_and_a_class_that_its_scheme_knows() -> None:
    assert list(reply_problems(REPLY)) == []
    wrong = Reply(id=numbered(1), scheme=ReplyScheme.HUNAN_3, reply_class="D")
    assert [each.code for each in reply_problems(wrong)] == ["replied_on_missing", "reply_class_unknown"]
    later = Reply(id=numbered(1), replied_on=REPLY.replied_on, scheme="later_scheme", reply_class="Z")
    assert list(reply_problems(later)) == []
