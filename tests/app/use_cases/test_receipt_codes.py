"""Short codes of receipts that were typed: each settles the one package that it was reckoned from."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.domain.life import PackageState
from app.errors import Refused
from app.packages.receipt_codes import typed_code
from app.province.tables import TakenSecretRow
from app.storage.outbox import Outbox, Sent
from app.storage.tables import PackageRow
from app.use_cases.receipt_codes import tell_by_code
from tests.builders import Pair, a_deputy, pair, save


def sent(line: Pair) -> list[Sent]:
    """The numbers of the station's computer, the oldest first."""
    with line.station.reading() as connection:
        return sorted(Outbox(connection).numbers(), key=lambda each: (each.epoch, each.seq))


def codes(line: Pair) -> list[str]:
    """What the body reads out, from what it keeps itself."""
    with line.body.store.reading() as connection:
        kept = {row.digest: row.secret for row in connection.execute(select(TakenSecretRow.__table__))}
    return [typed_code(each.seq, each.digest, kept[each.digest]) for each in sent(line) if each.digest in kept]


def handed_in(line: Pair, *names: str) -> list[str]:
    """One package for each name, all taken in; the codes of all."""
    for name in names:
        save(line.station, a_deputy(line.station, name))
        line.export()
    line.intake()
    return codes(line)


def refused(line: Pair, code: str) -> Refused:
    with pytest.raises(Refused) as caught:
        tell_by_code(line.station, code)
    return caught.value


def test_each_code_settles_its_own_package_in_any_order_and_the_receipt_agrees(line: Pair) -> None:
    first, second = handed_in(line, "代表甲", "代表乙")
    assert tell_by_code(line.station, second).seq == 2
    assert [each.state for each in sent(line)] == [PackageState.COPIED, PackageState.RECEIVED]
    assert not tell_by_code(line.station, first).known
    assert tell_by_code(line.station, first).known, "an old code again is nothing new"
    line.bring_back()
    assert [(each.state, each.receipt) for each in sent(line)] == [(PackageState.RECEIVED, 1)] * 2
    assert tell_by_code(line.station, second).known, "nor is one that comes after its receipt"
    assert [each.receipt for each in sent(line)] == [1, 1]


def test_the_proof_of_one_package_under_the_number_of_another_settles_neither(line: Pair) -> None:
    first, second = handed_in(line, "代表甲", "代表乙")
    for forged in (first[:6] + second[6:], second[:6] + first[6:]):
        assert refused(line, forged).code == "code_not_of_package"
    assert {each.state for each in sent(line)} == {PackageState.COPIED}


def test_the_code_of_another_station_settles_nothing_here(line: Pair, tmp_path: Path) -> None:
    handed_in(line, "代表甲")
    with pair(tmp_path / "other") as other:
        (strange,) = handed_in(other, "代表甲")
    assert refused(line, strange).code == "code_not_of_package"
    assert sent(line)[0].state == PackageState.COPIED


def test_a_package_sealed_before_there_were_such_codes_is_settled_by_none(line: Pair) -> None:
    (code,) = handed_in(line, "代表甲")
    with line.station.writing() as books:
        books.connection.execute(update(PackageRow).values(secret=None))
    found = refused(line, code)
    assert (found.code, found.facts["number"]) == ("code_not_believed", 1)
    assert sent(line)[0].state == PackageState.COPIED
