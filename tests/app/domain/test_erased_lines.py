"""An erased line keeps its header and what the chain covers; a text that names the salt is not taken for one."""

import pytest
from hypothesis import given

from app.domain.revisions import Revision, erased_line, is_erased, read_kept, read_line
from app.errors import Refused
from tests.app.domain.lines import revision
from tests.app.domain.test_revisions import revisions


@given(revisions())
def test_an_erased_line_is_what_the_chain_covers(written: Revision) -> None:
    line = written.line()
    bare = erased_line(line)
    assert (is_erased(line), is_erased(bare), erased_line(bare)) == (False, True, bare)
    assert bare == written.written().covered + b"\n"
    kept = read_kept(bare)
    assert (kept.id, kept.rev, kept.kind, kept.parents, kept.op) == (
        written.id,
        written.rev,
        written.kind,
        written.parents,
        written.op,
    )
    assert (kept.salt, kept.body) == ("", {})
    assert read_kept(line) == written
    with pytest.raises(Refused):
        read_line(bare)


def test_a_text_that_names_the_salt_is_no_erased_line() -> None:
    told = revision(body={"subject": '"_salt":"…" 写在话里'})
    assert not is_erased(told.line())
    assert read_kept(told.line()) == told
