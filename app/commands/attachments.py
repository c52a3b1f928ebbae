"""The command of `liaison` that adds files to a record."""

from argparse import Namespace

from app.commands.arguments import FLAG, PATH
from app.commands.way_in import writing
from app.i18n import _, ngettext
from app.messages import problem_told
from app.terminal import REFUSED, AddCommand, Answer
from app.use_cases.attachment_desk import Offered, attach


def attach_files(options: Namespace) -> Answer:
    """`attach ID FILE...`: each file by itself; exit code 1 where one was not taken."""
    with writing(options) as workspace:
        attached = attach(workspace, options.id, [Offered.at(each) for each in options.files], smaller=options.smaller)
    added = [{"id": each.id, "name": each.name, "size": each.size, "sha256": each.sha256} for each in attached.added]
    refused = [
        {"file": each.file.name, "code": each.problem.code, "message": problem_told(each.problem)} for each in attached.refused
    ]
    doubts = [{"file": each.facts["path"], "code": each.code, "message": problem_told(each)} for each in attached.doubts]
    words = [ngettext("{count} file added.", "{count} files added.", len(added)).format(count=len(added))]
    if known := len(attached.repeated):
        words.append(ngettext("{count} file was there already.", "{count} files were there already.", known).format(count=known))
    return Answer(
        document={"id": options.id, "added": added, "repeated": list(attached.repeated), "refused": refused, "doubts": doubts},
        words="\n".join([*words, *(each["message"] for each in refused), *map(problem_told, attached.doubts)]),
        exit=REFUSED if refused else 0,
    )


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "attach",
        attach_files,
        _("add files to a record: 20 MB each, 50 for a record"),
        ("id", {"metavar": "ID"}),
        ("files", {**PATH, "nargs": "+", "metavar": "FILE"}),
        ("--smaller", {**FLAG, "help": _("make large pictures smaller, and leave out where they were taken")}),
    )
