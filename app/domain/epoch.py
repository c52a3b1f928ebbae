"""Why a seat's numbers begin anew: its database was put back, copied, or is behind what others have seen of it."""

from dataclasses import dataclass

from app.domain.values import CodeSet


class EpochReason(CodeSet):
    """Why the next hand-in begins a new epoch with the full state."""

    RESTORED = "restored", "数据已从备份恢复"
    FROM_BODY = "from_body", "数据由受理机关发回"
    COPIED = "copied", "数据不是这台电脑上原来的那一份"
    SET_BACK = "set_back", "数据回到了较早的状态"
    RECEIPT_AHEAD = "receipt_ahead", "回执里有本机没有的包"
    FORK = "fork", "同一序号出现了两个不同的包"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpochDue:
    """The next hand-in is the first of this epoch, and why."""

    epoch: int
    reason: EpochReason
