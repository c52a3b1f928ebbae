"""Lines of revisions for tests: sound ones, and ones whose writer does as he likes."""

import json
from collections.abc import Mapping
from typing import Any, Final

from app.domain.revisions import Revision, digest_of
from tests.app.domain.invented import numbered

SALT: Final = "00112233445566778899aabbccddeeff"


def revision(**told: Any) -> Revision:
    """One invented revision, the first of its record."""
    usual: dict[str, Any] = {
        "id": numbered(1),
        "rev": numbered(2),
        "kind": "issue",
        "parents": (),
        "gen": 1,
        "hlc": "019b76daa800-0002",
        "owner": numbered(3),
        "by": "0123456789abcdef",
        "op": numbered(4),
        "deleted": False,
        "salt": SALT,
        "body": {"subject": "东街路灯不亮"},
    }
    return Revision(**{**usual, **told})


def members() -> dict[str, Any]:
    """The members of a sound line."""
    return dict(json.loads(revision().line()))


def line_of(told: Mapping[str, Any]) -> bytes:
    """A line with these members in their order, whatever they are."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def with_body(text: bytes) -> bytes:
    """A line of good header and right digest around the text of any body."""
    header = members()
    del header["subject"]
    header["_digest"] = digest_of(SALT, b"{" + text + b"}")
    return line_of(header)[:-2] + (b"," if text else b"") + text + b"}\n"
