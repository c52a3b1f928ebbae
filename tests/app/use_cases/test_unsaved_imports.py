"""An import that was begun: kept with what was chosen and typed, read again, told from one whose file has changed."""

from pathlib import Path
from typing import Any

import pytest

from app.use_cases.drafts import IMPORT_DRAFT, keep_draft
from app.use_cases.imports import REMARK, SheetChoice, read_columns
from app.use_cases.unsaved_imports import UnsavedImport, import_key, import_told, typed_cells, unsaved_import
from app.workspace import Workspace
from tests.builders import messages_csv

CHOICE = SheetChoice(
    kind="visits", header_row=1, year=2024, columns={1: REMARK}, repairs={(3, 5): "13900000002", (4, 27): "东街"}
)


def kept(workspace: Workspace, path: Path, **other: Any) -> str:
    keep_draft(workspace, import_key(path), IMPORT_DRAFT, import_told(path, CHOICE) | other)
    return import_key(path)


def test_what_was_chosen_and_typed_is_read_again(workspace: Workspace, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "台账.csv", 3)
    assert unsaved_import(workspace, import_key(path)) is None
    assert unsaved_import(workspace, kept(workspace, path)) == UnsavedImport(path=path, choice=CHOICE, same=True)
    assert typed_cells(import_told(path, CHOICE)) == [(3, "F", "13900000002"), (4, "AB", "东街")]


@pytest.mark.parametrize("gone", [True, False])
def test_a_file_that_changed_or_is_gone_is_not_the_same(workspace: Workspace, tmp_path: Path, gone: bool) -> None:
    path = messages_csv(tmp_path / "台账.csv", 3)
    key = kept(workspace, path)
    if gone:
        path.unlink()
    else:
        messages_csv(path, 4)
    found = unsaved_import(workspace, key)
    assert found is not None
    assert (found.choice, found.same) == (CHOICE, False)


@pytest.mark.parametrize(
    "other", [{"ledger": "gifts"}, {"repairs": [[1]]}, {"repairs": 3}, {"year": "long ago"}, {"columns": None}]
)
def test_what_a_newer_program_kept_is_left_alone(workspace: Workspace, tmp_path: Path, other: dict[str, Any]) -> None:
    path = messages_csv(tmp_path / "台账.csv", 3)
    assert unsaved_import(workspace, kept(workspace, path, **other)) is None
    assert typed_cells({"repairs": [[1]]}) == typed_cells({}) == typed_cells({"repairs": 3}) == []


def test_the_columns_of_a_sheet_are_shown_as_a_person_chose_them(workspace: Workspace, tmp_path: Path) -> None:
    path = messages_csv(tmp_path / "台账.csv", 3)
    found = read_columns(workspace, path, SheetChoice(columns={1: REMARK, 4: "place"}))
    assert [each.field for each in found.columns] == ["source_no", REMARK, "title", "raised_on", "place", "phone"]
