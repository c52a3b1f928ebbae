"""Every form of the window that is typed in keeps a draft, itself or by the desk it belongs to; who does not is named here."""

import ast
import re
from pathlib import Path
from typing import Final

UI: Final = Path(__file__).resolve().parents[2] / "ui"
EDITORS: Final = re.compile(
    r"\b(?:QLineEdit|QTextEdit|QPlainTextEdit|LongText|GrowingText|DayBox|HourBox|OptionalDay|NumberBox)\("
)

KEPT_BY: Final = {
    "forms/activity_form.py": "pages/visits/visit_keeper.py",
    "forms/bulletin_articles.py": "pages/issues/bulletin_desk.py",
    "forms/campaign_form.py": "pages/visits/campaigns.py",
    "forms/delegation_path.py": "pages/suggestions/desk.py",
    "forms/issue_form.py": "pages/issues/desk.py",
    "forms/matter_form.py": "pages/visits/visit_keeper.py",
    "forms/official_matters.py": "pages/suggestions/desk.py",
    "forms/editors.py": "pages/roster/desk.py",
    "forms/rota_form.py": "dialogs/rota_plan_dialog.py",
    "forms/suggestion_form.py": "pages/suggestions/desk.py",
    "forms/turn_form.py": "pages/suggestions/tracked_item.py",
    "forms/visit_form.py": "pages/visits/visit_keeper.py",
    "forms/visitor_form.py": "pages/visits/visit_keeper.py",
    "pages/issues/slip_fields.py": "pages/issues/step_card.py",
    "pages/issues/step_form.py": "pages/issues/step_card.py",
    "pages/issues/unit_field.py": "pages/issues/step_card.py",
    **dict.fromkeys(
        (f"pages/settings/{each}.py" for each in ("calendar_card", "profiles_card", "rule_value_field")),
        "pages/settings/kept_rules.py",
    ),
    "pages/suggestions/case_numbers.py": "pages/suggestions/together.py",
    "pages/suggestions/deed_form.py": "pages/suggestions/next_step.py",
    "pages/suggestions/pre_review_form.py": "pages/suggestions/signing.py",
    "pages/suggestions/shares_field.py": "pages/suggestions/next_step.py",
    "pages/suggestions/talk_form.py": "pages/suggestions/signing.py",
    "pages/suggestions/withdrawal_form.py": "pages/suggestions/signing.py",
    "pages/visits/findings.py": "pages/visits/visit_keeper.py",
    "pages/visits/minutes.py": "pages/visits/visit_keeper.py",
    "pages/visits/roll.py": "pages/visits/visit_keeper.py",
}
"""Parts of a form, and what keeps the whole."""

_PIECE: Final = "a piece that forms are made of"
_SOUGHT: Final = "words one looks for, nothing that would be saved"
_SECRET: Final = "a key, a code or a PIN must not lie in a draft"
_ANOTHER: Final = "another deputy types here and signs by PIN: nothing of theirs stays with the operator"
_SETTING: Final = "one value of a setting, saved as it stands"
NOT_KEPT: Final = {
    **dict.fromkeys(("forms/day_box.py", "forms/number_box.py", "forms/optional_day.py"), _PIECE),
    **dict.fromkeys(("widgets/growing_text.py", "widgets/long_text.py"), _PIECE),
    **dict.fromkeys(("widgets/deputy_picker.py", "widgets/record_picker.py", "widgets/unit_picker.py"), _SOUGHT),
    **dict.fromkeys(("widgets/find_bar.py", "pages/search/filters.py", "pages/settings/person_card.py"), _SOUGHT),
    "pages/settings/log_section.py": _SOUGHT,
    **dict.fromkeys(("pages/issues/issue_picker.py", "pages/suggestions/grounds.py", "pages/suggestions/shelf.py"), _SOUGHT),
    **dict.fromkeys((f"opening/{each}.py" for each in ("key_fields", "recover_panel", "recovery_panel")), _SECRET),
    **dict.fromkeys(
        (f"opening/{each}.py" for each in ("station_panel", "unlock_panel", "join_panel")), "no station is open to keep it in"
    ),
    **dict.fromkeys(
        (f"pages/settings/{each}.py" for each in ("keys_section", "new_code_card", "rotation_card", "escrow_card")), _SECRET
    ),
    **dict.fromkeys(("pages/settings/operator_card.py", "shell/lock_screen.py"), _SECRET),
    **dict.fromkeys(
        (f"pages/settings/{each}.py" for each in ("about_section", "operators_section", "platform_section")), _SETTING
    ),
    **dict.fromkeys(("pages/settings/form_columns.py", "pages/settings/network_section.py"), _SETTING),
    **dict.fromkeys(("pages/settings/computers_section.py", "pages/settings/offset_card.py"), _SETTING),
    "forms/county_mark.py": "the marks of a table are saved each as it is made",
    "pages/settings/admitting_card.py": "twelve digits read off another screen",
    "dialogs/paper_dialog.py": "how many copies are printed",
    "dialogs/evaluation_dialog.py": "what a deputy says of a reply may be sealed for the body: no copy may lie here",
    **dict.fromkeys(("dialogs/answer_dialog.py", "dialogs/cosign_file_dialog.py"), _ANOTHER),
    "pages/statistics/reject_form.py": "one line why an entry does not count, saved by Enter",
    "pages/statistics/scheme_card.py": "the day from which a scheme holds, taken up at once",
    "pages/suggestions/evaluation_card.py": "a day, saved as it stands",
    "pages/suggestions/hints.py": "one line why a hint is not followed, saved by Enter",
}
"""Where something is typed and no draft is kept, and why."""


def typed_in() -> set[str]:
    """The files of the window in which something is typed."""
    return {
        path.relative_to(UI).as_posix() for path in sorted(UI.rglob("*.py")) if EDITORS.search(path.read_text(encoding="utf-8"))
    }


def keeps(file: str) -> bool:
    """Whether a file makes a `DraftKeeper`."""
    tree = ast.parse((UI / file).read_text(encoding="utf-8"))
    calls = (each.func for each in ast.walk(tree) if isinstance(each, ast.Call))
    return any(isinstance(each, ast.Name) and each.id == "DraftKeeper" for each in calls)


def test_whatever_is_typed_in_keeps_a_draft_or_says_why_not() -> None:
    loose = {each for each in typed_in() if not keeps(each)}
    assert loose - set(KEPT_BY) - set(NOT_KEPT) == set()


def test_the_lists_are_true() -> None:
    loose = {each for each in typed_in() if not keeps(each)}
    assert set(KEPT_BY) | set(NOT_KEPT) == loose
    assert not set(KEPT_BY) & set(NOT_KEPT)
    assert [each for each in set(KEPT_BY.values()) if not keeps(each)] == []
    assert all(NOT_KEPT.values())
