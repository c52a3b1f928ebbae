"""Where cells and formulas point once rows were put into a sheet."""

import re
from dataclasses import dataclass
from typing import Final

from openpyxl.formula.tokenizer import Token, Tokenizer

_RANGE: Final = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!:]+)!)?(?P<a>\$?[A-Z]{0,3}\$?)(?P<first>\d+)(?::(?P<b>\$?[A-Z]{0,3}\$?)(?P<last>\d+))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutIn:
    """`count` rows put in below the row `last` of a sheet, as part of the rows that end there: what ended with it grows."""

    sheet: str
    last: int
    count: int

    def moved(self, row: int) -> int:
        """Where a row stands now."""
        return row + self.count if row > self.last else row

    def ended(self, row: int) -> int:
        """Where a range that ended with a row ends now."""
        return row + self.count if row >= self.last else row

    def reference(self, told: str) -> str:
        """A range of the sheet, as A1 or B5:B9."""
        found = _RANGE.fullmatch(told)
        return told if found is None else self._shifted(found)

    def references(self, told: str) -> str:
        """Several of them, blanks between."""
        return " ".join(self.reference(each) for each in told.split())

    def formula(self, told: str, own: str) -> str:
        """A formula without its sign, which stands in the sheet `own`."""
        if not told or told.startswith("="):
            return told
        tokens = Tokenizer(f"={told}")
        for each in tokens.items:
            if each.type == Token.OPERAND and each.subtype == Token.RANGE:
                found = _RANGE.fullmatch(each.value)
                if found and self._of(found["sheet"], own):
                    each.value = self._shifted(found)
        return "".join(each.value for each in tokens.items)

    def _of(self, told: str | None, own: str) -> bool:
        if not told:
            return own == self.sheet
        return told.removesuffix("!").removeprefix("'").removesuffix("'").replace("''", "'") == self.sheet

    def _shifted(self, found: re.Match[str]) -> str:
        first, told = int(found["first"]), found["last"]
        head = f"{found['sheet'] or ''}{found['a']}"
        if told is None:
            return f"{head}{self.moved(first)}"
        last = int(told)
        single = first == last == self.last
        return f"{head}{self.moved(first)}:{found['b']}{self.moved(last) if single else self.ended(last)}"
