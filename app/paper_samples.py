"""Write every paper of an invented station to `docs/papers`, a picture of each page: `python -m app.paper_samples`."""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from app.clock import Clock
from app.domain.bulletin import Article, BulletinKind
from app.domain.cosignature import Cosignature
from app.domain.encounter import Encounter
from app.domain.issue import Issue
from app.domain.paper_code import PrintMark
from app.domain.papers import ALWAYS, AskedBy, PaperName, Shown, Span
from app.domain.records import Record
from app.domain.reply import Reply
from app.domain.rota import RotaPlan
from app.domain.station_check import CheckFinding
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.domain.visit import Campaign, Visit, VisitKind
from app.domain.visit_sheet import Line, VisitSheet
from app.i18n import _
from app.keys.passphrase import Passphrase
from app.keys.ways import PassphraseWay
from app.pictures.invented import drawn
from app.progress import Progress
from app.province import enrolment, receiver
from app.province.intake import Intake
from app.province.receipts import write_receipts
from app.province.receiver import Receiver
from app.queries.deputies import register
from app.queries.deputy_dossier import deputy_dossier
from app.queries.points import points_board
from app.queries.relations import found
from app.queries.station_checks import check_board
from app.queries.suggestion_papers import OF_A_SUGGESTION
from app.use_cases import demo
from app.use_cases.arrivals import receive
from app.use_cases.attachment_desk import Offered, attach
from app.use_cases.bulletins import new_bulletin, save_bulletin
from app.use_cases.handing_in import export
from app.use_cases.papers import Asked, composed_paper
from app.use_cases.points import approve, enter_proposed, take_up_scheme
from app.use_cases.press import set_here
from app.use_cases.receptions import save_visit
from app.use_cases.rota import plan_receptions
from app.use_cases.station_checks import correct_check, new_round, save_round
from app.use_cases.trust import request_enrolment, take_trust
from app.workspace import OUTBOX, Workspace, opened

PAPERS: Final = Path(__file__).resolve().parents[1] / "docs" / "papers"

_SAMPLE_DAY: Final = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_HALF_YEAR: Final = Span(first=date(2026, 1, 1), last=date(2026, 6, 30))
_ROTA: Final = date(2026, 12, 1), date(2027, 5, 31)
_SPANS: Final = {
    PaperName.STATION_REPORT: Span(first=date(2026, 1, 1), last=date(2026, 12, 31)),
    PaperName.VISIT_LOG: _HALF_YEAR,
    PaperName.RECEPTION_LEDGER: _HALF_YEAR,
    PaperName.OUTREACH_LEDGER: _HALF_YEAR,
    PaperName.ATTENDANCE_LEDGER: _HALF_YEAR,
    PaperName.ISSUE_LEDGER: _HALF_YEAR,
    PaperName.HANDLING_LEDGER: _HALF_YEAR,
    PaperName.PUBLIC_SHEET: _HALF_YEAR,
    PaperName.POINTS_LEDGER: _HALF_YEAR,
    PaperName.POINTS_SUMMARY: _HALF_YEAR,
    PaperName.ARCHIVE: Span(first=date(2026, 3, 1), last=date(2026, 3, 31)),
    PaperName.DUTY_ROTA: Span(first=_ROTA[0], last=_ROTA[1]),
}
"""Of which days a paper of a period is; all where none are named."""
_OF_SIGNERS: Final = (PaperName.COSIGNATURE_PAGE, PaperName.COSIGNING_CALL, PaperName.WITHDRAWAL_APPLICATION)
_NOTE: Final = (
    "今年以来，联络站坚持“民有所呼、我有所应”，组织代表固定接待、主动走访，推动解决了一批群众身边的操心事。"
    "现将两个方面的做法刊出，供各联络站参考。"
)
_ARTICLES: Final = (
    (
        "件件有着落，事事有回音",
        (
            "——联络站规范办理群众意见的做法\n"
            "联络站把群众意见从登记到反馈的每一步都写清楚，让群众看得到进展、等得到结果。\n"
            "一、把好登记关\n"
            "每月15日由代表轮值接待，群众说什么就记什么，当场能答复的当场答复，不能答复的登记后转交承办单位。"
            "可以不留姓名，也可以要求保密，凭回执上的编号随时询问。\n"
            "二、把好交办关\n"
            "（一）分清去向。属于村（社区）办理的不上推，属于县级部门办理的及时转交，属于热线和信访渠道的说明引导。\n"
            "（二）盯紧期限。承办单位在交办后10个工作日内答复，临近期限提前提醒，超过期限逐件说明原因。\n"
            "三、把好反馈关\n"
            "办理结果由接待代表向本人反馈，并在一周内回访。群众不满意的重新办理，直到问题说清楚、办到位。"
        ),
        "示例街道人大代表联络站",
    ),
    (
        "代表走访月工作小结",
        (
            "10月，各级人大代表深入南一社区、丙一村走访群众，主动了解路灯照明、灌溉水渠、停车收费等方面的情况。"
            "对走访中收集的意见，联络站逐件登记、逐件转交，其中适合提出代表建议的，已请代表作进一步调研。"
        ),
        "南一社区代表小组",
    ),
)
_RECIPIENTS: Final = ("县人大常委会代表工作委员会", "街道党工委、办事处，街道人大工委", "各代表小组，各村（社区）")
_DOTS_AN_INCH: Final = 100
_STICK: Final = "报送盘"


def main() -> None:
    """Draw all papers anew, where the program that draws pages is installed."""
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        told = _("The pictures of the papers stay as they are: {program} is missing.").format(program="pdftoppm (poppler-utils)")
        print(told, file=sys.stderr)
        return
    for old in PAPERS.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        for name, file in made(Path(folder)):
            _draw(drawer, file, PAPERS / name)


def made(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every paper of an invented station made in `folder`, by its name, as a PDF file; last the receipt that the body prints."""
    way, clock = PassphraseWay(passphrase=Passphrase("sample")), Clock(now=lambda: _SAMPLE_DAY, chance=Random(1).getrandbits)
    demo.set_up_if_missing(folder, way, clock)
    with opened(folder, way, write=True, clock=clock) as workspace:
        demo.fill(workspace, demo.Amounts(visits=40, issues=60, suggestions=6), 1)
        for asked in samples(workspace):
            yield asked.name.value, _printed(workspace, asked, folder)
        receiver.set_up(folder / "body", way, code="43", roots_folder=folder / "roots", passphrase=None, clock=clock)
        with receiver.opened(folder / "body", way, write=True, clock=clock) as body:
            receipt = exchanged(workspace, body, folder)
        for asked in (Asked(name=PaperName.DELIVERY_NOTE, numbers=("1", "3")), Asked(name=PaperName.STATEMENT, span=ALWAYS)):
            yield asked.name.value, _printed(workspace, asked, folder)
        yield "receipt", receipt


def _set(shown: Shown, at: datetime, *, substitute: bool, progress: Progress, mark: PrintMark | None = None) -> bytes:
    """The paper as if this computer had the same name each time, so that the same code stands on it."""
    return set_here(shown, at, substitute=substitute, progress=progress, mark=PrintMark(seat="0" * 16, line=1) if mark else None)


def _printed(workspace: Workspace, asked: Asked, folder: Path) -> Path:
    file = folder / f"{asked.name}.pdf"
    file.write_bytes(composed_paper(workspace, asked, press=_set).content)
    return file


def samples(workspace: Workspace) -> Iterator[Asked]:
    """Every paper of what stands in an invented station, but those of the exchange."""
    records = _records(workspace)
    _points(workspace)
    _checks(workspace)
    for name in PaperName:
        match name.asked_by:
            case AskedBy.RECORD | AskedBy.RECORD_OR_NOTHING | AskedBy.RECORD_OR_PERIOD | AskedBy.RECORD_AND_PERIOD:
                yield Asked(name=name, id=records[name])
            case AskedBy.RECORDS:
                yield Asked(name=name, ids=_suggestions(workspace))
            case AskedBy.PERIOD if name is not PaperName.STATEMENT:
                yield Asked(name=name, span=_SPANS.get(name, ALWAYS))
            case AskedBy.NUMBERS | AskedBy.NOTHING:
                yield Asked(name=name)


def _points(workspace: Workspace) -> None:
    """A scheme is gone by, what the half-year proposes is entered; most of it was approved twice, some once."""
    take_up_scheme(workspace, "ruzhou", date(2026, 1, 1))
    enter_proposed(workspace, _HALF_YEAR)
    ids = [each.entry.id for each in points_board(workspace, _HALF_YEAR).rows]
    approve(workspace, ids)
    approve(workspace, ids[: len(ids) * 3 // 4])


def _checks(workspace: Workspace) -> None:
    """The station was checked once: most is in order, two things were to be mended, one of them is."""
    told = new_round(workspace)
    lacking = {0: "打印机卡纸，需维修", 3: "缺三名新到站代表的桌牌"}
    lines = tuple(
        replace(each, finding=CheckFinding.PARTLY if place in lacking else CheckFinding.MET, account=lacking.get(place, ""))
        for place, each in enumerate(told.lines)
    )
    save_round(workspace, replace(told, on=date(2026, 6, 5), lines=lines))
    row = next(each for each in check_board(workspace).rows if each.open)
    assert row.check is not None
    correct_check(workspace, replace(row.check, measure="已请供应商上门维修", mended_on=date(2026, 6, 12)))


def _suggestions(workspace: Workspace) -> tuple[Id, ...]:
    with workspace.reading() as connection:
        return tuple(each.id for each in found(connection, Suggestion) if each.submitted_on)


def _records(workspace: Workspace) -> dict[PaperName, Id]:
    """The record that shows most of each paper."""
    planned, received = _receptions(workspace)
    with workspace.reading() as connection:
        visits, campaigns = found(connection, Visit), found(connection, Campaign)
        suggestions = found(connection, Suggestion)
        replied, signed = found(connection, Reply)[0].suggestion, found(connection, Cosignature)[0].suggestion
        receptions = {each.id for each in visits if each.visit_kind == VisitKind.RECEPTION}
        issues = [each for each in found(connection, Issue) if each.visit in receptions]
    met = max((each for each in visits if each.visit_kind not in {VisitKind.RECEPTION, VisitKind.OUTREACH}), key=_fullness)
    answered = next(each for each in issues if each.unit and each.result_text)
    of_suggestions = dict.fromkeys(OF_A_SUGGESTION, replied) | dict.fromkeys(_OF_SIGNERS, signed)
    return of_suggestions | {
        PaperName.SUGGESTION: max(suggestions, key=lambda each: len(each.text)).id,
        PaperName.RECEPTION_FORM: max(issues, key=_fullness).encounter,
        PaperName.RECEPTION_NOTICE: planned,
        PaperName.VISITOR_SLIP: received,
        PaperName.ACTIVITY_RECORD: met.id,
        PaperName.ACTIVITY_MINUTES: met.id,
        PaperName.ATTENDANCE_SHEET: met.id,
        PaperName.DEPUTY_DOSSIER: _busiest(workspace),
        PaperName.CAMPAIGN_TABLE: campaigns[0].id,
        PaperName.ASSIGNMENT_SLIP: answered.id,
        PaperName.ISSUE_RECORD: answered.id,
        PaperName.REPLY_LETTER: answered.id,
        PaperName.ATTACHMENT_PAGES: _pictured(workspace, received),
        PaperName.CALL_BACK_RECORD: answered.id,
        PaperName.DEPUTY_POSTER: register(workspace)[0].id,
        PaperName.FEEDBACK_SLIP: answered.id,
        PaperName.BULLETIN: _bulletin(workspace),
        PaperName.OPINION_REPORT: _report(workspace, [each.id for each in issues if each.result_text][:3]),
    }


def _busiest(workspace: Workspace) -> Id:
    """The deputy who did most."""
    return max((each.id for each in register(workspace)), key=lambda each: deputy_dossier(workspace, each, ALWAYS).records)


def _bulletin(workspace: Workspace) -> Id:
    """A bulletin with an editor's note and two articles."""
    begun = new_bulletin(workspace)
    first, second = (
        Article(id=workspace.clock.new_id(), heading=heading, text=text, contributor=contributor)
        for heading, text, contributor in _ARTICLES
    )
    bulletin = replace(
        begun.bulletin,
        serial_total=begun.bulletin.serial_total + 671,
        editors_note=_NOTE,
        recipients=_RECIPIENTS,
        editor="编辑甲　编辑乙",
        reached_by="0731—00000000",
        approval_number="示例准字〔2026〕第1号",
    )
    return save_bulletin(workspace, replace(begun, bulletin=bulletin, articles=(first, second))).id


def _report(workspace: Workspace, issues: Sequence[Id]) -> Id:
    """A special report on issues."""
    begun = new_bulletin(workspace, BulletinKind.OPINION_REPORT, issues)
    return save_bulletin(workspace, replace(begun, bulletin=replace(begun.bulletin, recipients=_RECIPIENTS[:1]))).id


def _fullness(record: Record) -> int:
    return len(repr(record))


def _receptions(workspace: Workspace) -> tuple[Id, Id]:
    """The first day of a rota of six months, and a reception of three residents."""
    deputies = tuple(each.id for each in register(workspace))[:6]
    plan = RotaPlan(first=_ROTA[0], last=_ROTA[1], deputies=deputies, together=2)
    morning = replace(plan, starts=time(9), ends=time(11, 30), place="联络站接待室", theme="听取群众对民生实事的意见")
    planned = plan_receptions(workspace, morning).ids
    return planned[0], save_visit(workspace, _reception(workspace, deputies[0])).sheet.visit.id


def exchanged(workspace: Workspace, body: Receiver, folder: Path) -> Path:
    """Four numbers handed in, the second lost on its way and in the outbox, and filled by a later one; the receipt on paper.

    `folder` becomes the working directory for as long as it takes, since papers tell where each number was copied.
    """
    take_trust(workspace, enrolment.enrol(body, request_enrolment(workspace).content).bundle)
    with contextlib.chdir(folder):
        for place, lost in enumerate((False, True, False), start=1):
            save_visit(workspace, _reception(workspace, register(workspace)[place].id))
            exported = export(workspace, Path(_STICK))
            if lost:
                for sent, path in zip(exported.numbers, exported.paths, strict=True):
                    path.unlink()
                    (workspace.folder / OUTBOX / sent.file).unlink()
            else:
                for path in exported.paths:
                    Intake(body).take(path)
            laid_out = write_receipts(body, demo.STATION_CODE, folder / "back", printed=True)
            for file in laid_out.files:
                if file.suffix == ".json":
                    receive(workspace, file)
    return next(each for each in laid_out.files if each.suffix == ".pdf")


def _pictured(workspace: Workspace, visit: Id) -> Id:
    """The reception with two drawings and a file that is none, as they are brought to a station."""
    drawings = [Offered("路口示意图.png", partial(drawn, 1600, 1200)), Offered("意见原件.png", partial(drawn, 1100, 1500))]
    attach(workspace, visit, [*drawings, Offered("情况说明.docx", lambda: b"PK")])
    return visit


def _reception(workspace: Workspace, deputy: Id) -> VisitSheet:
    """A reception of somebody who gives a name, somebody who gives none, and somebody who asks for confidence."""
    new_id = workspace.clock.new_id
    visit = Visit(id=new_id(), visit_kind=VisitKind.RECEPTION, on=_SAMPLE_DAY.date(), deputies=(deputy,))
    people = (
        Encounter(id=new_id(), name="某某某"),
        Encounter(id=new_id(), anonymous=True),
        Encounter(id=new_id(), name="某某某", confidential=True),
    )
    said = ("南一社区路灯坏了快三个月，晚上老人不敢出门", "丙一村灌溉渠淤了两年没有清", "小区停车收费没有公示")
    lines = (
        Line(encounter=one, issues=(Issue(id=new_id(), subject=words, words=words),))
        for one, words in zip(people, said, strict=True)
    )
    return VisitSheet(visit=visit, lines=tuple(lines))


def _draw(drawer: str, paper: Path, picture: Path) -> None:
    """Every page as a picture: name-1.png, name-2.png, and so on."""
    subprocess.run([drawer, "-png", "-gray", "-r", str(_DOTS_AN_INCH), str(paper), str(picture)], check=True)


if __name__ == "__main__":
    main()
