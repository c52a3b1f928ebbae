"""The commands of `liaison` that keep the station from being lost: backups, bringing one back, the ways to the key."""

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from app.clock import Clock
from app.commands.arguments import PATH
from app.commands.told import local_told
from app.commands.trash import restore as bring_back
from app.commands.way_in import home_of, reading, writing
from app.errors import Refused
from app.i18n import _
from app.keys.passphrase import read_passphrase_file
from app.keys.ways import RecoveryWay, Way
from app.messages import explain, said
from app.messages.blanks import size
from app.terminal import REFUSED, UNAVAILABLE, AddCommand, Answer, passphrase_of, way_of
from app.use_cases import backups, escrow, key_rotation, key_ways, restoring, upkeep
from app.use_cases.backups import BackedUp, BackupReason


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line; `restore` brings back a removed record, or a whole station."""
    command(
        "backup",
        back_up,
        _("back everything up, encrypted and read back, to a folder or a stick; without DIR to where the station always does"),
        ("folder", {**PATH, "nargs": "?", "metavar": "DIR"}),
        ("--always", {"default": "", "metavar": "DIR", "help": _("from now on back up to DIR too; -: no more")}),
    )
    command(
        "restore",
        restore,
        _("bring a removed record back by its ID; or a whole station from the folder of a BACKUP to a new --home"),
        ("what", {"metavar": "ID|BACKUP"}),
        ("--recovery-file", {**PATH, "metavar": "F", "help": _("the recovery code, which opens the backup on any computer")}),
    )
    told = _("lay the newest backup in DIR out aside as well, and compare it")
    command(
        "check",
        check,
        _("check that everything is as it was left"),
        ("--read-data", {"action": "store_true"}),
        ("--backup", {**PATH, "metavar": "DIR", "help": told}),
    )
    command(
        "keys",
        keys,
        _("show the ways that open the data; prove, renew or change one; give the data another key"),
        ("deed", {"nargs": "?", "default": "show", "choices": tuple(_DEEDS)}),
        ("--recovery-file", {**PATH, "metavar": "F", "help": _("the recovery code of the sheet")}),
        ("--new-passphrase-file", {**PATH, "metavar": "F", "help": _("the new passphrase")}),
        ("--output", {**PATH, "metavar": "FILE", "help": _("of ask-congress: the file to carry there")}),
        ("--backup", {**PATH, "metavar": "DIR", "help": _("of ask-congress: take it from the newest backup in DIR")}),
    )


# --- backups -------------------------------------------------------------------------------------------------------


def back_up(options: Namespace) -> Answer:
    """`backup DIR`, beside an open window as well; `backup` where the station always does; `backup --always DIR|-`."""
    if options.always:
        return _choose(options, None if options.always == "-" else Path(options.always).absolute())
    if options.folder is None:
        return _to_usual_places(options)
    with reading(options) as workspace:
        made = backups.back_up(workspace, options.folder)
    return Answer(document=_described(made), words=_told(made))


def _choose(options: Namespace, folder: Path | None) -> Answer:
    with writing(options) as workspace:
        chosen = backups.choose_place(workspace, folder).folder
    words = _("Backups go to {folder} too from now on.").format(folder=chosen) if chosen else _("Backups go to no second place.")
    return Answer(document={"folder": chosen}, words=words)


def _to_usual_places(options: Namespace) -> Answer:
    with writing(options) as workspace:
        turn = backups.back_up_all(workspace, reason=BackupReason.ASKED)
    problems = [{"code": each.code, "message": explain(each)} for each in turn.problems]
    words = "\n".join([*(_told(each) for each in turn.made), *(each["message"] for each in problems)])
    document = {"backups": [_described(each) for each in turn.made], "problems": problems}
    return Answer(document=document, words=words, exit=UNAVAILABLE if problems else 0)


def _described(made: BackedUp) -> dict[str, Any]:
    return {
        "backup": str(made.folder),
        "made": made.made.isoformat(),
        "records": made.contents.records,
        "lines": made.contents.lines,
        "files": made.files,
        "copied": made.copied,
        "missing": list(made.missing),
        "removed": list(made.removed),
    }


def _told(made: BackedUp) -> str:
    told = _("Backed up and read back: {folder}; {records} records, {files} files, {copied} copied.")
    words = told.format(folder=made.folder, records=made.contents.records, files=made.files, copied=size(made.copied, {}))
    if made.missing:
        words += "\n" + _("{count} files are missing here and could not be backed up; see `liaison check`.").format(
            count=len(made.missing)
        )
    return words


def restore(options: Namespace) -> Answer:
    """`restore ID`, or `restore BACKUP --home NEW [--recovery-file F]`."""
    source = Path(options.what)
    if options.recovery_file is None and not source.exists() and source.name == options.what:
        options.id = options.what
        return bring_back(options)
    by: Way = RecoveryWay.from_file(options.recovery_file) if options.recovery_file else way_of(options)
    restored = restoring.restore(source, home_of(options), by, way_of(options), clock=Clock())
    document = {
        "station": restored.station,
        "made": restored.made.isoformat(),
        "records": restored.records,
        "lines": restored.lines,
        "files": restored.files,
        "slots": list(restored.slots),
    }
    words = _("{station} is back as it stood on {made}: {records} records. What was entered since is to be entered again.")
    return Answer(
        document=document,
        words=words.format(station=restored.station, made=local_told(restored.made), records=restored.records),
    )


def check(options: Namespace) -> Answer:
    """`check [--read-data] [--backup DIR]`: exit code 1 where anything was found."""
    with reading(options) as workspace:
        checked = upkeep.check(workspace, read_data=options.read_data)
        proven = restoring.prove_backup(workspace, options.backup) if options.backup else None
    findings = [
        {"code": each.code, "where": each.where, "message": said(each.code, {"where": each.where})} for each in checked.findings
    ]
    words = _("{lines} journal lines and {records} records checked.").format(lines=checked.lines, records=checked.records)
    told = dict.fromkeys(str(each["message"]) for each in findings) or [_("Everything is as it was left.")]
    words = "\n".join([words, *told])
    if proven:
        words += "\n" + _("The backup of {made} was laid out and is whole: {records} records, {files} files.").format(
            made=local_told(proven.made), records=proven.records, files=proven.files
        )
    document = {
        "sound": not findings,
        "backup": str(proven.folder) if proven else None,
        "lines": checked.lines,
        "records": checked.records,
        "findings": findings,
    }
    return Answer(document=document, words=words, exit=REFUSED if findings else 0)


# --- keys ----------------------------------------------------------------------------------------------------------


def keys(options: Namespace) -> Answer:
    """`keys [show|prove|new-code|passphrase|no-passphrase|keyring|rotate|deposit|withdraw|ask-congress]`."""
    return _DEEDS[options.deed](options)


def _show(options: Namespace) -> Answer:
    with reading(options) as workspace:
        ways = key_ways.key_ways(workspace)
        escrow_state = escrow.escrow_state(workspace)
    lines = [
        _("Keyring of this computer") + ": " + (_("opens these data") if ways.keyring else _("not used")),
        _("Passphrase") + ": " + (_("opens these data") if ways.passphrase else _("not set")),
        _("Recovery code") + ": " + (ways.recovery_label if ways.recovery else _("none")),
        _("Deposited with the congress") + ": " + (escrow_state.deposited or _("no")),
    ]
    if escrow_state.offered and not escrow_state.current:
        told = _("{body} offers to keep a way in against the loss of your keys: {command}")
        lines.append(told.format(body=escrow_state.body, command="liaison keys deposit"))
    document = {
        "keyring": ways.keyring,
        "passphrase": ways.passphrase,
        "recovery": ways.recovery_label,
        "confirmed": ways.confirmed,
        "escrow": {"offered": escrow_state.offered, "deposited": escrow_state.deposited, "current": escrow_state.current},
    }
    return Answer(document=document, words="\n".join(lines))


def _prove(options: Namespace) -> Answer:
    sheet = _sheet(options)
    with writing(options) as workspace:
        key_ways.prove_recovery(workspace, sheet.code)
    return Answer(document={"proven": True}, words=_("The sheet is the valid one. Lock it away again."))


def _new_code(options: Namespace) -> Answer:
    with writing(options) as workspace:
        made = key_ways.renew_recovery(workspace, passphrase=_passphrase(options))
    return Answer(document={"recovery_code": made.code, "label": made.label}, words=_code_told(made.code))


def _set_passphrase(options: Namespace) -> Answer:
    new = _needed(options, "new_passphrase_file")
    with writing(options) as workspace:
        key_ways.set_passphrase(workspace, read_passphrase_file(new).text, old=_passphrase(options))
    return Answer(document={"passphrase": True}, words=_("The passphrase opens these data from now on."))


def _no_passphrase(options: Namespace) -> Answer:
    with writing(options) as workspace:
        key_ways.remove_passphrase(workspace, _passphrase(options))
    return Answer(document={"passphrase": False}, words=_("No passphrase opens these data any more; the keyring does."))


def _keyring(options: Namespace) -> Answer:
    with writing(options) as workspace:
        key_ways.renew_keyring(workspace, passphrase=_passphrase(options))
    return Answer(document={"keyring": True}, words=_("The keyring has a new entry; the one before opens nothing any more."))


def _rotate(options: Namespace) -> Answer:
    sheet = RecoveryWay.from_file(options.recovery_file) if options.recovery_file else None
    with writing(options) as workspace:
        made = key_rotation.rotate_key(workspace, passphrase=_passphrase(options), sheet=sheet)
    words = _("The data lie under another key. Backups made before still open with the old one: remove them when they are old.")
    if made.code:
        words += "\n" + _code_told(made.code)
    remarks = tuple(explain(each) for each in made.problems)
    return Answer(document={"recovery_code": made.code or None, "label": made.label}, words=words, remarks=remarks)


def _deposit(options: Namespace) -> Answer:
    with writing(options) as workspace:
        escrow.deposit(workspace, passphrase=_passphrase(options))
        body = escrow.escrow_state(workspace).body
    words = _("Deposited: should keyring and recovery sheet be lost, two people of {body} together can open these data.")
    return Answer(document={"deposited": True, "body": body}, words=words.format(body=body))


def _withdraw(options: Namespace) -> Answer:
    with writing(options) as workspace:
        escrow.withdraw(workspace)
    words = _("Withdrawn. Backups made before still hold what was deposited: remove them, or give the data another key.")
    return Answer(document={"deposited": False}, words=words)


def _ask_congress(options: Namespace) -> Answer:
    path = _needed(options, "output")
    made = escrow.write_request(options.backup or home_of(options), path)
    words = _(
        "Carry {file} to {body}, which will call back. Type the digits that two people there read out like a recovery "
        "code: {command}"
    )
    return Answer(
        document={"file": str(path), "body": made.body},
        words=words.format(file=path, body=made.body, command="liaison unlock --recovery-file F"),
    )


def _code_told(code: str) -> str:
    told = _("The new recovery code, to be printed and locked away; the sheet before opens nothing any more:\n\n    {code}\n")
    return told.format(code=code)


def _sheet(options: Namespace) -> RecoveryWay:
    return RecoveryWay.from_file(_needed(options, "recovery_file"))


def _needed(options: Namespace, name: str) -> Path:
    path: Path | None = getattr(options, name)
    if path is None:
        raise Refused("option_missing", option="--" + name.replace("_", "-"))
    return path


def _passphrase(options: Namespace) -> str:
    typed = passphrase_of(options)
    return typed.text if typed else ""


_DEEDS: Final[Mapping[str, Callable[[Namespace], Answer]]] = {
    "show": _show,
    "prove": _prove,
    "new-code": _new_code,
    "passphrase": _set_passphrase,
    "no-passphrase": _no_passphrase,
    "keyring": _keyring,
    "rotate": _rotate,
    "deposit": _deposit,
    "withdraw": _withdraw,
    "ask-congress": _ask_congress,
}
