"""The commands of `liaison` for who checks our files with common tools alone."""

from argparse import Namespace

from app.commands.arguments import FILE, PATH
from app.commands.way_in import reading, writing
from app.i18n import _
from app.packages.ssh_signature import STATION
from app.terminal import AddCommand, Answer
from app.use_cases import signed_files


def sign(options: Namespace) -> Answer:
    """`sign FILE`: `FILE.sig` beside it."""
    with writing(options) as workspace:
        signed = signed_files.sign_file(workspace, options.file)
    words = _("Signed: {file}. Whoever has the list of signers checks it by\n{command}")
    command = f"ssh-keygen -Y verify -f SIGNERS -I {signed.principal} -n {STATION} -s {signed.path.name} < {options.file.name}"
    document = {"file": str(signed.path), "principal": signed.principal, "namespace": STATION}
    return Answer(document=document, words=words.format(file=signed.path, command=command))


def export_trust(options: Namespace) -> Answer:
    """`export-trust --allowed-signers FILE`."""
    with reading(options) as workspace:
        made = signed_files.write_allowed_signers(workspace, options.allowed_signers)
    words = _("{keys} keys stand in {file}; {left_out} revoked computers do not. Write it anew after each new trust file.")
    document = {"file": str(made.path), "keys": made.keys, "left_out": made.left_out}
    return Answer(document=document, words=words.format(keys=made.keys, file=made.path, left_out=made.left_out))


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    told = _("sign any file, such as a package, a backup's list or a print, by this computer's key, for the program ssh-keygen")
    command("sign", sign, told, ("file", PATH))
    told = _("write the keys of the trust list as a list of signers for the program ssh-keygen")
    command("export-trust", export_trust, told, ("--allowed-signers", FILE))
