"""Run as a process of its own under a display: the whole life of a suggestion, typed and clicked at the window.

Arguments as of `tests.journeys.window_driver`. A system dialog for files is nobody's to press: it is answered with a path.
"""

import sys
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTextEdit

from app.domain.cosignature import SigningWay
from app.domain.life import SuggestionEvent, SuggestionState
from app.domain.papers import PaperName
from app.domain.reply import ReplyScheme
from app.domain.review import TalkWay
from app.domain.satisfaction import Satisfaction
from app.domain.suggestion_steps import Deed, Note
from app.i18n import _
from tests.journeys.window_driver import CTRL, PARTS, Person, main, reads_the_day
from tests.journeys.window_hands import (
    answer_files,
    choose,
    dialog,
    gone,
    opened,
    press_in,
    type_into,
    write_lines,
)
from tests.ui.keyboard import enter, press, write
from ui.places import Place
from ui.wording import word_of

E: Final = SuggestionEvent
TITLE: Final = "关于建立路灯巡查报修机制的建议"
TEXT: Final = "一、情况\n全街道路灯三百盏，坏了四十盏。\n二、分析\n无人巡查。\n三、建议\n请城管局按月巡查报修。"
LEAD, ON_PAPER, BY_PIN = "代表庚", "代表辛", "代表壬"
PIN: Final = "8246"
SEAL: Final = "135790"
LEAD_UNIT, CO_UNIT = "某某城管局", "某某财政局"
FIRST_BODY, SECOND_BODY = "某某街道人大工委", "某某区人大代工委"


# --- drafted, talked over, signed ------------------------------------------------------------------------------------


def draft(person: Person, scan: str) -> dict[str, Any]:
    """Five issues become a draft; it is talked over with the unit, and signed by two: on paper and by PIN."""
    reads_the_day(person)
    person.step("five issues")
    person.go(Place.ISSUES)
    issues = person.page(Place.ISSUES).overview
    person.until(lambda: len(issues.table.rows) >= 5, "five issues")
    person.click_into(issues.view)
    press(Qt.Key.Key_Home, CTRL)
    for _row in range(5):
        press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Down)
    person.until(lambda: len(issues.table.ticked) == 5, "five ticks")
    person.click(_("Draft a suggestion from these"))
    _write(person)
    _talk(person)
    return {"voided": _sign(person, scan), "words": person.words()}


def _write(person: Person) -> None:
    person.step("writing")
    page = person.page(Place.SUGGESTIONS)
    person.until(page.at_desk, "the desk")
    person.click(_("Nothing in it is secret"))
    form = page.desk.form
    type_into(person, form.title, TITLE)
    person.click_into(form.lead.field)
    person.until(lambda: form.lead._register, "the register")
    write(LEAD)
    enter()
    person.until(lambda: form.lead.ids(), "the lead deputy")
    person.click_into(form.text)
    press(Qt.Key.Key_A, CTRL)
    write_lines(TEXT)
    person.until(lambda: not form.text.text().count("\n\n\n"), "the text")
    press(Qt.Key.Key_S, CTRL)
    person.until(lambda: page.desk.saved.stored and not page.desk.dirty(), "the draft saved")


def _talk(person: Person) -> None:
    person.step("consultation")
    desk = person.page(Place.SUGGESTIONS).desk
    before = desk.signing.before
    person.until(before.talk.isVisible, "the offer to write a talk down")
    press_in(person, before, before.talk.text())
    form = desk.signing.panel.talk
    person.until(form.isVisible, "the form of a talk")
    person.click_into(form.unit.editor.field)
    write(LEAD_UNIT)
    person.until(form.unit.editor.new.isVisible, "the offer to enter the unit")
    QTest.mouseClick(form.unit.editor.new, Qt.MouseButton.LeftButton)
    person.until(form.unit.editor.ids, "the unit")
    choose(person, form.way.editor, word_of(TalkWay.FACE_TO_FACE))
    type_into(person, form.account.editor, "经费已列入计划，先修主干道。")
    press(Qt.Key.Key_Return, CTRL)
    person.until(lambda: not desk.signing.panel.is_open(), "the talk written down")


def _sign(person: Person, scan: str) -> list[str]:
    """Both are asked; one signed on paper, the other signs here; a late change voids both, and they sign once more."""
    person.step("co-signing")
    desk = person.page(Place.SUGGESTIONS).desk
    press_in(person, desk.signers, desk.signers.several.text())
    ask: Any = dialog(person, _("Ask several deputies to co-sign"))
    person.until(lambda: ask.list.count() >= 2, "the deputies")
    for name in (ON_PAPER, BY_PIN):
        person.click_into(ask.field)
        press(Qt.Key.Key_A, CTRL)
        write(name)
        person.until(lambda: ask.list.count() == 1, name)
        ask.list.setFocus()
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Space)
        person.until(lambda: ask.list.item(0).checkState() == Qt.CheckState.Checked, f"the tick at {name}")
    press(Qt.Key.Key_Return, CTRL)
    gone(person)
    person.until(lambda: len(desk.saved.signers) == 2, "both asked")
    sign_on_paper(person, scan)
    sign_by_pin(person)
    person.step("a late change")
    person.click_into(desk.form.text)
    press(Qt.Key.Key_End, CTRL)
    write("每季公布一次。")
    press(Qt.Key.Key_S, CTRL)
    person.until(lambda: not desk.dirty() and len(desk.signers.voids()) == 2, "both signatures voided")
    voided = [desk.signers.voided.text()]
    press_in(person, desk.signers, desk.signers.again.text())
    person.until(lambda: not desk.signers.voids(), "both asked again")
    sign_on_paper(person, scan)
    sign_by_pin(person)
    return voided


def _answering(person: Person, name: str) -> Any:
    desk = person.page(Place.SUGGESTIONS).desk
    press_in(person, desk.signers, f"{_('Answer …')} {name}")
    made: Any = dialog(person, name)
    person.until(lambda: made.text.text(), "the text to be read")
    return made


def _signed(person: Person, name: str) -> None:
    desk = person.page(Place.SUGGESTIONS).desk
    names = desk.form.lead.names()

    def done() -> bool:
        return any(names.get(each.deputy) == name and each.state == "signed" for each in desk.saved.signers)

    gone(person)
    person.until(done, f"the signature of {name}")


def sign_on_paper(person: Person, scan: str) -> None:
    """What somebody signed on paper is photographed and written down."""
    made = _answering(person, ON_PAPER)
    choose(person, made.way.editor, word_of(SigningWay.PAPER))
    answer_files(scan)
    press_in(person, made, made.choose.text())
    person.until(lambda: made.chosen.isVisible(), "the photograph")
    press(Qt.Key.Key_Return, CTRL)
    _signed(person, ON_PAPER)


def sign_by_pin(person: Person) -> None:
    """Somebody reads the text here and types their own PIN: a wrong one first."""
    made = _answering(person, BY_PIN)
    type_into(person, made.pin.editor, "0000")
    enter()
    person.until(lambda: made.pin.problem.text() and made.save.isEnabled(), "that the PIN is wrong")
    type_into(person, made.pin.editor, PIN)
    enter()
    _signed(person, BY_PIN)


# --- printed, scanned, submitted ----------------------------------------------------------------------------------------


def print_forms(person: Person, form: str, page: str) -> dict[str, Any]:
    """The official form and the invitations to sign are printed, here into files."""
    opened(person, TITLE)
    _print(person, PaperName.SUGGESTION, form)
    _print(person, PaperName.COSIGNING_CALL, page)
    return {}


def _print(person: Person, name: PaperName, path: str) -> None:
    person.step(f"printing {name.value}")
    answer_files(path)
    press(Qt.Key.Key_P, CTRL)
    papers: Any = dialog(person, _("Print"))
    person.until(papers.papers[name].isEnabled, "the papers")
    press_in(person, papers, papers.papers[name].text())
    paper: Any = dialog(person, name.label)
    press_in(person, paper, _("Save as PDF …"))
    person.until(lambda: path in paper.feedback.words, "the paper written")
    paper.reject()
    gone(person)


def match_and_submit(person: Person, form: str, page: str) -> dict[str, Any]:
    """Signed paper comes back as pictures: an invitation by its code, the official form, which has none, by hand."""
    shown = opened(person, TITLE)
    person.step("signed forms")
    answer_files(form, page)
    press_in(person, shown.overview, shown.overview.forms.text())
    forms: Any = dialog(person, _("Signed forms"))
    press_in(person, forms, _("Choose pictures …"))
    person.until(lambda: len(forms.table.rows) == 2, "the pictures")
    by_code = [[each.title for each in row.targets] for row in forms.table.rows]
    person.until(lambda: not forms.current().targets, "the form without a code")
    type_into(person, forms.picker.field, TITLE)
    enter()
    person.until(lambda: all(row.targets for row in forms.table.rows), "the record chosen by hand")
    press_in(person, forms, forms.attach_button.text())
    gone(person)
    person.click_into(shown.overview.view)
    enter()
    person.until(shown.at_desk, "the desk")
    return {"by_code": by_code, "files": _submit(person, shown)}


def _submit(person: Person, page: Any) -> list[str]:
    person.step("submission")
    person.until(lambda: page.desk.files.files, "the signed form beside the text")
    person.click(_("Submit"))
    person.click(_("Submit the suggestion"))
    person.until(page.desk.frozen, "the frozen text")
    return [each.name for each in page.desk.files.files]


# --- after submission ---------------------------------------------------------------------------------------------------


def taking(person: Person, deed: Deed, fill: Callable[[Any], None] = lambda _form: None) -> None:
    """Take one step beside the list: its button or the line of its menu, what it asks, and the button that saves it."""
    person.step(str(deed))
    steps = person.page(Place.SUGGESTIONS).overview.detail.handling.steps
    person.until(lambda: deed in steps.deeds and not steps.form_open() and steps._row.isEnabled(), f"the step {deed}")
    made = steps.deeds[deed]
    if isinstance(made, QAction):
        menu = made.associatedObjects()[0]
        opener = next(each for each in steps.findChildren(QPushButton) if each.menu() is menu)
        person.until(opener.isVisible, opener.text())
        made.trigger()
    else:
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    person.until(steps.form_open, f"the form of {deed}")
    fill(steps.form)
    QTest.mouseClick(steps.form.save, Qt.MouseButton.LeftButton)
    person.until(lambda: not steps.form_open(), f"{deed} saved")


def words(person: Person, text: str, **fields: str) -> Callable[[Any], None]:
    """Type the words of a step, and what else it asks for."""

    def fill(form: Any) -> None:
        for name, value in fields.items():
            editor = form.editors[name].widget
            if isinstance(editor, QComboBox):
                choose(person, editor, value)
            elif isinstance(editor, (QLineEdit, QTextEdit)):
                type_into(person, editor, value)
            else:
                raise AssertionError(f"{name}: {editor}")
        if text:
            type_into(person, form.words.editor, text)

    return fill


def returned_once(person: Person, scan: str) -> dict[str, Any]:
    """The first review sends it back with a remark in the text; it is written anew, signed anew, handed in again."""
    page = opened(person, TITLE)
    told = "请写明在哪几条街"
    taking(person, E.RETURN, words(person, "请写明盏数和地点", review_body=FIRST_BODY, remarks=f"全街道路灯三百盏｜{told}"))
    shown = page.overview.detail.about
    person.until(lambda: word_of(SuggestionState.RETURNED) in shown.text(), "returned")
    person.step("writing anew")
    person.click_into(page.overview.view)
    enter()
    person.until(page.at_desk, "the desk")
    person.sees(told)
    person.click(_("Write at it again"))
    desk = page.desk
    person.until(lambda: not desk.frozen(), "the open text")
    person.click_into(desk.form.text)
    press(Qt.Key.Key_End, CTRL)
    write("坏灯都在东街和西街。")
    press(Qt.Key.Key_S, CTRL)
    person.until(lambda: not desk.dirty() and len(desk.signers.voids()) == 2, "both signatures voided")
    press_in(person, desk.signers, desk.signers.again.text())
    person.until(lambda: not desk.signers.voids(), "both asked again")
    sign_on_paper(person, scan)
    sign_by_pin(person)
    _submit(person, page)
    return {}


def handled(person: Person) -> dict[str, Any]:
    """Reviewed twice, taken up, assigned to two units, answered B."""
    page = opened(person, TITLE)
    taking(person, E.FIRST_REVIEW, words(person, "", review_body=FIRST_BODY))
    taking(person, E.SECOND_REVIEW, words(person, "", review_body=SECOND_BODY))
    taking(person, E.ACCEPT, words(person, "", case_number="第12号"))
    taking(person, E.ASSIGN, lambda form: _assign(person, form))
    shown = page.overview.detail
    person.until(lambda: any(LEAD_UNIT in each.text() for each in shown.handling.deadlines.findChildren(QLabel)), "the deadline")
    taking(person, E.SIGN_FOR, words(person, "", slip=LEAD_UNIT))
    taking(person, Note.CO_OPINION, words(person, "经费可以安排"))
    taking(person, E.REPLY, words(person, "列入明年计划", scheme=word_of(ReplyScheme.HUNAN_3), reply_class="B"))
    person.until(lambda: word_of(SuggestionState.REPLIED) in shown.about.text(), "replied")
    return {}


def _assign(person: Person, form: Any) -> None:
    shares = form.shares.editor
    _unit(person, shares.rows[0], LEAD_UNIT)
    QTest.mouseClick(shares.more, Qt.MouseButton.LeftButton)
    _unit(person, shares.rows[1], CO_UNIT)


def _unit(person: Person, row: Any, name: str) -> None:
    person.click_into(row.unit.field)
    write(name)
    enter()
    person.until(lambda: row.unit.id() or row.unit.new.isVisible(), f"the unit {name}")
    if not row.unit.id():  # nobody has met it yet
        QTest.mouseClick(row.unit.new, Qt.MouseButton.LeftButton)
    person.until(row.unit.id, f"the unit {name}")


def dissatisfied(person: Person) -> dict[str, Any]:
    """The deputy evaluates unseen: dissatisfied needs words and the co-signers; then the unit must handle it again."""
    page = opened(person, TITLE)
    person.step("evaluation")
    detail = page.overview.detail
    press_in(person, detail.evaluation, _("Let the deputy evaluate"))
    _evaluate(person, Satisfaction.DISSATISFIED, "今年就该修。")
    steps = detail.handling.steps
    person.until(lambda: steps._card.suggestion.state == SuggestionState.EVALUATED, "evaluated")
    taking(person, E.REHANDLE, words(person, "代表不满意，重新办理"))
    return {"words": person.words()}


def _evaluate(person: Person, result: Satisfaction, opinion: str) -> None:
    made: Any = dialog(person, _("The deputy evaluates the reply"))
    person.until(made.seal_button.isEnabled, "the reply")
    QTest.mouseClick(made.attitude.editor.buttons[Satisfaction.SATISFIED], Qt.MouseButton.LeftButton)
    QTest.mouseClick(made.outcome.editor.buttons[result], Qt.MouseButton.LeftButton)
    made.heard.editor.setFocus()
    press(Qt.Key.Key_Space)
    type_into(person, made.pin.editor, SEAL)
    if made.again.isVisible():
        type_into(person, made.again.editor, SEAL)
    if result is Satisfaction.DISSATISFIED:
        press(Qt.Key.Key_Return, CTRL)
        person.until(lambda: made.opinion.problem.text(), "that words are needed")
        type_into(person, made.opinion.editor, opinion)
    press(Qt.Key.Key_Return, CTRL)
    gone(person)


def second_round(person: Person) -> dict[str, Any]:
    """Answered A in a round of its own, evaluated, closed; both replies stand."""
    page = opened(person, TITLE)
    detail = page.overview.detail
    taking(person, E.REPLY, words(person, "四十盏全部修好", reply_class="A"))
    person.step("evaluation of the second round")
    press_in(person, detail.evaluation, _("Let the deputy evaluate"))
    _evaluate(person, Satisfaction.SATISFIED, "")
    steps = detail.handling.steps
    person.until(lambda: steps._card.suggestion.state == SuggestionState.EVALUATED, "evaluated")
    taking(person, E.CLOSE)
    person.until(lambda: word_of(SuggestionState.CLOSED) in detail.about.text(), "closed")
    return {"words": person.words()}


# --- what was planned in an earlier year ------------------------------------------------------------------------------


def kept_promise(person: Person, title: str) -> dict[str, Any]:
    """A reply of an earlier year planned it: put under watch beside its suggestion, struck off in the ledger as done."""
    page = opened(person, title)
    person.step("under watch")
    card = page.overview.detail.tracked
    person.until(card.isVisible, "the card of what is promised")
    press_in(person, card, _("Track what this reply promises"))
    made: Any = dialog(person, _("Track what this reply promises"))
    type_into(person, made.promise.editor, "两年内修好")
    press(Qt.Key.Key_Return, CTRL)
    gone(person)
    person.step("struck off")
    person.click(_("Planned and promised"))
    tracking = page.tracking
    person.until(lambda: len(tracking.table.rows) == 1, "the promise in the ledger")
    person.until(lambda: tracking.item.deeds, "what can become of it")
    turn = next(each for each in tracking.item.deeds if each.value == "resolved")
    QTest.mouseClick(tracking.item.deeds[turn], Qt.MouseButton.LeftButton)
    form = tracking.item.form
    person.until(form.isVisible, "the form")
    type_into(person, form.reason.editor, "完工")
    type_into(person, form.evidence.editor, "验收单")
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)
    person.until(lambda: not tracking.item.form_open(), "struck off")
    return {"words": person.words()}


_MINE = (draft, print_forms, match_and_submit, returned_once, handled, dissatisfied, second_round, kept_promise)
DAYS: Final = {**PARTS, **{each.__name__: each for each in _MINE}}


if __name__ == "__main__":
    at = sys.argv.index("--")
    sys.exit(main(sys.argv[1], sys.argv[2:at], sys.argv[at + 1 :], DAYS))
