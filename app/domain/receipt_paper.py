"""What a receipt on paper shows (回执单): the packages it tells of, their short codes, and the receipt itself as QR codes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One package: its number, what became of it, and the short code of an accepted one."""

    number: str
    result: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """A receipt to be carried on paper; `codes` are texts of QR codes, all of which are scanned."""

    station: str
    body: str
    number: str
    issued: str
    lines: tuple[ReceiptLine, ...]
    codes: tuple[str, ...]
