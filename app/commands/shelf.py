"""The command of `liaison` that looks at the shelf: rule texts, the writing guide, examples."""

from argparse import Namespace
from dataclasses import asdict
from typing import Final

from app.domain.shelf import Board, Entry, Found, look, marks, with_code
from app.i18n import N_, _, ngettext
from app.shelf import shelf
from app.terminal import AddCommand, Answer

BOARDS: Final = {Board.RULES: N_("Rules"), Board.GUIDE: N_("Writing guide"), Board.EXAMPLES: N_("Examples")}
_OPEN, _CLOSE = "【", "】"


def look_at_shelf(options: Namespace) -> Answer:
    """`shelf [WORDS …]`: the entry of a code in full, else where all the words occur, marked; without words what there is.

    A single entry that is found is told in full.
    """
    typed, entries = " ".join(options.words), shelf()
    named = with_code(entries, typed)
    found = look(entries, "" if named else typed)
    shown = [named] if named else [each.entry for each in found]
    document = {"entries": [{**asdict(each), "places": marks(each.text, "" if named else typed)} for each in shown]}
    if len(shown) == 1:
        return Answer(document=document, words=_whole(shown[0], "" if named else typed))
    words = ngettext("{count} entry.", "{count} entries.", len(found)).format(count=len(found))
    return Answer(document=document, words="\n".join([words, *(_line(each, typed) for each in found)]))


def _line(found: Found, typed: str) -> str:
    entry = found.entry
    line = f"  {entry.code}  [{_(BOARDS[entry.board])}] {entry.title}"
    return f"{line}\n    {marked(found.excerpt, typed)}" if typed else line


def _whole(entry: Entry, typed: str) -> str:
    head = f"{entry.code}  [{_(BOARDS[entry.board])}] {entry.title}"
    see = _("See also: {codes}").format(codes=_(", ").join(entry.see)) if entry.see else ""
    parts = (head, f"{entry.source}（{entry.nature}）", "", marked(entry.text, typed), see)
    return "\n".join(part for number, part in enumerate(parts) if part or number == 2)


def marked(text: str, typed: str) -> str:
    """The text with what was sought in brackets."""
    for start, end in reversed(marks(text, typed)):
        text = text[:start] + _OPEN + text[start:end] + _CLOSE + text[end:]
    return text


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    shelf = _("look at rule texts, the writing guide and examples: those with all the words, or one by its code")
    command("shelf", look_at_shelf, shelf, ("words", {"nargs": "*", "metavar": "WORDS"}))
