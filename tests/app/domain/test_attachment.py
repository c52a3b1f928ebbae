"""What an attachment needs to be found again."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attachment import LARGEST_FILE, MOST_FILES, Attachment, attachment_problems, file_name, room_problem
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


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("现场照片.jpg", "现场照片.jpg"),
        ("C:\\Users\\某人\\桌面\\扫描.pdf", "扫描.pdf"),
        ("../../etc/passwd", "passwd"),
        ("folder/", "folder"),
        ("e\u0301te\u0301.txt", "\u00e9t\u00e9.txt"),
        ("a\x00b\nc\u202egpj.exe", "abcgpj.exe"),
        ("  两个  空格.doc ", "两个 空格.doc"),
        ("..", "附件"),
        ("", "附件"),
        ("\u200b", "附件"),
        ("阿·布都·热合曼𠮷.wav", "阿·布都·热合曼𠮷.wav"),
    ],
)
def test_a_file_keeps_its_own_name_without_what_could_mislead(told: str, kept: str) -> None:
    assert file_name(told) == kept


def test_a_name_of_any_length_keeps_its_ending() -> None:
    name = file_name("长" * 400 + ".docx")
    assert name.endswith("长.docx")
    assert len(name) == 120
    assert len(file_name("x." + "y" * 300)) == 120


@given(st.text(max_size=300))
def test_every_name_can_be_a_file_s_name(told: str) -> None:
    name = file_name(told)
    assert 0 < len(name) <= 120
    assert not set(name) & set("/\\\0\n")
    assert name not in {".", ".."}
    assert file_name(name) == name or unicodedata.normalize("NFC", name) != name


@pytest.mark.parametrize(
    ("size", "held", "code"),
    [
        (1, 0, None),
        (LARGEST_FILE, MOST_FILES - 1, None),
        (0, 0, "file_empty"),
        (LARGEST_FILE + 1, 0, "attachment_large"),
        (1, MOST_FILES, "attachments_many"),
    ],
)
def test_a_record_has_room_for_fifty_files_of_twenty_megabytes(size: int, held: int, code: str | None) -> None:
    problem = room_problem("照片.jpg", size=size, held=held)
    assert (problem.code if problem else None) == code
    assert problem is None or problem.facts["path"] == "照片.jpg"
