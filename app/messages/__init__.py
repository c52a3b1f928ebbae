"""The sentence for a person: what is wrong, where, and what to do; the same words in the window and on the command line."""

from collections.abc import Mapping
from typing import Final

from app.domain.problems import Problem
from app.domain.values import CodeSet
from app.errors import AppError, Unavailable
from app.i18n import N_, _
from app.messages.blanks import blanks_of, code_word, counts, field, filled, is_given, kind
from app.messages.sentences import SENTENCES

WORDS_MISSING: Final = "words_missing"
"""The one code whose sentence is not in the table."""

# In both languages, since it is the very catalogue that is missing.
_WITHOUT_WORDS: Final = (
    "程序的词句文件缺失或损坏：{file}。请重新安装程序。（{code}）\n"
    "The program's words are missing or damaged: {file}. Install the program again. ({code})"
)
_UNKNOWN: Final = N_("Something happened that this program has no words for: {code}. Tell the people who look after it.")
_CODED: Final = N_("{sentence} ({code})")


def explain(error: AppError) -> str:
    """The sentence of an error, with those of the problems it carries, one a line."""
    problems = error.facts.get("problems")
    told = [problem_told(each) for each in problems if isinstance(each, Problem)] if isinstance(problems, (tuple, list)) else []
    return "\n".join([said(error.code, error.facts), *(f"· {each}" for each in dict.fromkeys(told))])


def problem_told(problem: Problem) -> str:
    """The sentence of a problem in a record."""
    return said(problem.code, {"field": problem.field, **problem.facts})


def said(code: str, facts: Mapping[str, object]) -> str:
    """The sentence of a code, its blanks filled; whatever is missing, a sentence and never an error.

    A code of a package (`E_…`) stands behind its sentence, so that an office can be asked about it by telephone.
    """
    if code == WORDS_MISSING:
        return _without_words(code, facts)
    try:
        return _said(code, facts)
    except Unavailable as missing:
        return _without_words(code, missing.facts)


def _said(code: str, facts: Mapping[str, object]) -> str:
    if code not in SENTENCES:
        return filled(_UNKNOWN, {"code": code})
    given = {"path": facts.get("where"), **facts}  # a check says where it met an error, whatever the error says of paths
    sentence = filled(_chosen(SENTENCES[code], given), given)
    return _(_CODED).format(sentence=sentence, code=code) if code.startswith("E_") else sentence


def _chosen(sentences: str | tuple[str, ...], facts: Mapping[str, object]) -> str:
    """The first of which every blank is given, else the last."""
    several = (sentences,) if isinstance(sentences, str) else sentences
    whole = (each for each in several if all(is_given(facts.get(name)) for name, _fill in blanks_of(each)))
    return next(whole, several[-1])


def _without_words(code: str, facts: Mapping[str, object]) -> str:
    return _WITHOUT_WORDS.format(file=facts.get("file", ""), code=code)


def counts_told(numbers: Mapping[str, int]) -> str:
    """How many records of which kinds, in the language spoken."""
    return counts(numbers, {})


def carried_told(numbers: Mapping[str, int], package_kind: str) -> str:
    """What a sealed number carries; without records it brings files alone, or declares a lost number."""
    if numbers:
        return counts_told(numbers)
    return _(_WITHOUT_RECORDS.get(package_kind, _FILES_ALONE))


def kind_told(name: str) -> str:
    """What a kind of records is called in the language spoken."""
    return kind(name, {})


def field_told(kind: str, name: str) -> str:
    """What a field of a kind of records is called in the language spoken; its name where nobody knows it."""
    return field(name, {"kind": kind})


def code_told(code: CodeSet) -> str:
    """The word of a code in the language spoken."""
    return code_word(code, {})


def column_told(name: str) -> str:
    """What a column of a list of records is called in the language spoken; its name where nobody knows it."""
    return _(_COLUMNS[name]) if name in _COLUMNS else name


_FILES_ALONE: Final = N_("files alone")
_WITHOUT_RECORDS: Final = {"void": N_("declares a lost number")}

_COLUMNS: Final = {
    "kind": N_("Kind of record"),
    "number": N_("Number"),
    "title": N_("Name, title"),
    "day": N_("Day"),
    "state": N_("State"),
    "category": N_("Category"),
    "place": N_("Place"),
    "deputies": N_("Deputies"),
    "passage": N_("Where it stands"),
    "id": N_("Identifier"),
    "at": N_("When"),
    "operator": N_("Who"),
    "event": N_("Event"),
    "line": N_("Line"),
    "seat": N_("Computer"),
}
