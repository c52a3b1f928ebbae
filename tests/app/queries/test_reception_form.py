"""What a registration form tells of a reception, and what it must not tell of who came."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from app.domain.attachment import Attachment
from app.domain.category import Category, CategoryScheme
from app.domain.encounter import Encounter
from app.domain.issue import Issue, Purpose, Route
from app.domain.life import IssueState
from app.domain.people import Contact, Deputy, Sex
from app.domain.privacy import Privacy
from app.domain.reception_papers import ReceptionForm
from app.domain.unit import Unit
from app.domain.values import Id
from app.domain.visit import Attendance, MeetingWay, Presence, Visit, VisitKind
from app.errors import Refused
from app.queries.reception_form import reception_forms
from app.workspace import Workspace
from tests.builders import a_contact, a_deputy, an_encounter, an_issue, remove, save


@pytest.fixture
def deputies(workspace: Workspace) -> tuple[Deputy, Deputy]:
    both = a_deputy(workspace, "代表甲"), a_deputy(workspace, "代表乙")
    save(workspace, *both)
    return both


@pytest.fixture
def visit(workspace: Workspace, deputies: tuple[Deputy, Deputy]) -> Visit:
    held = Visit(
        id=workspace.clock.new_id(),
        visit_kind=VisitKind.RECEPTION,
        number="接2026-00001",
        station=workspace.author.owner,
        on=date(2026, 11, 20),
        starts=time(9),
        ends=time(11, 30),
        place="某某街道联络站",
        way=MeetingWay.RECEPTION_DAY,
        deputies=tuple(each.id for each in deputies),
        recorder="联络员甲",
    )
    save(workspace, held)
    return held


def resident(workspace: Workspace, visit: Visit, **told: Any) -> Encounter:
    """Somebody with a telephone and an address, received at the visit."""
    person = replace(an_encounter(workspace, "群众甲", visit=visit.id, village="东一社区"), **told)
    contact = replace(a_contact(workspace, person.id, "13812345678"), address="某某街道东一社区3栋201")
    save(workspace, person, contact)
    return person


def only(forms: tuple[ReceptionForm, ...]) -> ReceptionForm:
    (form,) = forms
    return form


def form_of(workspace: Workspace, id: Id, *, full: bool = False) -> ReceptionForm:
    return only(reception_forms(workspace, id, privacy=Privacy.FULL if full else Privacy.USUAL).forms)


def test_a_form_tells_the_reception_the_resident_and_what_was_raised(workspace: Workspace, visit: Visit) -> None:
    person = resident(workspace, visit, sex=Sex.FEMALE, handled_on_spot="已说明政策")
    unit = Unit(id=workspace.clock.new_id(), name="某某区城管局")
    category = Category(id=workspace.clock.new_id(), scheme=CategoryScheme.ISSUE, code="0399", name="路灯照明", parent="03")
    issue = an_issue(
        workspace,
        words="灯坏了三个月。",
        visit=visit.id,
        encounter=person.id,
        number="意2026-00007",
        purpose=Purpose.HELP,
        category="0399",
        units_concerned=("某某区城管局",),
        route=Route.COUNTY_DEPARTMENT,
        unit=unit.id,
        state=IssueState.APPROVED,
        proposed_handling="转城管局办理",
        proposed_by="联络员甲",
        proposed_on=date(2026, 11, 21),
    )
    photo = Attachment(id=workspace.clock.new_id(), of=issue.id, name="路口.jpg", sha256="0" * 64)
    save(workspace, unit, category, issue, photo)

    form = form_of(workspace, person.id)

    assert (form.record, form.number, form.day) == (person.id, "接2026-00001", "2026年11月20日（星期五）")
    assert (form.hours, form.place, form.way, form.recorder) == ("09:00—11:30", "某某街道联络站", "固定接待日", "联络员甲")
    assert (form.deputies, form.station) == ("代表甲、代表乙", "某某街道人大代表联络站")
    assert (form.visitor.name, form.visitor.sex, form.visitor.people) == ("群众甲", "女", "1人")
    (matter,) = form.matters
    assert (matter.number, matter.subject, matter.words) == ("意2026-00007", "东街路灯不亮", "灯坏了三个月。")
    assert matter.on_spot_reply == "已说明政策"
    assert (matter.purpose, matter.category, matter.units, matter.unit) == ("求助", "路灯照明", "某某区城管局", "某某区城管局")
    assert (matter.route, matter.due, matter.attachments) == ("县级部门办理", "交办后10个工作日", "1件：路口.jpg")
    assert matter.proposed == "转城管局办理\n（联络员甲　2026-11-21）"


def test_deputies_are_those_who_were_there(workspace: Workspace, visit: Visit, deputies: tuple[Deputy, Deputy]) -> None:
    person = resident(workspace, visit)
    first, second = deputies
    save(
        workspace,
        Attendance(id=workspace.clock.new_id(), visit=visit.id, deputy=first.id, name=first.name, presence=Presence.ON_LEAVE),
        Attendance(id=workspace.clock.new_id(), visit=visit.id, deputy=second.id, name=second.name, presence=Presence.PRESENT),
        Attendance(id=workspace.clock.new_id(), visit=visit.id, name="干部丙", part="社区书记"),
    )

    assert form_of(workspace, person.id).deputies == "代表乙、干部丙（社区书记）"


# --- what must not be told -----------------------------------------------------------------------------------------


def test_contacts_are_masked_unless_they_are_asked_for(workspace: Workspace, visit: Visit) -> None:
    person = resident(workspace, visit)

    masked, full = form_of(workspace, person.id).visitor, form_of(workspace, person.id, full=True).visitor

    assert (masked.phone, masked.address) == ("138****5678", "东一社区　某某街道东一社区")
    assert (full.phone, full.address) == ("13812345678", "东一社区　某某街道东一社区3栋201")


@pytest.mark.parametrize("full", [False, True])
def test_who_stays_anonymous_is_named_by_nothing_even_where_it_is_written_down(
    workspace: Workspace, visit: Visit, full: bool
) -> None:
    person = resident(workspace, visit, anonymous=True)

    shown = form_of(workspace, person.id, full=full).visitor

    assert (shown.name, shown.withheld) == ("匿名", "匿名")
    assert not any((shown.phone, shown.address, shown.sex, shown.age))


@pytest.mark.parametrize("whose", ["resident", "issue"])
def test_confidentiality_that_was_asked_for_withholds_the_person(workspace: Workspace, visit: Visit, whose: str) -> None:
    person = resident(workspace, visit, confidential=whose == "resident")
    save(workspace, an_issue(workspace, encounter=person.id, visit=visit.id, confidential=whose == "issue"))

    form = form_of(workspace, person.id, full=True)

    assert (form.visitor.name, form.visitor.withheld) == ("要求保密", "要求保密")
    assert "群众甲" not in repr(form)
    assert "1381" not in repr(form)


# --- of what a form is printed -------------------------------------------------------------------------------------


def test_a_visit_gives_a_form_for_each_resident_and_one_for_what_nobody_is_known_to_have_raised(
    workspace: Workspace, visit: Visit
) -> None:
    people = [resident(workspace, visit), resident(workspace, visit, name="群众乙", raised="菜市场的秤不准")]
    save(workspace, an_issue(workspace, "积水", visit=visit.id))

    forms = reception_forms(workspace, visit.id).forms

    assert [each.record for each in forms] == [people[0].id, people[1].id, visit.id]
    assert [each.visitor.name for each in forms] == ["群众甲", "群众乙", ""]
    assert [matter.subject or matter.words for each in forms for matter in each.matters] == ["菜市场的秤不准", "积水"]


def test_a_reception_that_nobody_came_to_gives_an_empty_form(workspace: Workspace, visit: Visit) -> None:
    form = form_of(workspace, visit.id)

    assert (form.number, form.visitor.name, form.matters) == ("接2026-00001", "", ())


def test_an_issue_leads_to_the_form_of_who_raised_it_with_all_they_raised(workspace: Workspace, visit: Visit) -> None:
    person = resident(workspace, visit)
    one, other = (an_issue(workspace, subject, visit=visit.id, encounter=person.id) for subject in ("路灯", "积水"))
    save(workspace, one, other)

    assert [each.subject for each in form_of(workspace, other.id).matters] == ["路灯", "积水"]


def test_an_issue_that_came_by_letter_has_a_form_too(workspace: Workspace) -> None:
    issue = an_issue(workspace, number="意2026-00009", source="letter", received_at=time(8, 15))
    save(workspace, issue)

    form = form_of(workspace, issue.id)

    assert (form.record, form.number, form.way, form.hours) == (issue.id, "意2026-00009", "来信", "08:15")


def test_what_is_no_reception_is_refused(workspace: Workspace, visit: Visit, deputies: tuple[Deputy, Deputy]) -> None:
    outreach = replace(visit, id=workspace.clock.new_id(), visit_kind=VisitKind.OUTREACH)
    met = an_encounter(workspace, visit=outreach.id)
    gone = an_issue(workspace)
    save(workspace, outreach, met, gone)
    remove(workspace, gone.id)
    refusals = {}
    for id in (outreach.id, met.id, deputies[0].id, gone.id, "unknown"):
        with pytest.raises(Refused) as caught:
            reception_forms(workspace, id)
        refusals[id] = caught.value.code
    assert list(refusals.values()) == ["not_a_reception"] * 2 + ["paper_other_kind"] + ["record_missing"] * 2


def test_a_removed_contact_is_not_shown(workspace: Workspace, visit: Visit) -> None:
    person = an_encounter(workspace, visit=visit.id)
    contact = Contact(id=workspace.clock.new_id(), of=person.id, phone="13812345678")
    save(workspace, person, contact, Issue(id=workspace.clock.new_id(), encounter=person.id, words="灯"))
    remove(workspace, contact.id)

    assert form_of(workspace, person.id, full=True).visitor.phone == ""
