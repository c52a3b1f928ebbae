"""What a person writing a suggestion is told beside the work; a hint never stops anybody (domain brief 1.5 and 1.6)."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from app.domain.congress import Level
from app.domain.cosignature import cosigning_problems
from app.domain.hint import Hint, HintGroup, Place
from app.domain.hint_patterns import (
    ANALYSIS,
    ANNOUNCED,
    ASKING,
    ITEM,
    LIST,
    PROBLEM,
    REQUEST,
    SEVERAL_MATTERS,
    UNIT,
    VAGUE,
    Suspicion,
)
from app.domain.likeness import pieces
from app.domain.people import Contact, Deputy, holds_mandate
from app.domain.personal_data import personal_data
from app.domain.raised_before import Earlier, raised_before
from app.domain.sections import SECTIONS, is_heading, section_at, section_word, written_under
from app.domain.suggestion import Suggestion
from app.domain.suggestion_sheet import SuggestionSheet
from app.domain.values import Id
from app.domain.written_text import counted

LONGEST_TITLE: Final = 50  # characters
SHORTEST_TEXT: Final = 200
MOST_FILES: Final = 3
"""Attachments that the form of submission has room for (domain brief 1.7)."""
_TITLE: Final = re.compile(r"《?关于.+的[^的]{0,4}(?:建议|批评|意见|批评和意见|建议、批评和意见)》?")
_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_PARAGRAPH: Final = re.compile(r"[^\n]*\S[^\n]*")
_SHORT_REQUESTS: Final = 20  # characters: less says hardly what is to be done
_TELLING_TITLE: Final = re.compile("关于|加强|加快|推进|促进|进一步|完善|建设|发展|的建议|工作|提升|管理|问题")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signers:
    """What is known of those who sign, by which the hints on them are told."""

    lead: Deputy | None = None
    lead_contact: Contact | None = None
    deputies: Mapping[Id, Deputy] = field(default_factory=dict)
    level: str = ""  # of the receiving body
    on: date | None = None


def suggestion_hints(
    sheet: SuggestionSheet,
    residents: Collection[str] = (),
    signers: Signers | None = None,
    earlier: Sequence[Earlier] = (),
    files: int = 0,
) -> tuple[Hint, ...]:
    """All hints in the order they are shown: L1 to L11, N01 to N13.

    `residents` are the names behind the grounds, `earlier` the suggestions of other years on the same matter, `files` how
    many attachments it has.
    """
    suggestion, known = sheet.suggestion, signers or Signers()
    found = (
        *personal_data_hints(suggestion.text, residents),
        *_secrecy(suggestion),
        *text_hints(suggestion.subject, suggestion.text, known.level),
        *raised_before(suggestion, earlier),
        *_signing(sheet, known),
        *_publicity(suggestion),
        *_attachments(files),
    )
    return tuple(sorted(found, key=lambda each: _ORDER[each.group]))


def text_hints(title: str, text: str, level: str = "") -> Iterator[Hint]:
    """What title and text alone tell: L1 to L3 and the negative list; `level` is that of the receiving body."""
    yield from _listed(text, level)
    yield from _one_matter(title, text)
    yield from _parts(text)
    yield from _title(title)


_CUES: Final = (PROBLEM, ANALYSIS, REQUEST)
_ORDER: Final = {group: number for number, group in enumerate(HintGroup)}


# --- where something stands ---------------------------------------------------------------------------------------------


class _Paragraphs:
    """The paragraphs of a text by number, empty lines left out."""

    def __init__(self, text: str) -> None:
        self._starts = [each.start() for each in _PARAGRAPH.finditer(text)]

    def place(self, start: int, end: int) -> Place:
        """Some characters of the text, with the paragraph they begin in."""
        return Place(field="text", start=start, end=end, paragraph=bisect_right(self._starts, start))


# --- personal data (L10) ------------------------------------------------------------------------------------------------


def personal_data_hints(text: str, residents: Collection[str]) -> Iterator[Hint]:
    """L10 alone, a hint for each paragraph: what is asked again before a text is printed or leaves the station."""
    for number, line in enumerate(_PARAGRAPH.finditer(text), start=1):
        if found := personal_data(line[0], residents):
            at = line.start()
            places = [Place(field="text", start=at + each.start, end=at + each.end, paragraph=number) for each in found]
            yield Hint(
                code="personal_data",
                field="text",
                group=HintGroup.PERSONAL,
                rule="L10",
                places=tuple(places),
                words="\n".join(text[each.start : each.end] for each in places),
                facts={"paragraph": number, "what": tuple(dict.fromkeys(each.what for each in found))},
            )


# --- the negative list (L7: N01 to N12) ---------------------------------------------------------------------------------


def _secrecy(suggestion: Suggestion) -> Iterator[Hint]:
    if not suggestion.not_secret:
        yield Hint(code="secrecy_open", field="not_secret", group=HintGroup.OUTSIDE, rule="N12")


def _listed(text: str, level: str) -> Iterator[Hint]:
    paragraphs, found = _Paragraphs(text), dict[str, list[tuple[Place, str]]]()
    for sentence in _SENTENCE.finditer(text):
        for each in LIST:
            if span := _suspected(each, sentence[0], level):
                at = sentence.start()
                found.setdefault(each.name, []).append((paragraphs.place(at + span[0], at + span[1]), sentence[0].strip()))
    for each in LIST:
        if each.name in found:
            places = [place for place, _words in found[each.name]]
            words = "\n".join(told for _place, told in found[each.name])
            yield _outside(each.code, each.name, places, words, paragraph=places[0].paragraph)


def _suspected(suspicion: Suspicion, sentence: str, level: str) -> tuple[int, int] | None:
    """Which characters of a sentence raise the suspicion, where nothing around them clears it."""
    if suspicion.code == "N09" and level == Level.NATIONAL:
        return None
    found = suspicion.pattern.search(sentence)
    if not found or (suspicion.cleared and suspicion.cleared.search(sentence)):
        return None
    return None if suspicion.asking and not ASKING.search(sentence) else found.span()


def _outside(code: str, name: str, places: Sequence[Place], words: str, /, **facts: object) -> Hint:
    return Hint(code=name, field="text", group=HintGroup.OUTSIDE, rule=code, places=tuple(places), words=words, facts=facts)


# --- one matter (L2, N13) -----------------------------------------------------------------------------------------------


def _one_matter(title: str, text: str) -> Iterator[Hint]:
    """Numbered requests that have nothing of the title, each for a unit that no other request names."""
    if found := SEVERAL_MATTERS.search(title):
        place = Place(field="subject", start=found.start(), end=found.end())
        yield _outside("N13", "several_matters_named", (place,), title)
        return
    theme = set(pieces(_TELLING_TITLE.sub(" ", title)))
    items = list(_items(text))
    units = [frozenset(UNIT.findall(words)) for _at, words in items]
    strange = [
        number
        for number, (_at, words) in enumerate(items)
        if units[number] and theme.isdisjoint(pieces(words)) and not any(units[number] & other for other in _but(units, number))
    ]
    if theme and len(strange) >= _STRANGE and 2 * len(strange) > len(items):
        paragraphs = _Paragraphs(text)
        places = [paragraphs.place(items[each][0], items[each][0] + len(items[each][1].rstrip())) for each in strange]
        named = tuple(sorted(units[each])[0] for each in strange)
        yield _outside("N13", "several_matters", places, "\n".join(items[each][1] for each in strange), units=named)


_STRANGE: Final = 2  # requests that are other matters, at least, and more than half of all


def _items(text: str) -> Iterator[tuple[int, str]]:
    """The numbered requests: where each begins, and its words."""
    begin = _requests_at(text)
    starts = [each.start() for each in ITEM.finditer(text, begin)]
    for start, end in pairwise((*starts, len(text))):
        if text[start:end].strip():
            yield start, text[start:end]


def _but(units: Sequence[frozenset[str]], number: int) -> Iterable[frozenset[str]]:
    return (each for other, each in enumerate(units) if other != number)


def _requests_at(text: str) -> int:
    """Where the requests begin: after their heading, else at the last paragraph that announces them, else nowhere."""
    at = section_at(text, SECTIONS[-1])
    if at is not None:
        end = text.find("\n", at)
        return end + 1 if end >= 0 else len(text)
    announced = [each.end() for each in ANNOUNCED.finditer(text)]
    return announced[-1] if announced else len(text)


# --- situation, analysis, requests (L3, N07) ----------------------------------------------------------------------------


def _parts(text: str) -> Iterator[Hint]:
    if not text.strip():
        return
    many = counted(text)
    if many < SHORTEST_TEXT:
        yield _content("L3", "text_short", (), "", count=many, least=SHORTEST_TEXT)
    body = "\n".join(line for line in text.split("\n") if not is_heading(line))
    cues = zip(SECTIONS, _CUES, strict=True)
    missing = tuple(section_word(section) for section, cue in cues if not cue.search(body) and not written_under(text, section))
    if missing:
        yield _content("L3", "section_missing", (), "", parts=missing)
    elif vague := _vague_requests(text):
        yield _outside("N07", "no_substance", vague, "\n".join(text[each.start : each.end] for each in vague))


def _vague_requests(text: str) -> tuple[Place, ...]:
    """The requests, where all of them could stand in any suggestion."""
    begin = _requests_at(text)
    asked = [each for each in _SENTENCE.finditer(text, begin) if each[0].strip()]
    words = [ITEM.sub("", each[0]).strip(" \u3000。！？!?；;") for each in asked]
    if not asked or not (all(map(VAGUE.fullmatch, words)) or counted("".join(words)) < _SHORT_REQUESTS // 2):
        return ()
    return (_Paragraphs(text).place(asked[0].start(), asked[-1].end()),)


def _content(rule: str, code: str, places: Sequence[Place], words: str, /, **facts: object) -> Hint:
    return Hint(code=code, field="text", group=HintGroup.CONTENT, rule=rule, places=tuple(places), words=words, facts=facts)


# --- title, signers, wishes (L1, L4 to L6, L8) --------------------------------------------------------------------------


def _title(typed: str) -> Iterator[Hint]:
    title = typed.strip()
    whole = (Place(field="subject", start=0, end=len(typed)),)
    if title and not _TITLE.fullmatch(title):
        yield _form("L1", "title_form", "subject", whole, title)
    if len(title) > LONGEST_TITLE:
        yield _form("L1", "title_long", "subject", whole, title, most=LONGEST_TITLE)


def _signing(sheet: SuggestionSheet, known: Signers) -> Iterator[Hint]:
    lead = known.lead
    if lead and not lead.deputy_card_no.strip():
        yield _form("L4", "lead_card_missing", "lead_deputy", (), lead.id, name=lead.name)
    if lead and known.lead_contact is None:
        yield _form("L4", "lead_phone_missing", "lead_deputy", (), lead.id, name=lead.name)
    for signer in sheet.signers:
        deputy = known.deputies.get(signer.deputy)
        if deputy and known.on and not holds_mandate(deputy, known.on):
            yield _form("L5", "signer_left", "deputy", (), deputy.id, name=deputy.name)
        elif deputy and lead and deputy.congress and lead.congress and deputy.congress != lead.congress:
            yield _form("L5", "signer_elsewhere", "deputy", (), deputy.id, name=deputy.name)
    found: dict[tuple[str, str], dict[Id, None]] = {}
    for each in cosigning_problems(sheet.suggestion, sheet.signers):
        found.setdefault((each.code, each.field), {})[str(each.facts["deputy"])] = None
    for (code, name), those in found.items():
        names, words = tuple(known.deputies[each].name for each in those if each in known.deputies), "\n".join(those)
        match code:
            case "signed_other_text":
                yield _form("L5", "signed_other_text", name, (), words, names=names)
            case "cosigned_twice":
                yield _form("L6", "cosigned_twice", name, (), words, names=names)
            case _lead_cosigns:
                yield _form("L6", "lead_cosigns", name, (), words)


def _publicity(suggestion: Suggestion) -> Iterator[Hint]:
    if not suggestion.publicity_wish:
        yield _form("L8", "publicity_open", "publicity_wish", (), "")


def _attachments(files: int) -> Iterator[Hint]:
    """Kept with a reason for as many files as there are now: one more is told again."""
    if files > MOST_FILES:
        yield _form("L11", "files_many", "attachment", (), str(files), count=files, most=MOST_FILES)


def _form(rule: str, code: str, name: str, places: Sequence[Place], words: str, /, **facts: object) -> Hint:
    return Hint(code=code, field=name, group=HintGroup.FORM, rule=rule, places=tuple(places), words=words, facts=facts)
