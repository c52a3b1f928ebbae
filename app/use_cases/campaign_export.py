"""The table of a campaign as a workbook: a sheet of facts, one for each division, numbers as numbers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.domain.chinese import period
from app.domain.rights import Right
from app.domain.values import Id
from app.errors import Refused
from app.files import write_whole
from app.queries.campaign_paper import divided, facts, summary
from app.queries.campaign_table import campaign_table
from app.queries.rights import check_may
from app.workspace import Workspace

FORMAT: Final = ".xlsx"


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """The file, and whether the journal tells of it."""

    path: Path
    noted: bool


def export_table(workspace: Workspace, id: Id, path: Path) -> ExportedTable:
    """Write the table of a campaign; residents are counted in it and none is named. The journal notes it where it can be written.

    Raises `Refused("not_allowed" | "record_missing")`, `Refused("table_format", path)` for another ending,
    `Unavailable("disk_…")`.
    """
    check_may(workspace, Right.WORK)
    if path.suffix.lower() != FORMAT:
        raise Refused("table_format", path=str(path))
    from app.ledgers.written import Table, workbook_of  # loads openpyxl, which no start needs

    table = campaign_table(workspace, id)
    campaign = table.campaign
    told = [
        [name, value]
        for name, value in (
            ("名称", campaign.name),
            ("时间", period(campaign.starts_on, campaign.ends_on)),
            ("说明", facts(campaign)),
            ("合计", summary(table)),
        )
    ]
    blocks = [Table(division.label, heads, rows) for division, heads, rows in divided(table)]
    content = workbook_of(Table("总表", ("项目", "内容"), told), *blocks)
    if not workspace.writable:
        write_whole(path, content)
        return ExportedTable(path, noted=False)
    with workspace.writing() as books:
        books.note("list_export", {"kind": "campaign", "format": FORMAT[1:], "records": table.whole.visits}, id)
        write_whole(path, content)
    return ExportedTable(path, noted=True)
