"""Every sentence of the code stands in the catalogue, in Chinese, with its blanks; and the check itself can fail."""

import io

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from app.i18n import CHINESE
from tests.catalogue import COMPILED, compile_catalogue, differences, dump, said, sentences, updated, written


def catalogue(text: str) -> Catalog:
    return read_po(io.BytesIO(text.encode()), locale=CHINESE)


def code(*messages: str | tuple[str, str]) -> Catalog:
    made = Catalog(locale=CHINESE, fuzzy=False)
    for message in messages:
        made.add(message, locations=[("app/x.py", 1)])
    return made


def test_the_catalogue_says_all_that_the_code_says_and_nothing_else() -> None:
    found = differences(said(), written(), COMPILED.read_bytes())

    assert not found, "\n".join([*found, "Mend it: `make words`, translate what is empty in liaison.po, `make words` again."])


def test_the_written_catalogue_is_as_it_would_be_written() -> None:
    assert dump(updated(said(), written())) == dump(written())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('msgid "Gone"\nmsgstr "没了"\n', "not in the catalogue: 'Saved {n}'"),
        ('msgid "Gone"\nmsgstr "没了"\n', "no longer said: 'Gone'"),
        ('msgid "Saved {n}"\nmsgstr ""\n', "not translated: 'Saved {n}'"),
        ('#, fuzzy\nmsgid "Saved {n}"\nmsgstr "已保存 {n}"\n', "unsure (fuzzy): 'Saved {n}'"),
        ('msgid "Saved {n}"\nmsgstr "已保存"\n', "other blanks than its sentence: 'Saved {n}' → '已保存'"),
        ('msgid "Saved {n}"\nmsgstr "已保存 {m}"\n', "other blanks than its sentence: 'Saved {n}' → '已保存 {m}'"),
        ('msgid "Saved {n}"\nmsgstr "已保存 {n}"\n\n#~ msgid "Gone"\n#~ msgstr "没了"\n', "no longer said: 'Gone'"),
    ],
)
def test_every_fault_of_a_catalogue_is_named(text: str, complaint: str) -> None:
    faulty = catalogue(text)

    assert complaint in differences(code("Saved {n}"), faulty, compile_catalogue(faulty))


def test_a_compiled_catalogue_of_yesterday_is_named() -> None:
    yesterday, today = catalogue('msgid "Saved"\nmsgstr "存了"\n'), catalogue('msgid "Saved"\nmsgstr "已保存"\n')

    complaint = ["the compiled catalogue is not that of the written one"]

    assert differences(code("Saved"), today, compile_catalogue(today)) == []
    assert differences(code("Saved"), today, compile_catalogue(yesterday)) == complaint
    assert differences(code("Saved"), today, b"") == complaint


def test_a_plural_has_the_blanks_of_its_many() -> None:
    plural = catalogue('msgid "one file"\nmsgid_plural "%(n)s files"\nmsgstr[0] "%(n)s 个文件"\n')

    assert differences(code(("one file", "%(n)s files")), plural, compile_catalogue(plural)) == []


def test_an_update_keeps_translations_and_drops_what_is_no_longer_said() -> None:
    before = catalogue('msgid "Saved"\nmsgstr "已保存"\n\nmsgid "Gone"\nmsgstr "没了"\n')

    after = updated(code("Saved", "New"), before)

    assert {message.id: message.string or None for message in sentences(after)} == {"Saved": "已保存", "New": None}
    assert b"Gone" not in dump(after)


def test_a_written_catalogue_is_read_as_it_was_written() -> None:
    before = catalogue('msgid "Saved {n}"\nmsgstr "已保存 {n}"\n')

    again = read_po(io.BytesIO(dump(before)), locale=CHINESE)

    assert differences(code("Saved {n}"), again, compile_catalogue(before)) == []


def test_a_sentence_of_two_files_keeps_its_place() -> None:
    made = Catalog(locale=CHINESE, fuzzy=False)
    made.add("Saved", locations=[("app/a.py", 1), ("app/b.py", 1)])
    made.add("Gone", locations=[("app/a.py", 2)])

    assert dump(read_po(io.BytesIO(dump(made)), locale=CHINESE)) == dump(made)
