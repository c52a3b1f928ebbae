"""A station's receipt as a paper: for where no stick may leave the receiver's network."""

from typing import Final

from sqlalchemy import select

from app.clock import CHINA
from app.domain.receipt_paper import ReceiptLine, ReceiptPaper
from app.packages import receipt as receipts
from app.packages.receipt import Item, ItemStatus
from app.packages.receipt_codes import MOST_NUMBER, codes_of, typed_code
from app.printing.paper import typeset
from app.printing.receipt_paper import receipt_paper
from app.province.receiver import Receiver
from app.province.tables import TakenSecretRow

_RESULTS: Final = {ItemStatus.ACCEPTED: "已收到", ItemStatus.PARKED: "暂存待处理", ItemStatus.REFUSED: "未能接收"}


def printed_receipt(receiver: Receiver, document: bytes, station: str) -> bytes:
    """The PDF of a receipt's file; raises `PackageFault("E_LIMIT", limit)` for one that no paper holds."""
    receipt = receipts.peek_receipt(document)
    with receiver.store.reading() as connection:
        rows = connection.execute(select(TakenSecretRow.__table__).where(TakenSecretRow.station == receipt.station))
        secrets = {row.digest: row.secret for row in rows}
    shown = ReceiptPaper(
        station=station,
        body=receiver.body.name,
        number=str(receipt.receipt_seq),
        issued=f"{receipt.issued.astimezone(CHINA):%Y-%m-%d}",
        lines=tuple(_line(each, secrets.get(each.package)) for each in receipt.items),
        codes=codes_of(document),
    )
    return typeset(receipt_paper(shown, receipt.issued), substitute=True)


def _line(item: Item, secret: str | None) -> ReceiptLine:
    """One package; which of its records were returned no short code can say, so it has none then."""
    result = _RESULTS[item.status] + (f"，退回 {item.rows.returned} 条" if item.rows.returned else "")
    whole = item.status is ItemStatus.ACCEPTED and not item.rows.returned
    sayable = whole and item.seq <= MOST_NUMBER
    typed = typed_code(item.seq, item.package, secret) if sayable and secret else "—"
    return ReceiptLine(number=f"{item.epoch}/{item.seq}", result=result, code=typed)
