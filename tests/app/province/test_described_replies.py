"""What docs/package-format.md shows of replies is what the programs write and read."""

import json
import re

from app.domain.erase_order import MOST, EraseOrder
from app.domain.kinds import KINDS
from app.domain.life import SuggestionState
from app.domain.records import record_from
from app.domain.revisions import read_line
from app.packages.row import read_row
from app.province import desk
from app.province.deeds_file import read_deeds
from tests.app.packages.golden import DOCUMENT
from tests.app.province.test_desk import handed_in, suggestion_of
from tests.builders import Pair

TEXT = DOCUMENT.read_text("utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```json\n(.+?)\n```", TEXT, re.DOTALL)
    assert found, f"docs/package-format.md shows no {name}"
    return found[1]


def test_the_file_of_deeds_is_one_that_is_done(line: Pair) -> None:
    id = handed_in(line)
    path = line.stick / "deeds.json"
    path.write_text(re.sub(r"019b76da-[-0-9a-f]+", id, block("deeds")), encoding="utf-8")
    (line.stick / "答复函.pdf").write_bytes(b"%PDF-1.4 an invented letter")
    done = desk.handle(line.body, read_deeds(path), line.stick)
    assert [each.suggestion.state for each in done][-1] == SuggestionState.REPLIED
    line.bring_back()
    after = suggestion_of(line, id)
    assert (after.state, after.official_in_charge) == (SuggestionState.REPLIED, "副市长乙")


def test_the_step_is_a_line_that_is_read(line: Pair) -> None:
    shown = (block("returned step") + "\n").encode()
    assert read_row(shown, "step") == read_line(shown)
    assert json.loads(shown).keys() - {"event", "from_state", "of", "on", "reason", "to_state"} <= {
        *("_by", "_del", "_digest", "_gen", "_hlc", "_id", "_kind", "_op", "_owner", "_parents", "_rev", "_salt", "_sv")
    }


def test_the_order_to_erase_is_a_line_that_is_read() -> None:
    shown = (block("erase order") + "\n").encode()
    said = read_row(shown, EraseOrder.traits.name)
    order = record_from(EraseOrder, said.id, said.body)
    assert (len(order.revisions), len(order.files), order.extra) == (2, 1, {})
    assert said.line() == shown
    assert f"at most {MOST:,} each in one order" in TEXT


def test_every_kind_of_a_reply_is_named() -> None:
    table = TEXT.partition("| kind | what the body says by it |")[2].partition("\n\n")[0]
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert named == {
        *("review", "step", "case_file", "assignment", "reply", "commitment", "consultation"),
        *("supervision", "outcome", "award", "unit", "attachment"),
    }
    assert named <= KINDS.keys()
