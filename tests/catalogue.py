"""The message catalogue beside the code: what the code says, what the catalogue holds, and where they differ.

python -m tests.catalogue update    takes new sentences in, drops those no longer said, compiles   (`make words`)
python -m tests.catalogue check     names every difference; fails where there is one               (part of `make check`)
"""

import gettext
import io
import re
import string
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.i18n import CHINESE, DOMAIN, TRANSLATIONS

ROOT: Final = Path(__file__).resolve().parent.parent
WRITTEN: Final = TRANSLATIONS / CHINESE / "LC_MESSAGES" / f"{DOMAIN}.po"
COMPILED: Final = WRITTEN.with_suffix(".mo")
KEYWORDS: Final = {"_": None, "N_": None, "ngettext": (1, 2)}
PERCENT: Final = re.compile(r"%(?:\((\w+)\))?[-#0 +]*[\d.]*([sdifr])")
HEADER: Final = rb"""msgid ""
msgstr ""
"Language: zh_CN\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def said(root: Path = ROOT) -> Catalog:
    """Every sentence that the code marks, in the order of its files."""
    catalogue = Catalog(domain=DOMAIN, locale=CHINESE, fuzzy=False)
    for file in sorted([*(root / "app").rglob("*.py"), *(root / "ui").rglob("*.py")]):
        place = file.relative_to(root).as_posix()
        marked = extract_from_file("python", str(file), keywords=KEYWORDS, comment_tags=["For translators:"])
        for line, message, comments, _context in marked:
            catalogue.add(message, locations=[(place, line)], auto_comments=comments)
    return catalogue


def written(file: Path = WRITTEN) -> Catalog:
    """The catalogue as it stands; empty where there is none."""
    if not file.exists():
        return Catalog(domain=DOMAIN, locale=CHINESE, fuzzy=False)
    with file.open("rb") as opened:
        return read_po(opened, locale=CHINESE, domain=DOMAIN)


def differences(code: Catalog, catalogue: Catalog, compiled: bytes) -> list[str]:
    """A sentence for everything that keeps the catalogue from being whole, true and current."""
    found = [f"not in the catalogue: {message.id!r}" for message in sentences(code) if message.id not in catalogue]
    found += [f"no longer said: {message.id!r}" for message in sentences(catalogue) if message.id not in code]
    found += [f"no longer said: {message!r}" for message in catalogue.obsolete]
    for message in sentences(catalogue):
        found += faults(message)
    if shown(compiled) != shown(compile_catalogue(catalogue)):
        found.append("the compiled catalogue is not that of the written one")
    return found


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation: missing, unsure, or with other blanks than its sentence."""
    if message.fuzzy:
        yield f"unsure (fuzzy): {message.id!r}"
    if not all(texts(message.string)):
        yield f"not translated: {message.id!r}"
        return
    blanks_said = blanks(texts(message.id)[-1])
    for translation in texts(message.string):
        if blanks(translation) != blanks_said:
            yield f"other blanks than its sentence: {message.id!r} → {translation!r}"


def blanks(text: str) -> list[str]:
    """The blanks of a sentence, `{name}`, `%(name)s` or `%s`, in alphabetical order."""
    try:
        named = [name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None]
    except ValueError:
        named = [text]
    return sorted(named) + sorted(f"%{name}{kind}" for name, kind in PERCENT.findall(text))


def texts(words: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """The forms of a sentence as a list: one, or singular and plural; an empty one where there is none."""
    return [words] if isinstance(words, str) else list(words or [""])


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """All messages but the header."""
    return (message for message in catalogue if message.id)


def updated(code: Catalog, catalogue: Catalog) -> Catalog:
    """What the code says, with every translation that the catalogue has for it; nothing is guessed."""
    for message in sentences(code):
        known = catalogue.get(message.id) if message.id in catalogue else None
        if known is not None:
            message.string = known.string
            message.flags |= known.flags & {"fuzzy"}
            message.user_comments = known.user_comments
    return code


def dump(catalogue: Catalog) -> bytes:
    """The written form: no dates and no line numbers, so that only a change of words changes the file."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, include_lineno=False, ignore_obsolete=True, omit_header=True)
    return HEADER + buffer.getvalue()


def compile_catalogue(catalogue: Catalog) -> bytes:
    """The form that the program reads, with the same bytes for the same words."""
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def shown(compiled: bytes) -> dict[object, str]:
    """Every sentence of a compiled catalogue with its translation, the header left out."""
    if not compiled:
        return {}
    catalogue: dict[object, str] = vars(gettext.GNUTranslations(io.BytesIO(compiled)))["_catalog"]
    return {sentence: translation for sentence, translation in catalogue.items() if sentence}


def update() -> Iterable[str]:
    """Writes and compiles the catalogue anew; what it dropped, and what is now to be translated."""
    before = written()
    after = updated(said(), before)
    WRITTEN.parent.mkdir(parents=True, exist_ok=True)
    WRITTEN.write_bytes(dump(after))
    COMPILED.write_bytes(compile_catalogue(written()))
    yield from (f"dropped: {message.id!r} → {message.string!r}" for message in sentences(before) if message.id not in after)
    yield from (fault for message in sentences(after) for fault in faults(message))


def main(word: str) -> int:
    """Does one of the two words; 1 where something is left to be done."""
    if word == "update":
        left = list(update())
        ending = sum(not line.startswith("dropped") for line in left)
    else:
        left = differences(said(), written(), COMPILED.read_bytes() if COMPILED.exists() else b"")
        ending = len(left)
    print(*left, f"{len(list(sentences(written())))} sentences, {ending} to be mended", sep="\n")
    return 1 if ending else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
