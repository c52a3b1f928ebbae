"""What an attachment needs to be found again."""

from dataclasses import replace

import pytest

from app.domain.attachment import Attachment, attachment_problems
from tests.app.domain.invented import numbered

PHOTO = Attachment(id=numbered(1), of=numbered(2), name="现场照片.jpg", size=7, sha256="0123456789abcdef" * 4)


def test_an_attachment_belongs_to_a_record_and_has_a_name_and_a_digest() -> None:
    assert list(attachment_problems(PHOTO)) == []
    assert [each.code for each in attachment_problems(Attachment(id=numbered(1)))] == [
        "attachment_loose",
        "file_name_missing",
        "digest_malformed",
    ]


@pytest.mark.parametrize("digest", ["", "0" * 63, "0" * 65, "0" * 63 + "A", "g" * 64])
def test_a_digest_has_64_lower_case_hexadecimal_digits(digest: str) -> None:
    assert [each.code for each in attachment_problems(replace(PHOTO, sha256=digest))] == ["digest_malformed"]
