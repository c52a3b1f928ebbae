"""What must always be in sight: what has not been handed in, what came back, what waits."""

from dataclasses import dataclass
from datetime import date, datetime

from app.clock import CHINA
from app.domain.kinds import travelling_kinds
from app.domain.life import PackageState
from app.domain.station import INVENTED_STATION
from app.domain.values import Code, known
from app.queries.relations import own_station, title_of
from app.storage import backup_notes, drafts
from app.storage.outbox import Outbox, awaited
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One look at the whole station."""

    station: str
    operator: str
    never_sent: int
    returned: int
    drafts: int
    last_number: int  # 0: nothing has been handed in yet
    last_day: date | None
    last_state: Code[PackageState]
    backup_at: datetime | None  # where there is a second place, the backup there
    backup_failed: bool
    invented: bool  # a station to look around in


def standing(workspace: Workspace) -> Standing:
    """Where the station stands now; contact data does not count, since by default it never travels."""
    with workspace.reading() as connection:
        never_sent, returned = awaited(connection, workspace.author, travelling_kinds(contact=False))
        last, station = Outbox(connection).last(), own_station(workspace, connection)
        notes = backup_notes.notes_in(connection)
        backup = notes.there if notes.folder else notes.here
        return Standing(
            station=station.name,
            operator=title_of(connection, workspace.author.op),
            never_sent=never_sent,
            returned=returned,
            drafts=len(drafts.kept(connection, workspace.author.op)),
            last_number=last.seq if last else 0,
            last_day=last.made.astimezone(CHINA).date() if last else None,
            last_state=known(PackageState, last.state) if last else "",
            backup_at=backup.at,
            backup_failed=bool(notes.here.code or notes.there.code),
            invented=station.code == INVENTED_STATION,
        )
