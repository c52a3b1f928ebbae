"""The commands of `liaison` for writing suggestions: a draft, its versions, a Word file of it, and what to write about."""

from argparse import Namespace
from dataclasses import replace
from typing import Any

from app.commands.arguments import FILE, NEEDED, NUMBER, PATH, text_of
from app.commands.told import local_told
from app.commands.way_in import reading, writing
from app.domain.beginning import Beginning
from app.domain.compared import compared
from app.domain.deadlines import month_later
from app.domain.life import SuggestionState
from app.domain.suggestion import SuggestionType
from app.domain.text_changes import Fate, Piece
from app.errors import Refused
from app.files import write_whole
from app.i18n import _, ngettext
from app.messages import problem_told
from app.messages.exposed import exposed_lines
from app.queries.exposed import exposed_in
from app.queries.suggestion_card import suggestion_sheet
from app.queries.text_versions import TextVersion, text_versions
from app.queries.topic_pool import PoolBy, topic_pool
from app.terminal import AddCommand, Answer
from app.use_cases import suggestions
from app.use_cases.earlier_text import take_text_back
from app.use_cases.suggestion_files import read_draft_file, write_word

_MOST_MONTHS = 1200
_MARKS = {Fate.STAYED: "{}", Fate.WENT: "[-{}-]", Fate.CAME: "{{+{}+}}"}


def draft(options: Namespace) -> Answer:
    """`draft --lead DEPUTY [--title T] [--issues ID...] [--visits ID...] [--template KIND] [--from FILE] [--text FILE]`."""
    brought = read_draft_file(options.source) if options.source else Beginning()
    text = text_of(options.text) if options.text else brought.text
    with writing(options) as workspace:
        drafted = suggestions.draft_suggestion(
            workspace,
            title=options.title or brought.title,
            lead=options.lead,
            issues=options.issues,
            text=text,
            visits=options.visits,
            template=options.template,
        )
    return Answer(document={"id": drafted.id}, words=_("Drafted: {id}").format(id=drafted.id))


def rewrite(options: Namespace) -> Answer:
    """`rewrite ID [--title T] [--text FILE]`: other words for a draft; a returned suggestion is opened again for them."""
    with writing(options) as workspace:
        sheet = suggestion_sheet(workspace, options.id)
        if sheet.suggestion.state == SuggestionState.RETURNED:
            sheet = suggestions.revise_suggestion(workspace, options.id).sheet
        title = options.title or sheet.suggestion.subject
        text = text_of(options.text) if options.text else sheet.suggestion.text
        saved = suggestions.amend_suggestion(
            workspace, replace(sheet, suggestion=replace(sheet.suggestion, subject=title, text=text))
        ).sheet
    return Answer(document={"id": saved.id, "state": saved.suggestion.state}, words=_("Saved: {id}").format(id=saved.id))


def write_docx(options: Namespace) -> Answer:
    """`suggestion-docx ID --output FILE`: noted like a print."""
    with writing(options) as workspace:
        made = write_word(workspace, options.id, lambda made: write_whole(options.output, made.content))
        exposed = exposed_in(workspace, options.id)
    document = {"file": str(options.output), "bytes": len(made.content), "noted": made.noted}
    words = _("Written: {file}").format(file=options.output)
    return Answer(document=document, words=words, remarks=exposed_lines(exposed))


def versions(options: Namespace) -> Answer:
    """`versions ID [--compare N N | --take-back N]`."""
    if options.take_back:
        with writing(options) as workspace:
            taken = take_text_back(workspace, options.id, options.take_back)
        words = _("The text of version {number} is saved again; to undo that: liaison undo {id}")
        return Answer(document={"id": taken.id}, words=words.format(number=options.take_back, id=taken.id))
    with reading(options) as workspace:
        found = text_versions(workspace, options.id)
    if options.compare:
        return _compared(*(_version(found, number) for number in sorted(options.compare)))
    rows = [_row(each) for each in found]
    told = _("{number}  {at}  {operator}  {characters} characters  {title}")
    return Answer(document={"versions": rows}, words="\n".join(told.format(**each) for each in rows))


def topics(options: Namespace) -> Answer:
    """`topics [--by likeness|category|place] [--months N]`: what was raised more than once."""
    with reading(options) as workspace:
        since = month_later(workspace.clock.today().date(), -min(max(1, options.months), _MOST_MONTHS))
        pool = topic_pool(workspace, PoolBy(options.by), since)
    shown = pool.topics[: max(0, options.limit)]
    rows: list[dict[str, Any]] = [
        {
            "title": each.title,
            "issues": list(each.issues),
            "people": each.people,
            "places": list(each.places),
            "categories": list(each.categories),
            "latest": each.latest,
            "used": each.used,
        }
        for each in shown
    ]
    head = _("{count} issues since {day}; raised more than once:").format(count=pool.looked_at, day=pool.since.isoformat())
    lines = [_topic_told(each) for each in rows]
    document = {"since": pool.since.isoformat(), "looked_at": pool.looked_at, "topics": rows}
    return Answer(document=document, words="\n".join([head, *lines]))


def _topic_told(row: dict[str, Any]) -> str:
    many = len(row["issues"])
    issues = ngettext("{count} issue", "{count} issues", many).format(count=many)
    people = ngettext("{count} person", "{count} people", row["people"]).format(count=row["people"])
    return f"{issues}  {people}  {'、'.join(row['places'][:3])}  {row['title']}  {row['latest']}"


def _version(found: tuple[TextVersion, ...], number: int) -> TextVersion:
    version = next((each for each in found if each.number == number), None)
    if version is None:
        raise Refused("version_missing", number=number)
    return version


def _row(version: TextVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "rev": version.rev,
        "at": local_told(version.at) if version.at else "",
        "operator": version.operator,
        "characters": version.characters,
        "title": version.subject,
    }


def _compared(one: TextVersion, other: TextVersion) -> Answer:
    """The paragraphs that differ, each with what [-went-] and what {+came+}."""
    rows = [each for each in compared(f"{one.subject}\n{one.text}", f"{other.subject}\n{other.text}") if each.changed]
    lines = [f"- {_marked(each.before)}\n+ {_marked(each.after)}" for each in rows]
    shown = [{"before": _plain(each.before), "after": _plain(each.after)} for each in rows]
    words = "\n".join(lines) or _("Both say the same.")
    return Answer(document={"older": one.number, "newer": other.number, "differ": shown}, words=words)


def _marked(side: tuple[Piece, ...] | None) -> str:
    return "".join(_MARKS[each.fate].format(each.text) for each in side or ())


def _plain(side: tuple[Piece, ...] | None) -> str | None:
    return None if side is None else "".join(each.text for each in side)


def submit(options: Namespace) -> Answer:
    """`submit ID`."""
    with writing(options) as workspace:
        exposed = exposed_in(workspace, options.id)
        submitted = suggestions.submit_suggestion(workspace, options.id)
    return Answer(
        document={"id": submitted.id, "hints": [each.code for each in submitted.hints]},
        words=_("Submitted; its words do not change any more: {id}").format(id=options.id),
        remarks=(*exposed_lines(exposed), *map(problem_told, submitted.hints)),
    )


# --- the words of the command line ------------------------------------------------------------------------------------


def add_to(command: AddCommand) -> None:
    """Put these commands into the command line."""
    command(
        "draft",
        draft,
        _("draft a suggestion from issues, from activities, with a template, or from a file"),
        ("--title", {"default": "", "help": _("left out where a template or a file tells one")}),
        ("--lead", {**NEEDED, "metavar": "DEPUTY"}),
        ("--issues", {"nargs": "+", "default": [], "metavar": "ID"}),
        ("--visits", {"nargs": "+", "default": [], "metavar": "ID", "help": _("the activities it came from")}),
        ("--template", {"choices": [each.value for each in SuggestionType], "default": ""}),
        ("--from", {**PATH, "dest": "source", "metavar": "FILE", "help": _("title and text of a .docx or .txt")}),
        ("--text", {**PATH, "metavar": "FILE"}),
    )
    command(
        "rewrite",
        rewrite,
        _("give a draft other words; a suggestion that was returned is opened again for them"),
        ("id", {"metavar": "ID"}),
        ("--title", {"default": ""}),
        ("--text", {**PATH, "metavar": "FILE"}),
    )
    command("submit", submit, _("submit a suggestion: its words are frozen"), ("id", {}))
    command(
        "suggestion-docx",
        write_docx,
        _("write a suggestion as a Word file, to be edited elsewhere"),
        ("id", {"metavar": "ID"}),
        ("--output", FILE),
    )
    command(
        "versions",
        versions,
        _("list the versions of a suggestion's text, compare two, or take an earlier text back"),
        ("id", {"metavar": "ID"}),
        ("--compare", {**NUMBER, "nargs": 2, "metavar": "N", "help": _("show what differs between two versions")}),
        ("--take-back", {**NUMBER, "default": 0, "metavar": "N", "help": _("save the text of this version again")}),
    )
    command(
        "topics",
        topics,
        _("show what residents raised often lately, to draft suggestions from"),
        ("--by", {"choices": [each.value for each in PoolBy], "default": PoolBy.LIKENESS.value}),
        ("--months", {**NUMBER, "default": 6, "metavar": "N"}),
        ("--limit", {**NUMBER, "default": 20}),
    )
