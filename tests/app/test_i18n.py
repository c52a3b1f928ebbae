from collections.abc import Callable
from pathlib import Path

import pytest

from app import i18n
from app.errors import Unavailable


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("", i18n.CHINESE),
        ("zh_CN", i18n.CHINESE),
        ("zh_TW.UTF-8", i18n.CHINESE),
        ("fr", i18n.CHINESE),
        ("en", i18n.ENGLISH),
        ("en_GB.UTF-8", i18n.ENGLISH),
        ("EN", i18n.ENGLISH),
    ],
)
def test_everyone_is_spoken_to_in_chinese_who_does_not_ask_for_english(
    asked: str, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(i18n.VARIABLE, asked)

    assert i18n.spoken() == spoken


def test_what_was_chosen_goes_before_the_environment_until_it_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(i18n.VARIABLE, "en")

    i18n.speak("zh_CN")
    assert i18n.spoken() == i18n.CHINESE

    i18n.speak(None)
    assert i18n.spoken() == i18n.ENGLISH


def test_the_compiled_words_are_shown(catalogue: Callable[[str], Path]) -> None:
    folder = catalogue('msgid "Saved"\nmsgstr "已保存"\n\nmsgid "one file"\nmsgid_plural "{n} files"\nmsgstr[0] "{n} 个文件"\n')

    words = i18n.words("zh_CN", folder)

    assert words.gettext("Saved") == "已保存"
    assert words.ngettext("one file", "{n} files", 1) == "{n} 个文件"


def test_english_counts_one_and_many() -> None:
    i18n.speak("en")

    assert i18n.ngettext("one file", "{n} files", 1) == "one file"
    assert i18n.ngettext("one file", "{n} files", 2) == "{n} files"
    assert i18n._("Saved") == "Saved"


def test_no_words_are_no_words_and_not_the_catalogue_s_header() -> None:
    assert i18n._("") == ""


def test_a_marked_sentence_is_itself() -> None:
    assert i18n.N_("Saved") == "Saved"


def test_a_missing_catalogue_is_said_and_never_becomes_english(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as told:
        i18n.words("zh_CN", tmp_path)

    assert told.value.code == "words_missing"
    assert told.value.facts["file"] == str(tmp_path / "zh_CN" / "LC_MESSAGES" / "liaison.mo")


@pytest.mark.parametrize("content", [b"", b"not a catalogue", b"\xde\x12\x04\x95"])
def test_a_damaged_catalogue_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "zh_CN" / "LC_MESSAGES" / "liaison.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)

    with pytest.raises(Unavailable):
        i18n.words("zh_CN", tmp_path)


@pytest.fixture
def catalogue(tmp_path: Path) -> Callable[[str], Path]:
    """Compiles what it is given, and names the folder of translations."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    def compiled(text: str) -> Path:
        file = tmp_path / "zh_CN" / "LC_MESSAGES" / "liaison.mo"
        file.parent.mkdir(parents=True)
        source = file.with_suffix(".po")
        source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + text, encoding="utf-8")
        with source.open("rb") as opened, file.open("wb") as target:
            write_mo(target, read_po(opened, locale="zh_CN"))
        return tmp_path

    return compiled
