"""`liaison search`: what holds the words, narrowed where a person asks for it, shown or saved as a list."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any, Final

from app.commands.arguments import NUMBER, PATH
from app.commands.way_in import noting, reading
from app.domain.kinds import KINDS
from app.domain.values import CodeSet
from app.i18n import _, ngettext
from app.messages import code_told, column_told, kind_told
from app.queries.search import Found, SearchFilter, search, search_narrowed
from app.terminal import AddCommand, Answer, day_given
from app.use_cases.search_export import ExportedList, ListWords, export_results

WORDS: Final = ListWords(column_told, kind_told, lambda code: code_told(code) if isinstance(code, CodeSet) else code)


def search_or_save(options: Namespace) -> Answer:
    """`search TEXT [--kind K --state S --from D --to D] [--output FILE]`."""
    asked = SearchFilter(
        typed=options.text,
        kind=options.kind or "",
        state=options.state or "",
        first=day_given(options.first),
        last=day_given(options.last),
    )
    if options.output is not None:
        with noting(options) as workspace:
            return _saved(export_results(workspace, asked, options.output, WORDS))
    with reading(options) as workspace:
        limit = max(0, options.limit)
        return _shown(search_narrowed(workspace, asked, limit) if asked.narrows else search(workspace, options.text, limit))


def _shown(found: Found) -> Answer:
    lines = [f"{each.date or '':10}  {kind_told(each.kind)}  {each.title}  {each.id}" for each in found.hits]
    words = ngettext("{count} record found.", "{count} records found.", found.total).format(count=found.total)
    return Answer(
        document={"total": found.total, "hits": [asdict(each) for each in found.hits]}, words="\n".join([words, *lines])
    )


def _saved(exported: ExportedList) -> Answer:
    document: dict[str, Any] = {"file": str(exported.path), "records": exported.records, "noted": exported.noted}
    words = ngettext("{count} record saved: {file}", "{count} records saved: {file}", exported.records)
    return Answer(document=document, words=words.format(count=exported.records, file=exported.path))


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "search",
        search_or_save,
        _("search everything recorded; letters also find names and titles by their pinyin"),
        ("text", {}),
        ("--limit", {**NUMBER, "default": 50}),
        ("--kind", {"choices": sorted(KINDS), "metavar": "KIND", "help": _("only records of this kind, such as issue")}),
        ("--state", {"metavar": "STATE", "help": _("only what stands there, such as assigned")}),
        ("--from", {"dest": "first", "metavar": "DAY", "help": _("the first day, such as 2026-01-31")}),
        ("--to", {"dest": "last", "metavar": "DAY", "help": _("the last day")}),
        ("--output", {**PATH, "metavar": "FILE", "help": _("save the whole list as .xlsx or .csv, residents masked")}),
    )
