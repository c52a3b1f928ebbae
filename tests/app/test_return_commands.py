"""What waits for a suggestion, in the words of the command line: days, codes, fields, sums."""

from argparse import Namespace
from contextlib import nullcontext
from datetime import date

import pytest

from app.commands import returns
from app.domain.case_file import CaseFile
from app.domain.handling import FivePresent, Outcome, OutcomeType, Supervision, SupervisionWay
from app.domain.review import Consultation, Phase
from app.i18n import CHINESE, speak
from app.workspace import Workspace
from tests.builders import a_body_revision

DAY = date(2026, 11, 21)
PRESENT = (FivePresent.LEADER, FivePresent.UNIT)


def test_what_waits_is_told_line_by_line(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    new_id = workspace.clock.new_id
    body, unknown, another = new_id(), new_id(), new_id()
    records = (
        CaseFile(id=new_id(), suggestion=unknown, case_number="第7号"),
        Consultation(id=new_id(), suggestion=unknown, phase=Phase.DURING_HANDLING, led_by_leader=True, account="已谈妥", on=DAY),
        Supervision(
            id=new_id(),
            of=unknown,
            way=SupervisionWay.ON_SITE,
            present=PRESENT,
            demand="限期",
            on=DAY,
        ),
        Outcome(id=new_id(), of=another, outcome_type=OutcomeType.FUNDS, name="专项资金", amount=50000000, on=DAY),
    )
    with workspace.writing() as books:
        books.records.take_in([a_body_revision(workspace, body, each) for each in records])
    monkeypatch.setattr(returns, "reading", lambda _options: nullcontext(workspace))
    speak(CHINESE)
    answer = returns.returned(Namespace(id="", decide=None))
    assert answer.words.splitlines() == [
        "建议第7号（不在本站）",
        "· 2026-11-21　沟通联系　办中沟通　单位负责人带队　已谈妥",
        "· 2026-11-21　督办　现场察看　五到场：分管领导、承办单位　督办要求：限期",
        "未编号的建议（不在本站）",
        "· 2026-11-21　成果　资金　专项资金　50 万元",
    ]
    assert [each["case_number"] for each in answer.document["waiting"]] == ["第7号", ""]
    (only,) = returns.returned(Namespace(id=another, decide=None)).document["waiting"]
    assert only["records"] == [{"ids": [records[3].id], "code": "outcome", "on": "2026-11-21"}]
