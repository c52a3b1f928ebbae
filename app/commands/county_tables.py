"""`liaison tables`, `table-add`, `table-mark`, `table-fill`, `table-drop`: tables of the office, filled every month."""

import re
from argparse import Namespace
from collections.abc import Iterator, Mapping

from app.commands.arguments import FLAG, PATH
from app.commands.way_in import noting, reading, writing
from app.domain.county_figures import LEDGERS, ledger_fields
from app.domain.county_sheet import called, column_of, letters, place_of
from app.domain.county_table import ListMark, Moved, in_words, told_table
from app.domain.papers import PaperName, month_named
from app.errors import Refused
from app.i18n import _, ngettext
from app.messages.county_tables import filled_told, moved_told
from app.queries.county_figures import county_figure_names
from app.terminal import AddCommand, Answer, unnoted_told
from app.use_cases.county_tables import (
    TableKept,
    TableShown,
    add_table,
    county_table,
    county_tables,
    drop_table,
    fill_table,
    follow_moved,
    mark_cell,
    mark_list,
    mark_proposed,
    unmark,
)
from app.workspace import Workspace

_ROWS = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")


def add_to(command: AddCommand) -> None:
    """The commands with their arguments."""
    name = ("name", {"metavar": "NAME"})
    command(
        "tables",
        tables,
        _("tables of the office that are filled every month: all of them, or one with its marks"),
        ("name", {"nargs": "?", "metavar": "NAME", "help": _("left out: the list of all tables")}),
        ("--figures", {**FLAG, "help": _("which figures and fields a cell takes, and which lists rows take")}),
    )
    command(
        "table-add",
        table_add,
        _("keep the office's blank .xlsx or .docx; a table of this name takes the new file and keeps its marks"),
        ("file", {"metavar": "FILE", **PATH}),
        ("--name", {"default": "", "metavar": "NAME", "help": _("what it is called here; else as the file")}),
    )
    command(
        "table-mark",
        table_mark,
        _("say which cells of a table take which figures, and which rows take a list"),
        name,
        ("--proposed", {**FLAG, "help": _("mark the cells beside which it stands what they take")}),
        ("--follow", {**FLAG, "help": _("after the file changed: mark cells where their words stand now")}),
        ("--sheet", {"default": "", "metavar": "SHEET", "help": _("else the first")}),
        ("--cell", {"metavar": "B5"}),
        ("--tells", {"metavar": "TEXT", "help": _("what the cell takes; names of figures stand in braces")}),
        ("--over-formula", {**FLAG, "help": _("overwrite the cell although it is reckoned")}),
        ("--rows", {"metavar": "6-15"}),
        ("--list", {"dest": "ledger", "metavar": "LIST", "help": _("which list the rows take")}),
        ("--columns", {"metavar": "A=no,B=day", "help": _("which column takes which field; else by the headings above")}),
        ("--clear", {"metavar": "B5", "help": _("let this cell, or the rows it belongs to, take nothing")}),
    )
    command(
        "table-fill",
        table_fill,
        _("write a table with the figures of a month"),
        name,
        ("--month", {"required": True, "metavar": "MONTH", "help": _("such as 2026-11")}),
        ("--output", {"required": True, "metavar": "F", **PATH}),
    )
    command("table-drop", table_drop, _("forget a table and its file"), name)


def tables(options: Namespace) -> Answer:
    """`tables [NAME] [--figures]`."""
    with reading(options) as workspace:
        if options.figures:
            return _figures(workspace)
        if options.name is None:
            kept = county_tables(workspace)
            words = ngettext("{count} table.", "{count} tables.", len(kept)).format(count=len(kept))
            lines = [f"{each.name}  .{each.file}  {_marks_told(len(each.cells), len(each.lists))}" for each in kept.values()]
            document = {"tables": [told_table(each) for each in kept.values()]}
            return Answer(document=document, words="\n".join([words, *lines]))
        shown = county_table(workspace, options.name)
    return _shown(shown)


def table_add(options: Namespace) -> Answer:
    """`table-add FILE [--name NAME]`."""
    with writing(options) as workspace:
        kept = add_table(workspace, options.file, options.name)
    words = _("Kept: {name}").format(name=kept.table.name)
    return _kept(kept, words, moved_told(kept.moved))


def table_mark(options: Namespace) -> Answer:
    """`table-mark NAME`, and one thing that is to be marked."""
    given = [options.proposed, options.follow, options.cell is not None, options.rows is not None, options.clear is not None]
    together = (options.cell is None) == (options.tells is None) and (options.rows is None) == (options.ledger is None)
    if sum(given) != 1 or not together:
        raise Refused("county_mark_unclear")
    with writing(options) as workspace:
        kept = _marked(workspace, options)
        shown = county_table(workspace, kept.table.name)
    return _shown(shown)


def _marked(workspace: Workspace, options: Namespace) -> TableKept:
    if options.proposed:
        return mark_proposed(workspace, options.name)
    if options.follow:
        return follow_moved(workspace, options.name)
    if options.clear is not None:
        return unmark(workspace, options.name, options.sheet, place_of(options.clear))
    if options.cell is not None:
        place = place_of(options.cell)
        return mark_cell(workspace, options.name, options.sheet, place, options.tells, over_formula=options.over_formula)
    found = _ROWS.fullmatch(options.rows.strip())
    if found is None:
        raise Refused("county_rows_unreadable", text=options.rows)
    rows = int(found[1]), int(found[2] or found[1])
    columns = _columns(options.columns) if options.columns else None
    return mark_list(workspace, options.name, options.sheet, rows, options.ledger, columns)


def _columns(told: str) -> Mapping[int, str]:
    """The columns of A=no,B=day."""
    pairs = (each.partition("=") for each in re.split(r"[,，]", told) if each.strip())
    return {column_of(column.strip()): field.strip() for column, _is, field in pairs}


def table_fill(options: Namespace) -> Answer:
    """`table-fill NAME --month M --output F`."""
    with noting(options) as workspace:
        done = fill_table(workspace, options.name, month_named(options.month), options.output)
    document = {
        "name": options.name,
        "file": str(done.path),
        "cells": done.cells,
        "lines": done.lines,
        "rows_put_in": done.put_in,
        "noted": done.noted,
    }
    words = filled_told(done.cells, done.lines, done.put_in, done.path)
    return Answer(document=document, words=words, remarks=() if done.noted else (unnoted_told(),))


def table_drop(options: Namespace) -> Answer:
    """`table-drop NAME`."""
    with writing(options) as workspace:
        dropped = drop_table(workspace, options.name)
    return _kept(dropped, _("Forgotten: {name}").format(name=dropped.table.name))


def _kept(kept: TableKept, *words: str) -> Answer:
    document = {"table": told_table(kept.table), "moved": [_moved(each) for each in kept.moved]}
    return Answer(document=document, words="\n".join(filter(None, words)))


def _moved(moved: Moved) -> Mapping[str, str]:
    to = called(moved.to) if moved.to else ""
    return {"sheet": moved.sheet, "cell": called(moved.place), "before": moved.before, "now": moved.now, "to": to}


def _shown(shown: TableShown) -> Answer:
    table = shown.table
    head = f"{table.name}  .{table.file}  {_marks_told(len(table.cells), len(table.lists))}"
    cells = [f"  {each.sheet}!{called(each.place)}  {in_words(each.tells, shown.names)}" for each in table.cells]
    lists = ["  " + _list_told(each) for each in table.lists]
    document = {"table": told_table(table), "moved": [_moved(each) for each in shown.moved]}
    return Answer(document=document, words="\n".join(filter(None, [head, *cells, *lists, moved_told(shown.moved)])))


def _list_told(mark: ListMark) -> str:
    paper = PaperName(mark.ledger)
    names = ledger_fields(paper)
    columns = "、".join(f"{letters(column)}={names[field]}" for column, field in sorted(mark.columns.items()))
    return f"{mark.sheet}!{mark.first}-{mark.last}  {paper.label}  {columns}"


def _marks_told(cells: int, lists: int) -> str:
    told = ngettext("{count} cell marked", "{count} cells marked", cells).format(count=cells)
    rows = ngettext("{count} list", "{count} lists", lists).format(count=lists)
    return f"{told}, {rows}" if lists else told


def _figures(workspace: Workspace) -> Answer:
    names = county_figure_names(workspace)
    known = {each.value: {"title": each.label, "fields": dict(ledger_fields(each))} for each in LEDGERS}
    words = [*(f"{{{code}}}  {name}" for code, name in names.items()), *_lists_told()]
    return Answer(document={"figures": dict(names), "lists": known}, words="\n".join(words))


def _lists_told() -> Iterator[str]:
    for each in LEDGERS:
        yield f"{each.value}  {each.label}: " + "、".join(f"{code}={name}" for code, name in ledger_fields(each).items())
