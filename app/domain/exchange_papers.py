"""What the papers of the exchange show: the note that goes with a package (数据交接单), what stands where (报送对账单)."""

from dataclasses import dataclass

from app.domain.papers import Ledger, Shown
from app.domain.values import CodeSet


class QuestionKind(CodeSet):
    """What may be open about a sealed number: why it is not settled."""

    NEVER_COPIED = "never_copied", "未复制"
    GAP = "gap", "缺号"
    VANISHED = "vanished", "复制件不见了"
    OVERDUE = "overdue", "逾期未收到回执"
    PARKED = "parked", "已暂存"
    FORKED = "forked", "序号重复"
    REFUSED = "refused", "被拒收"
    LOST = "lost", "已遗失"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A sealed number as it is handed over; `fingerprint` is the SHA-256 of its file in groups."""

    number: str
    made: str
    contents: str
    files: str
    size: str
    file: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNote(Shown):
    """What goes along with packages, signed by who brings and who takes them."""

    station: str
    code: str
    body: str
    number: str
    parcels: tuple[Parcel, ...]
    total: str
    medium: str
    copied_on: str

    @property
    def records(self) -> int:
        """One a parcel."""
        return len(self.parcels)

    @property
    def told(self) -> str:
        """Its number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementNumber:
    """One sealed number in the statement."""

    number: str
    made: str
    contents: str
    size: str
    copied: str
    receipt: str
    result: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord:
    """One record in the statement: a returned one with its reason, or one that waits for a receipt."""

    kind: str
    title: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Shown):
    """Where everything stands (对账单): `totals` by name, the numbers of the period, what is open, what came back, what is late.

    `more` counts late records that are not listed.
    """

    head: Ledger
    totals: tuple[tuple[str, str], ...]
    numbers: tuple[StatementNumber, ...]
    questions: tuple[tuple[str, str, str], ...]
    returned: tuple[StatementRecord, ...]
    late: tuple[StatementRecord, ...]
    more: int

    @property
    def records(self) -> int:
        """One a sealed number."""
        return len(self.numbers)

    @property
    def of_what(self) -> str:
        """Its days."""
        return self.head.period
