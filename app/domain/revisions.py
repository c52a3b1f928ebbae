"""Revisions: what a save writes down for ever, and how several seats' revisions become one view.

A line is one revision as a package carries it: JSON with sorted keys, header members first (they begin with `_`), then the
record's own. The header holds a salted digest of the body, and the journal's chain covers the header only; so a body can be
erased without breaking the chain and without leaving a hash that could be guessed (decision 2).
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from sys import intern
from typing import Final, NamedTuple

from app.domain.shapes import WHOLE_NUMBER_LIMIT
from app.domain.values import Id, Json
from app.errors import Refused

SCHEMA_VERSION: Final = "1.0"
LINE_LIMIT: Final = 1 << 20  # bytes of one line (package format, step 16)

_encode: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: Json) -> bytes:
    """The one way to write `value`: sorted keys, no blanks, UTF-8; raises `Refused("text_malformed")` for half characters."""
    try:
        return _encode(value).encode()
    except UnicodeEncodeError as error:
        raise Refused("text_malformed", text=str(error.object)[max(0, error.start - 10) : error.start]) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One saved state of one record: who saved it, from which seat, when, on top of what."""

    id: Id
    rev: Id
    kind: str
    parents: tuple[Id, ...]
    gen: int
    hlc: str
    owner: Id  # the station, or the body that answers
    by: str  # the seat: 16 hexadecimal digits derived from its signing key
    op: Id  # the operator
    deleted: bool
    salt: str  # 32 hexadecimal digits
    body: Mapping[str, Json]
    schema: str = SCHEMA_VERSION

    def written(self) -> "Written":
        """The revision as the journal keeps it and a package carries it."""
        body = canonical(self.body)
        # As `canonical` writes it: sorted, of plain texts that need no escape, the salt left out of what the chain covers.
        parents = ",".join(f'"{each}"' for each in self.parents)
        before = (
            f'{{"_by":"{self.by}","_del":{"true" if self.deleted else "false"},"_digest":"{digest_of(self.salt, body)}",'
            f'"_gen":{self.gen},"_hlc":"{self.hlc}","_id":"{self.id}","_kind":"{self.kind}","_op":"{self.op}",'
            f'"_owner":"{self.owner}","_parents":[{parents}],"_rev":"{self.rev}"'
        ).encode()
        schema = f',"_sv":"{self.schema}"}}'.encode()
        covered, salted = before + schema, before + f',"_salt":"{self.salt}"'.encode() + schema
        joint = b"," if self.body else b""
        return Written(line=salted[:-1] + joint + body[1:] + b"\n", covered=covered, body=body)

    def line(self) -> bytes:
        """The exact bytes of the line, with its end."""
        return self.written().line


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A revision's bytes: its line with the line's end, the header without salt that the chain covers, the body."""

    line: bytes
    covered: bytes
    body: bytes


def digest_of(salt: str, body: bytes) -> str:
    """SHA-256 over the salt's 16 bytes and the body's canonical bytes, as `sha256:` and 64 digits."""
    return "sha256:" + sha256(bytes.fromhex(salt) + body).hexdigest()


def chained(before: bytes, covered: bytes) -> bytes:
    """The next link of the journal's chain: SHA-256 over the link before and the covered bytes."""
    return sha256(before + covered).digest()


HEADER_TYPES: Final[Mapping[str, str]] = {
    "_by": "string",
    "_del": "boolean",
    "_digest": "string",
    "_gen": "integer",
    "_hlc": "string",
    "_id": "string",
    "_kind": "string",
    "_op": "string",
    "_owner": "string",
    "_parents": "array",
    "_rev": "string",
    "_salt": "string",
    "_sv": "string",
}
"""The header members of a line with their Table Schema types."""


# --- reading a line ------------------------------------------------------------------------------------------------

_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_PARENTS_LIMIT: Final = 64
_DEEPEST: Final = 64  # lists and objects within each other: what is read must be written again, and that is done recursively
_HEADER: Final[Mapping[str, str]] = {
    "_by": '"([0-9a-f]{16})"',
    "_del": "(true|false)",
    "_digest": '"(sha256:[0-9a-f]{64})"',
    "_gen": "([1-9][0-9]{0,8})",
    "_hlc": '"([0-9a-f]{12}-[0-9a-f]{4})"',
    "_id": f'"({_UUID})"',
    "_kind": '"([a-z][a-z_]{0,39})"',
    "_op": f'"({_UUID})"',
    "_owner": f'"({_UUID})"',
    "_parents": rf'\[((?:"{_UUID}"(?:,"{_UUID}"){{0,{_PARENTS_LIMIT - 1}}})?)\]',
    "_rev": f'"({_UUID})"',
    "_salt": '"([0-9a-f]{32})"',
    "_sv": r'"([0-9]{1,4}\.[0-9]{1,4})"',
}
"""The header members of a line, in their order, each with the only form its value may have."""

# One expression for the whole header: at 25,000 lines a second there is no time to look at its members one by one.
_START_FORM: Final = r"\{" + ",".join(f'"{name}":{form}' for name, form in _HEADER.items())
_START: Final = re.compile(_START_FORM + r'(?:,(?=")|(?=\}))', re.ASCII)
_BARE: Final = re.compile(
    r"\{" + ",".join(f'"{name}":{form}' for name, form in _HEADER.items() if name != "_salt") + r"\}\n", re.ASCII
)


_SALT: Final = list(_HEADER).index("_salt") + 1  # groups of `_START`
_SCHEMA: Final = list(_HEADER).index("_sv") + 1
_BEFORE_SALT: Final = ',"_salt":"'


class Header(NamedTuple):
    """The members of a line's header, each as it stands there.

    Plain, for the paths that look at a hundred thousand lines and need a `Revision` of few.
    """

    by: str
    deleted: str
    digest: str
    gen: str
    hlc: str
    id: Id
    kind: str
    op: Id
    owner: Id
    parents: str
    rev: Id
    salt: str
    schema: str

    def made_from(self) -> tuple[Id, ...]:
        """The revisions this one was made from."""
        return tuple(self.parents.replace('"', "").split(",")) if self.parents else ()

    def revision(self, body: Mapping[str, Json]) -> Revision:
        """The revision of a line with this header and body."""
        return Revision(
            id=self.id,
            rev=self.rev,
            kind=intern(self.kind),  # of a hundred thousand lines these few texts are the same
            parents=self.made_from(),
            gen=int(self.gen),
            hlc=self.hlc,
            owner=intern(self.owner),
            by=intern(self.by),
            op=intern(self.op),
            deleted=self.deleted == "true",
            salt=self.salt,
            body=body,
            schema=intern(self.schema),
        )

    def fault(self, body: bytes) -> str:
        """The member that does not fit the others or the body's bytes; empty where all fit."""
        if digest_of(self.salt, body) != self.digest:
            return "_digest"
        return "_gen" if (self.gen == "1") != (not self.parents) else ""


def form_of(members: Mapping[str, str]) -> re.Pattern[str]:
    """An expression for whole lines with no members but these in their bodies, each of the form given, written in order.

    For `recognised`, which needs a third of the time that `read_line` does.
    """
    body = "".join(f'(?:,"{name}":{form})?+' for name, form in sorted(members.items()))
    return re.compile(f"{_START_FORM}({body})" + r"\}\n", re.ASCII)


def recognised(line: bytes, form: re.Pattern[str]) -> tuple[Header, re.Match[str]] | None:
    """The header of a line that has this form from `form_of` and the right digest, and how it fitted.

    `read_line` tells of any other line.
    """
    try:
        match = form.fullmatch(line.decode()) if len(line) <= LINE_LIMIT else None
    except UnicodeDecodeError:
        return None
    if match is None:
        return None
    header = Header(*match.groups()[:-1])
    return None if header.fault(_body_of(line, match)) else (header, match)


def header_of(line: bytes) -> Header:
    """The header of a line that `read_line` takes."""
    return Header(*_start_of(line).groups())


def written_as(line: bytes, found: re.Match[str] | None = None) -> Written:
    """The bytes of a line that `read_line` takes, as whoever wrote it chose them (decision 3).

    `found` is how it was recognised, where it was.
    """
    start = found or _start_of(line)
    return Written(line=line, covered=_covered(line, start), body=_body_of(line, start))


def _body_of(line: bytes, start: re.Match[str]) -> bytes:
    """The body of a line whose header fits; the header is ASCII, so that places of text and bytes agree."""
    return b"{" + line[start.end(_SCHEMA) + 1 : -1].removeprefix(b",")


def _covered(line: bytes, start: re.Match[str]) -> bytes:
    """What the chain covers of a line that begins so: its header without the salt."""
    salt, schema = start.span(_SALT), start.span(_SCHEMA)
    return line[: salt[0] - len(_BEFORE_SALT)] + line[salt[1] + 1 : schema[1] + 1] + b"}"


def _start_of(line: bytes) -> re.Match[str]:
    start = _START.match(line.decode())
    assert start is not None
    return start


def read_line(line: bytes) -> Revision:
    """The revision a line writes: header exact, body strict JSON, digest right. The body's fields are not looked at.

    Raises `Refused("line_not_json", why)`, or `Refused("line_malformed", why)` naming the member that is missing or wrong.
    """
    text = _text(line)
    start = _START.match(text)
    if start is None or not line.endswith(b"}\n") or line.find(b"\n") < len(line) - 1:
        raise _reason(line)
    header = Header(*start.groups())
    at = start.end()  # the header is ASCII: places of text and bytes agree
    body = _object("{" + text[at:-1])
    if fault := header.fault(b"{" + line[at:-1]):
        raise Refused("line_malformed", why=fault)
    return header.revision(body)


def erased_line(line: bytes) -> bytes:
    """The line of a revision without body and salt: its header alone, which is what the chain covers (decision 2)."""
    return line if is_erased(line) else written_as(line).covered + b"\n"


def is_erased(line: bytes) -> bool:
    """Whether body and salt of a revision's line were dropped; within a text the name of the salt cannot stand unescaped."""
    return b'"_salt":' not in line


def read_kept(line: bytes) -> Revision:
    """The revision of a journal's line; of an erased one its header, with no salt and no body. Raises as `read_line` does."""
    return _bare_header(line).revision({}) if is_erased(line) else read_line(line)


def sealed_header(line: bytes) -> tuple[Header, bytes]:
    """The header of a journal's line whose digest is right, and what the chain covers of the line.

    The body is not parsed: it was before it was written, and the digest holds for its bytes. Raises as `read_line` does.
    """
    if is_erased(line):
        return _bare_header(line), line[:-1]
    start = _START.match(_text(line))
    if start is None or not line.endswith(b"}\n"):
        raise _reason(line)
    header = Header(*start.groups())
    if fault := header.fault(b"{" + line[start.end() : -1]):
        raise Refused("line_malformed", why=fault)
    return header, _covered(line, start)


def _bare_header(line: bytes) -> Header:
    bare = _BARE.fullmatch(_text(line))
    if bare is None:
        raise _reason(line)
    members = list(bare.groups())
    members.insert(_SALT - 1, "")
    return Header(*members)


def _text(line: bytes) -> str:
    if len(line) > LINE_LIMIT:
        raise Refused("line_malformed", why="too long")
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise Refused("line_not_json", why=error.reason) from error


def _object(text: str) -> dict[str, Json]:
    """A strict JSON object: no name twice, none that could be the header's, no fraction."""
    try:
        members, end = _scan(text, 0)
        if end != len(text):
            raise ValueError("more than one object")
        if not _is_once_each(text, len(members)):
            _decode(text)
        if text.count("[") + text.count("{") > _DEEPEST:
            _check_depth(members)
        if escapes := "\\" in text and "\\u" in text:  # one sign is found many times as fast as two
            _encode(members).encode()  # an escape may spell half a character, which no file can hold
    except (ValueError, StopIteration, RecursionError) as error:
        raise Refused("line_not_json", why=str(error)[:80]) from error
    if (escapes or '"_' in text) and (unknown := [name for name in members if name.startswith("_")]):
        raise Refused("line_malformed", why=unknown[0])
    known: dict[str, Json] = members
    return known


def _reason(line: bytes) -> Refused:
    """Why a line has not the form it must have: found slowly, for a person to read."""
    try:
        members = _decode(line.decode())
    except (ValueError, RecursionError) as error:
        return Refused("line_not_json", why=str(error)[:80])
    if type(members) is not dict:
        return Refused("line_not_json", why="no object")
    wrong = [name for name, form in _HEADER.items() if not _has_form(members.get(name), form)]
    return Refused("line_malformed", why=wrong[0] if wrong else "order")


def _has_form(value: Json, form: str) -> bool:
    try:
        return re.fullmatch(form, _encode(value), re.ASCII) is not None
    except RecursionError:
        return False


def _check_depth(members: Json) -> None:
    level: list[Json] = [members]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
    if any(_inside(each) for each in level):
        raise ValueError("nested too deep")


def _inside(value: Json) -> Collection[Json]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _whole(digits: str) -> int:
    number = int(digits) if len(digits) <= 17 else WHOLE_NUMBER_LIMIT + 1
    if abs(number) > WHOLE_NUMBER_LIMIT:
        raise ValueError("number too large")
    return number


def _no_fraction(digits: str) -> int:
    raise ValueError(f"{digits[:20]} is no whole number")


def _is_once_each(text: str, names: int) -> bool:
    """Whether the names of a flat object are surely different: nothing but a name ends in `":`, and there are as many.

    Looking at every pair costs more than all the rest of reading it; that is done where this does not say so.
    """
    return text.count('":') == names and not ("\\" in text or " :" in text or "\t" in text or "\r" in text)


def _once_each(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice")
    return members


_decode: Final = json.JSONDecoder(
    object_pairs_hook=_once_each, parse_float=_no_fraction, parse_int=_whole, parse_constant=_no_fraction
).decode
_scan: Final = json.JSONDecoder(  # type: ignore[attr-defined]  # the documented decoder looks for blanks around it first
    parse_float=_no_fraction, parse_int=_whole, parse_constant=_no_fraction
).scan_once


# --- several seats, one view ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A record as all its revisions together show it; `disputed` fields were changed differently in two branches (待核)."""

    winner: Revision
    heads: tuple[Id, ...]
    gen: int  # the highest of the heads
    body: Mapping[str, Json]
    deleted: bool
    disputed: tuple[str, ...] = ()


WHOLE_RECORD: Final = "*"
"""Stands in `disputed` where branches cannot be compared: an ancestor is missing or emptied, or one deleted the record."""


def heads_of(revisions: Iterable[Revision]) -> tuple[Revision, ...]:
    """The revisions that are nobody's parent, the winner first; a parent is of a lower generation, or it is none.

    Not deleted before deleted, then the highest generation, stamp and revision: the same at every seat, and a wrong clock can
    only decide true ties (package format 5.2). An erased one counts only where nothing else stands: who erased it may never have
    sent the states that lay between.
    """
    known = {each.rev: each for each in revisions}
    # Two revisions that name each other, which only a forger writes, would leave a record without any head.
    parents = {parent for each in known.values() for parent in each.parents if parent in known and known[parent].gen < each.gen}
    ends = [each for rev, each in known.items() if rev not in parents]
    heads = [each for each in ends if each.salt] or ends
    return tuple(sorted(heads, key=lambda each: (not each.deleted, each.gen, each.hlc, each.rev), reverse=True))


def view_of(revisions: Collection[Revision], groups: Iterable[Collection[str]] = ()) -> View:
    """What a person sees of a record: its only head, or the field-wise merge of its heads. Merging writes nothing."""
    known = {each.rev: each for each in revisions}
    heads = heads_of(known.values()) if len(known) > 1 else tuple(known.values())
    winner = heads[0]
    revs, gen = tuple(each.rev for each in heads), max(each.gen for each in heads)
    if len(heads) == 1:
        return View(winner=winner, heads=revs, gen=gen, body=winner.body, deleted=winner.deleted)
    ancestor = _nearest_common_ancestor(heads, known)
    if ancestor is None or any(each.deleted for each in heads):
        return View(winner=winner, heads=revs, gen=gen, body=winner.body, deleted=winner.deleted, disputed=(WHOLE_RECORD,))
    body, disputed = _merged(ancestor.body, [each.body for each in heads], tuple(groups))
    return View(winner=winner, heads=revs, gen=gen, body=body, deleted=False, disputed=disputed)


def common_ancestor(revisions: Collection[Revision]) -> Revision | None:
    """The newest state that all heads were made from; None for one head, and where it was emptied or one between never came."""
    known = {each.rev: each for each in revisions}
    heads = heads_of(known.values())
    return _nearest_common_ancestor(heads, known) if len(heads) > 1 else None


def _nearest_common_ancestor(heads: Iterable[Revision], known: Mapping[Id, Revision]) -> Revision | None:
    shared: set[Id] | None = None
    for head in heads:
        ancestors = _ancestors(head, known)
        if ancestors is None:
            return None
        shared = ancestors if shared is None else shared & ancestors
    nearest = max((known[rev] for rev in shared or ()), key=lambda each: (each.gen, each.hlc, each.rev), default=None)
    return nearest if nearest and nearest.salt else None  # with an emptied one nothing can be compared


def _ancestors(head: Revision, known: Mapping[Id, Revision]) -> set[Id] | None:
    """All revisions `head` builds on, itself included; None where one of them has not arrived."""
    seen: set[Id] = set()
    waiting = [head.rev]
    while waiting:
        rev = waiting.pop()
        if rev not in known:
            return None
        if rev not in seen:
            seen.add(rev)
            waiting.extend(known[rev].parents)
    return seen


def _merged(
    before: Mapping[str, Json], bodies: list[Mapping[str, Json]], groups: tuple[Collection[str], ...]
) -> tuple[dict[str, Json], tuple[str, ...]]:
    """The bodies joined unit by unit (a field, or a group of fields); the winner's body comes first and settles disputes."""
    grouped = {name for group in groups for name in group}
    names = dict.fromkeys(name for body in (before, *bodies) for name in body if name not in grouped)
    merged: dict[str, Json] = {}
    disputed: list[str] = []
    for unit in [*groups, *((name,) for name in names)]:
        base = _part(before, unit)
        changed = [part for body in bodies if (part := _part(body, unit)) != base]
        merged.update(changed[0] if changed else base)
        if any(part != changed[0] for part in changed):
            disputed.extend(unit)
    return merged, tuple(sorted(disputed))


def _part(body: Mapping[str, Json], unit: Collection[str]) -> dict[str, Json]:
    return {name: body[name] for name in unit if name in body}
