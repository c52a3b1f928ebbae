"""How long the hints on a text of 10,000 characters take, beside one pass of `re` over the same patterns."""

from app.domain.hint_patterns import LIST
from app.domain.suggestion import Suggestion
from app.domain.suggestion_hints import suggestion_hints
from app.domain.suggestion_sheet import SuggestionSheet
from tests.benchmarks.figures import taken_in_turn, tell

LONG = 10_000
AT_MOST = 0.2  # seconds
PART = "东街自去年春天改造以来，全长八百米的道路上有二十三盏路灯损坏，晚间行人出行困难。建议由城管部门更换，并办理移交。"


def test_hints_on_a_long_text() -> None:
    text = "\n".join([PART] * (LONG // len(PART) + 1))[:LONG]
    sheet = SuggestionSheet(suggestion=Suggestion(id="", subject="关于修复东街路灯的建议", text=text))

    def ours() -> None:
        assert suggestion_hints(sheet, ["群众甲"])

    def peer() -> None:
        for each in LIST:
            assert not each.pattern.findall(text)

    mine, theirs = taken_in_turn((f"hints on {LONG} characters", ours), ("  one pass of re over the same patterns", peer))
    tell(mine.told(), f"{theirs.told()}; ratio {mine.median / theirs.median:.2f}")
    assert mine.median < AT_MOST
