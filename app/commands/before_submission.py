"""The commands of `liaison` for what comes before submission: talks, co-signing here and by file, pre-review; and withdrawal."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.commands.arguments import FLAG
from app.commands.way_in import reading, writing
from app.domain.cosignature import CosignatureState, SigningWay
from app.domain.cosigning import ANSWERS, Answer, Invitation, Withdrawal
from app.domain.problems import Problem
from app.domain.review import Review, ReviewOutcome, ReviewStage, TalkWay
from app.domain.review_remarks import Remark, Remarks, merged, remark_on, written
from app.domain.values import CodeSet, Id
from app.errors import Refused
from app.i18n import N_, _
from app.keys.passphrase import read_passphrase_file
from app.messages import code_told, problem_told
from app.packages.cosign_file import Said, Way
from app.queries.suggestion_signing import Preparation, SignerRow, invitable, preparation
from app.queries.units import units
from app.terminal import AddCommand, day_given
from app.terminal import Answer as Told
from app.use_cases import cosign_files
from app.use_cases.attachment_desk import Offered
from app.use_cases.consultations import new_talk, record_talk
from app.use_cases.cosign_files import Asked, FileReply, FileWritten
from app.use_cases.cosigning import ask_again, digest_now, invite, record_answer, sign_in_person, strike_ended, tell_lead
from app.use_cases.issues import name_unit
from app.use_cases.people import deputy_named
from app.use_cases.reviews import OUTCOMES, Sent, record_review, send_to_pre_review
from app.use_cases.withdrawal import agree_to_withdrawal, withdraw
from app.workspace import Workspace

FILE_DEEDS: Final = ("write", "show", "answer", "take")
"""What `cosign-file` may be asked for."""

STANDS: Final[Mapping[str, str]] = {
    "asked": N_("asked"),
    "signed": N_("signed"),
    "other_words": N_("signed other words"),
    "ended": N_("a deputy no more"),
    "declined": N_("does not sign"),
    "withdrawn": N_("left"),
    "struck": N_("struck"),
}


# --- talks and pre-review -------------------------------------------------------------------------------------------------


def consult(options: Namespace) -> Told:
    """`consult ID --unit U --account TEXT [--conclusion TEXT] [--on D] [--way W] [--place P] [--people P]`."""
    with writing(options) as workspace:
        sheet = new_talk(workspace, preparation(workspace, options.id).suggestion)
        talk = replace(
            sheet.talk,
            unit=_unit(workspace, options.unit) or sheet.talk.unit,
            on=day_given(options.on) or sheet.talk.on,
            way=TalkWay(options.way) if options.way else "",
            place=options.place,
            unit_people=options.people,
            account=options.account,
            conclusion=options.conclusion,
        )
        record_talk(workspace, replace(sheet, talk=talk))
        return _stands(workspace, options.id)


def pre_review(options: Namespace) -> Told:
    """`pre-review ID [--to BODY] [--outcome passed|returned --reviewer NAME --words TEXT --remark N TEXT …] [--on D]`."""
    with writing(options) as workspace:
        on = day_given(options.on) or workspace.clock.today().date()
        if not options.outcome:
            send_to_pre_review(workspace, options.id, Sent(on=on, to=options.to))
            return _stands(workspace, options.id)
        text = preparation(workspace, options.id).suggestion.text
        review = Review(
            id=workspace.clock.new_id(),
            suggestion=options.id,
            stage=ReviewStage.PRE_REVIEW,
            body=options.to,
            reviewer=options.reviewer,
            outcome=ReviewOutcome(options.outcome),
            help_given=written(Remarks(single=_remarks(text, options.remark), whole=options.words)),
            decided_on=on,
        )
        record_review(workspace, review)
        return _stands(workspace, options.id)


def _remarks(text: str, given: list[list[str]]) -> tuple[Remark, ...]:
    remarks: tuple[Remark, ...] = ()
    for number, words in given:
        if not (number.isascii() and number.isdigit() and 0 < int(number) < 100_000):
            raise Refused("paragraph_malformed", text=number)
        remarks = merged(remarks, remark_on(text, int(number), words))
    return remarks


# --- co-signing here ------------------------------------------------------------------------------------------------------


def cosign(options: Namespace) -> Told:
    """`cosign ID [--invite DEPUTY … | --delegation D | --group G | --answer DEPUTY --as STATE --by WAY | --again | --strike]`."""
    with writing(options) as workspace:
        on = day_given(options.on)
        asked = _wanted(workspace, options)
        invitation = Invitation(on=on, way=TalkWay(options.way) if options.way else "", told=options.told)
        if asked:
            invite(workspace, options.id, asked, invitation)
        if options.again:
            ask_again(workspace, options.id, invitation)
        if options.strike:
            strike_ended(workspace, options.id)
        if options.lead_told:
            tell_lead(workspace, _signer(workspace, options.id, options.lead_told).signature.id)
        hints = _answer(workspace, options, on) if options.answer else ()
        told = _stands(workspace, options.id)
        return replace(told, remarks=tuple(problem_told(each) for each in hints))


def _wanted(workspace: Workspace, options: Namespace) -> list[Id]:
    named = [deputy_named(workspace, each).id for each in options.invite]
    rows = invitable(workspace, options.id) if options.delegation or options.group else ()
    fitting = [
        each.id
        for each in rows
        if not each.other
        and (not options.delegation or each.delegation == options.delegation)
        and (not options.group or each.group == options.group)
    ]
    return [*named, *fitting]


def _answer(workspace: Workspace, options: Namespace, on: date | None) -> tuple[Problem, ...]:
    signer = _signer(workspace, options.id, options.answer)
    state, way = CosignatureState(options.said), SigningWay(options.by) if options.by else ""
    if state is CosignatureState.SIGNED and way is SigningWay.IN_PERSON and options.deputy_pin_file:
        read = options.read or digest_now(workspace, options.id)
        pin = read_passphrase_file(options.deputy_pin_file).text
        return sign_in_person(workspace, signer.signature.id, pin, read=read, words=options.words).done.hints
    today = workspace.clock.today().date()
    answer = Answer(state=state, on=on or today, way=way, words=options.words, read=options.read)
    files = [Offered.at(each) for each in options.file]
    return record_answer(workspace, signer.signature.id, answer, files=files).done.hints


def _signer(workspace: Workspace, suggestion: Id, told: str) -> SignerRow:
    deputy = deputy_named(workspace, told)
    rows = preparation(workspace, suggestion).signers
    found = next((each for each in rows if each.signature.deputy == deputy.id), None)
    if found is None:
        raise Refused("signer_not_asked", name=deputy.name)
    return found


# --- withdrawal -------------------------------------------------------------------------------------------------------------


def withdraw_suggestion(options: Namespace) -> Told:
    """`withdraw ID [--words TEXT] [--agreed DEPUTY …] [--by WAY] [--file F …] [--on D]`: without words agreements alone."""
    with writing(options) as workspace:
        on = day_given(options.on) or workspace.clock.today().date()
        way = SigningWay(options.by) if options.by else SigningWay.PAPER
        agreed = {deputy_named(workspace, each).id: way for each in options.agreed}
        if options.words:
            files = [Offered.at(each) for each in options.file]
            withdraw(workspace, options.id, Withdrawal(on=on, words=options.words, agreed=agreed), files=files)
        else:
            agree_to_withdrawal(workspace, options.id, agreed, on)
        return _stands(workspace, options.id)


# --- by file ----------------------------------------------------------------------------------------------------------------


def cosign_file(options: Namespace) -> Told:
    """`cosign-file write ID --for DEPUTY --output F`, `show F`, `answer F --as SAID --by WAY --output F`, `take F`."""
    match options.deed:
        case "write":
            return _write_file(options)
        case "answer":
            return _answer_file(options)
        case "take":
            return _take_file(options)
        case _show:
            with reading(options) as workspace:
                return _shown(cosign_files.read_cosign_file(workspace, Path(options.what)))


def _write_file(options: Namespace) -> Told:
    with writing(options) as workspace:
        deputy = deputy_named(workspace, _given(options, "to", "--for"))
        output = _given(options, "output", "--output")
        made = cosign_files.write_request(workspace, options.what, deputy.id, output)
    return _written(made, _("Written for {name}: {path}"))


def _answer_file(options: Namespace) -> Told:
    with writing(options) as workspace:
        asked = cosign_files.read_cosign_file(workspace, Path(options.what))
        if not isinstance(asked, Asked):
            raise Refused("cosign_no_request")
        way = Way(options.by or Way.PAPER)
        on = day_given(options.on) or workspace.clock.today().date()
        operator = next((each.operator for each in asked.here), "") if way is Way.IN_PERSON else ""
        pin = read_passphrase_file(options.deputy_pin_file).text if options.deputy_pin_file else ""
        reply = FileReply(said=Said(options.said), way=way, on=on, operator=operator, words=options.words)
        made = cosign_files.answer_request(workspace, asked, reply, pin, _given(options, "output", "--output"))
    return _written(made, _("The answer of {name} is written: {path}"))


def _take_file(options: Namespace) -> Told:
    with writing(options) as workspace:
        came = cosign_files.read_cosign_file(workspace, Path(options.what))
        if isinstance(came, Asked):
            raise Refused("cosign_no_answer")
        taken = cosign_files.take_answer(workspace, came.content)
        told = _stands(workspace, came.suggestion)
    known = taken.done is None
    words = _("This answer was taken in before; nothing changes.") if known else _("Taken in: the answer of {name}.")
    document = {**told.document, "verdict": "duplicate" if known else "accepted"}
    return Told(document=document, words="\n".join([words.format(name=came.deputy), told.words]))


def _shown(read: "Asked | cosign_files.Came") -> Told:
    if isinstance(read, Asked):
        lines = [
            _("{station} asks {name} to co-sign a suggestion of {lead}.").format(
                station=read.station, name=read.deputy, lead=read.lead
            ),
            *([read.told] if read.told else []),
            *([problem_told(read.ended)] if read.ended else []),
            _("Digits to compare: {digits}").format(digits=read.digits),
            "",
            read.subject,
            "",
            read.text,
        ]
        document: dict[str, Any] = {"what": "request", "station": read.station, "deputy": read.deputy, "lead": read.lead}
        document |= {"subject": read.subject, "text": read.text, "digits": read.digits}
        document["answered_on"] = read.answered_on.isoformat() if read.answered_on else None
        return Told(document=document, words="\n".join(lines))
    lines = [
        _("{name} answered at {station}: {said}").format(name=read.deputy, station=read.station, said=_(STANDS[read.said])),
        read.title,
        _("Digits to compare: {digits}").format(digits=read.digits),
    ]
    lines += [_("This answer was taken in before; nothing changes.")] if read.duplicate else []
    document = {"what": "answer", "station": read.station, "deputy": read.deputy, "said": str(read.said), "way": str(read.way)}
    document |= {"suggestion": read.suggestion, "on": read.on.isoformat(), "digits": read.digits, "duplicate": read.duplicate}
    return Told(document=document, words="\n".join(each for each in lines if each))


def _written(made: FileWritten, words: str) -> Told:
    told = words.format(name=made.name, path=made.path)
    digits = _("Digits to compare: {digits}").format(digits=made.digits)
    return Told(document={"file": str(made.path), "digits": made.digits}, words=f"{told}\n{digits}")


def _given(options: Namespace, name: str, option: str) -> Any:
    value = getattr(options, name)
    if not value:
        raise Refused("option_missing", option=option)
    return value


# --- where it stands ------------------------------------------------------------------------------------------------------


def _stands(workspace: Workspace, id: Id) -> Told:
    """Where the suggestion stands after a deed: its state, and everybody who was asked."""
    prepared = preparation(workspace, id)
    suggestion = prepared.suggestion
    words = _("{title} is now: {state}").format(title=suggestion.title(), state=_word(suggestion.state))
    lines = [_signer_told(each) for each in prepared.signers]
    again = prepared.to_ask_again
    if again:
        names = "、".join(each.name for each in again)
        lines.append(_("Signed other words, to be asked again ({count}): {names}").format(count=len(again), names=names))
    return Told(document=_document(prepared), words="\n".join([words, *lines]))


def _document(prepared: Preparation) -> dict[str, Any]:
    suggestion = prepared.suggestion
    return {
        "id": suggestion.id,
        "state": suggestion.state,
        "digest": prepared.digest,
        "signers": [
            {
                "id": each.signature.id,
                "deputy": each.signature.deputy,
                "name": each.name,
                "stand": each.stand.value,
                "way": each.signature.way,
                "withdrawal_on": each.signature.withdrawal_on,
            }
            for each in prepared.signers
        ],
        "ask_again": [each.signature.deputy for each in prepared.to_ask_again],
        "talks": [each.consultation.id for each in prepared.talks],
        "pre_reviews": [{"round": each.round, "outcome": each.outcome} for each in prepared.pre_reviews],
    }


def _signer_told(row: SignerRow) -> str:
    told_on = row.signature.lead_told_on
    lead = _("The lead deputy was told on {day}").format(day=told_on.isoformat()) if told_on else ""
    ended = problem_told(row.ended) if row.ended else ""
    parts = (row.name, _(STANDS[row.stand.value]), ended, row.signature.struck_reason, lead)
    return "  ".join(each for each in parts if each)


def _word(code: str) -> str:
    return code_told(code) if isinstance(code, CodeSet) else code


def _unit(workspace: Workspace, told: str) -> Id:
    """A unit by its identifier or its name; one that nobody knows yet is entered."""
    if not told or any(each.id == told for each in units(workspace)):
        return told
    return name_unit(workspace, told).id


# --- the arguments ----------------------------------------------------------------------------------------------------------

_TEXT: Final[Mapping[str, Any]] = {"default": "", "metavar": "TEXT"}
_DAY: Final[Mapping[str, Any]] = {"default": "", "metavar": "DATE"}
_FILES: Final[Mapping[str, Any]] = {"type": Path, "nargs": "+", "default": [], "metavar": "FILE"}
_DEPUTIES: Final[Mapping[str, Any]] = {"nargs": "+", "default": [], "metavar": "DEPUTY"}


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    _add_reviews(command)
    _add_cosign(command)
    _add_withdraw(command)
    _add_file(command)


def _add_reviews(command: AddCommand) -> None:
    command(
        "consult",
        consult,
        _("write down a talk with the unit before submission"),
        ("id", {}),
        ("--unit", {"default": "", "help": _("identifier or name; without it the unit proposed to handle it")}),
        ("--account", {**_TEXT, "help": _("what was said")}),
        ("--conclusion", {**_TEXT, "help": _("what came of it")}),
        ("--on", _DAY),
        ("--way", {"choices": [str(each) for each in TalkWay], "default": ""}),
        ("--place", {"default": ""}),
        ("--people", {"default": "", "help": _("who of the unit was there")}),
    )
    command(
        "pre-review",
        pre_review,
        _("send a draft for a look before submission, or write down its outcome"),
        ("id", {}),
        ("--to", {"default": "", "metavar": "BODY"}),
        ("--outcome", {"choices": [str(each) for each in OUTCOMES], "default": ""}),
        ("--reviewer", {"default": ""}),
        ("--words", {**_TEXT, "help": _("help in wording")}),
        ("--remark", {"nargs": 2, "action": "append", "default": [], "metavar": ("PARAGRAPH", "TEXT")}),
        ("--on", _DAY),
    )


def _add_cosign(command: AddCommand) -> None:
    command(
        "cosign",
        cosign,
        _("ask deputies to co-sign, write down what they said; without more, who stands where"),
        ("id", {}),
        ("--invite", _DEPUTIES),
        ("--delegation", {"default": "", "help": _("ask every deputy of this delegation")}),
        ("--group", {"default": "", "help": _("ask every deputy of this group")}),
        ("--told", {**_TEXT, "help": _("what they were told")}),
        ("--way", {"choices": [str(each) for each in TalkWay], "default": "", "help": _("how they were told")}),
        ("--answer", {"default": "", "metavar": "DEPUTY", "help": _("who answered")}),
        ("--as", {"dest": "said", "choices": [str(each) for each in ANSWERS], "default": str(ANSWERS[0])}),
        ("--by", {"choices": [str(each) for each in SigningWay], "default": "", "help": _("how they signed")}),
        ("--words", _TEXT),
        ("--read", {"default": "", "metavar": "DIGEST", "help": _("the digest of the text they read")}),
        ("--file", {**_FILES, "help": _("photographs or scans of the signed page")}),
        ("--deputy-pin-file", _pin()),
        ("--again", {**FLAG, "help": _("ask everybody again who signed other words")}),
        ("--strike", {**FLAG, "help": _("strike who is a deputy no more")}),
        ("--lead-told", {"default": "", "metavar": "DEPUTY", "help": _("the lead deputy was told that this one was struck")}),
        ("--on", _DAY),
    )


def _add_withdraw(command: AddCommand) -> None:
    command(
        "withdraw",
        withdraw_suggestion,
        _("withdraw a suggestion: everybody who signed agrees; without a reason only agreements are written down"),
        ("id", {}),
        ("--words", {**_TEXT, "help": _("why")}),
        ("--agreed", _DEPUTIES),
        ("--by", {"choices": [str(each) for each in SigningWay], "default": "", "help": _("how they agreed")}),
        ("--file", {**_FILES, "help": _("the written request")}),
        ("--on", _DAY),
    )


def _add_file(command: AddCommand) -> None:
    command(
        "cosign-file",
        cosign_file,
        _("co-sign at another station by a file: write it, show it, answer it there, take the answer in"),
        ("deed", {"choices": FILE_DEEDS}),
        ("what", {"metavar": "ID|FILE"}),
        ("--for", {"dest": "to", "default": "", "metavar": "DEPUTY"}),
        ("--output", {"type": Path, "metavar": "FILE"}),
        ("--as", {"dest": "said", "choices": [str(each) for each in Said], "default": str(Said.SIGNED)}),
        ("--by", {"choices": [str(each) for each in Way], "default": ""}),
        ("--words", _TEXT),
        ("--deputy-pin-file", _pin()),
        ("--on", _DAY),
    )


def _pin() -> Mapping[str, Any]:
    return {"type": Path, "metavar": "F", "help": _("the deputy's own PIN, who has read the text")}
