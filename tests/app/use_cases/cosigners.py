"""A draft with deputies who may sign it, and one of them with a PIN at this computer."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.domain.congress import Congress, Level, Term
from app.domain.cosignature import Cosignature, CosignatureState, SigningWay
from app.domain.cosigning import Answer, Invitation
from app.domain.people import Deputy, Operator, Role
from app.domain.suggestion import Suggestion
from app.domain.values import Id
from app.queries.record import record_of
from app.queries.suggestion_signing import Preparation, preparation
from app.use_cases.cosigning import invite, record_answer
from app.use_cases.signing_in import set_pin
from app.use_cases.suggestions import draft_suggestion
from app.workspace import Workspace
from tests.builders import a_deputy, save

TODAY = date(2026, 11, 21)
PIN = "8246"
TEXT = "一、情况\n东街的路灯三天不亮。\n三、建议\n请修路灯。"


@dataclass(frozen=True)
class Drafted:
    """The draft, its lead deputy, and three who may sign."""

    id: Id
    lead: Deputy
    deputies: tuple[Deputy, ...]
    congress: Congress
    term: Term


def a_drafted(workspace: Workspace, **told: object) -> Drafted:
    congress = Congress(id=workspace.clock.new_id(), name="示例县人民代表大会", level=Level.COUNTY)
    term = Term(id=workspace.clock.new_id(), congress=congress.id, term_no=18, began_on=date(2026, 1, 10))
    sits = {"congress": congress.id, "term": term.id}
    lead = a_deputy(workspace, "代表甲", **sits, delegation="一团")
    others = tuple(
        a_deputy(workspace, name, **sits, delegation=delegation, deputy_card_no=f"C-{name}")
        for name, delegation in (("代表乙", "一团"), ("代表丙", "一团"), ("代表丁", "二团"))
    )
    save(workspace, congress, term, lead, *others)
    id = draft_suggestion(workspace, title="关于修复东街路灯的建议", lead=lead.id, issues=[], text=TEXT).id
    return Drafted(id, lead, others, congress, term)


def give_pin(workspace: Workspace, deputy: Deputy, pin: str = PIN) -> Operator:
    operator = Operator(id=workspace.clock.new_id(), name=deputy.name, roles=(Role.DEPUTY,), deputy=deputy.id)
    save(workspace, operator)
    set_pin(workspace, operator.id, pin)
    return operator


def ask_all(workspace: Workspace, drafted: Drafted) -> None:
    invite(workspace, drafted.id, [each.id for each in drafted.deputies], Invitation(told="请看正文"))


def signature(workspace: Workspace, drafted: Drafted, number: int) -> Cosignature:
    rows = prepared(workspace, drafted).signers
    return next(each.signature for each in rows if each.signature.deputy == drafted.deputies[number].id)


def sign_on_paper(workspace: Workspace, drafted: Drafted, number: int) -> None:
    answer = Answer(state=CosignatureState.SIGNED, on=TODAY, way=SigningWay.PAPER)
    record_answer(workspace, signature(workspace, drafted, number).id, answer)


def prepared(workspace: Workspace, drafted: Drafted) -> Preparation:
    return preparation(workspace, drafted.id)


def words(workspace: Workspace, drafted: Drafted) -> Suggestion:
    return record_of(workspace, Suggestion, drafted.id)


def rewrite(workspace: Workspace, drafted: Drafted, text: str) -> None:
    save(workspace, replace(words(workspace, drafted), text=text))


def a_scan(folder: Path) -> Path:
    from PIL import Image

    path = folder / "签名页.png"
    Image.new("RGB", (40, 30), "white").save(path)
    return path
