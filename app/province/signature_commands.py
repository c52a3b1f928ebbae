"""The commands of `liaison-province` for who checks files with common tools alone."""

from argparse import Namespace
from pathlib import Path

from app.i18n import _
from app.packages.ssh_signature import BODY, allowed_signers, sign_beside
from app.province.enrolment import signers
from app.province.receiver import Opens
from app.terminal import AddCommand, Answer, write_document


def add_to(command: AddCommand, opens: Opens) -> None:
    """Put these commands into the command line."""
    told = _("write the keys of the trust list as a list of signers for the program ssh-keygen")
    output = {"type": Path, "required": True, "metavar": "FILE"}
    command("export-trust", lambda options: _export_trust(options, opens), told, ("--allowed-signers", output))
    told = _("sign any file by the key of replies, for the program ssh-keygen")
    command("sign", lambda options: _sign(options, opens), told, ("file", {"type": Path}))


def _export_trust(options: Namespace, opens: Opens) -> Answer:
    path: Path = options.allowed_signers
    with opens(options, write=True) as receiver:
        listed = signers(receiver)
    write_document(path, allowed_signers(listed))
    words = _("{keys} keys stand in {file}. Write it anew after each change of the trust list.")
    return Answer(document={"file": str(path), "keys": len(listed)}, words=words.format(keys=len(listed), file=path))


def _sign(options: Namespace, opens: Opens) -> Answer:
    path: Path = options.file
    with opens(options, write=False) as receiver:
        beside = sign_beside(path, BODY, receiver.identity().reply)
        principal = receiver.body.code
    words = _("Signed: {file}. Whoever has the list of signers checks it by\n{command}")
    command = f"ssh-keygen -Y verify -f SIGNERS -I {principal} -n {BODY} -s {beside.name} < {path.name}"
    document = {"file": str(beside), "principal": principal, "namespace": BODY}
    return Answer(document=document, words=words.format(file=beside, command=command))
