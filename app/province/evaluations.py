"""The deputies' sealed evaluations opened by the body they were sealed for; and counted, which is all that leaves the house."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.records import record_from
from app.domain.reply import Evaluation
from app.domain.revisions import read_kept
from app.domain.sealed_evaluation import Verdict, unpacked
from app.domain.values import Id
from app.errors import AppError
from app.keys.identities import ReceivingKey
from app.packages.small import decrypted
from app.province.receiver import Receiver
from app.province.tables import HeadRow, ReturnedRow, RevisionRow, StationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedEvaluation:
    """One answer: which suggestion by its title, which deputy by name; no verdict and the `fault` where it cannot be opened."""

    id: Id
    station: Id
    suggestion: Id
    title: str
    deputy: Id
    deputy_name: str
    returned_on: str
    verdict: Verdict | None
    fault: AppError | None = None


def opened_evaluations(receiver: Receiver, keys: Sequence[ReceivingKey] | None = None) -> tuple[OpenedEvaluation, ...]:
    """Every sealed evaluation that stands, over all stations, in the order they came; opened with these keys, or with all."""
    secrets = [each.secret for each in (receiver.identity().receiving if keys is None else keys)]
    returned = select(ReturnedRow.rev).where(ReturnedRow.station == StationRow.id, ReturnedRow.rev == HeadRow.rev)
    question = (
        select(StationRow.id.label("station"), HeadRow.station.label("no"), RevisionRow.line)
        .join(StationRow, StationRow.no == HeadRow.station)
        .join(RevisionRow, (RevisionRow.station == HeadRow.station) & (RevisionRow.rev == HeadRow.rev))
        .where(HeadRow.kind == Evaluation.traits.name, ~HeadRow.deleted, ~returned.exists())
        .order_by(HeadRow.no)
    )
    with receiver.store.reading() as connection:
        told = []
        for row in connection.execute(question).all():
            revision = read_kept(row.line)
            evaluation = record_from(Evaluation, revision.id, revision.body)
            if evaluation.sealed:
                told.append(_opened(connection, row.station, row.no, evaluation, secrets))
    return tuple(told)


def _opened(connection: Connection, station: Id, no: int, evaluation: Evaluation, secrets: Sequence[str]) -> OpenedEvaluation:
    verdict, fault = None, None
    try:
        verdict = unpacked(decrypted(evaluation.sealed, secrets), evaluation=evaluation.id)
    except AppError as error:
        fault = error
    return OpenedEvaluation(
        id=evaluation.id,
        station=station,
        suggestion=evaluation.of,
        title=_said(connection, no, evaluation.of, "subject"),
        deputy=evaluation.deputy,
        deputy_name=_said(connection, no, evaluation.deputy, "name"),
        returned_on=evaluation.returned_on.isoformat() if evaluation.returned_on else "",
        verdict=verdict,
        fault=fault,
    )


def _said(connection: Connection, station: int, record: Id, field: str) -> str:
    """One field of a record of the same station; empty where it has not come."""
    question = (
        select(RevisionRow.line)
        .join(HeadRow, (RevisionRow.station == HeadRow.station) & (RevisionRow.rev == HeadRow.rev))
        .where(HeadRow.station == station, HeadRow.record == record)
    )
    line = connection.execute(question).scalar()
    return str(read_kept(line).body.get(field, "")) if line else ""
