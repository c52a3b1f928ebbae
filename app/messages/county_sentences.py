"""Every code about tables of the office with its sentence; told with the others (`app.messages.sentences`)."""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

COUNTY_SENTENCES: Final[Mapping[str, str | tuple[str, ...]]] = {
    "county_table_missing": N_("There is no table called {name}. Look at the list of tables, or add it."),
    "county_table_large": N_("{file} has more than {most} MB. Take pictures and what does not belong to the table out of it."),
    "county_table_old": N_(
        "{file} is of an old Excel or Word (.xls, .doc). Open it in WPS, save it as .xlsx or .docx and add that."
    ),
    "county_table_foreign": N_("{file} is neither an .xlsx nor a .docx file. Open it in WPS and save it as one of these."),
    "county_table_macro": N_(
        "{file} holds macros, which this program neither runs nor keeps. Save it in WPS as .xlsx or .docx without them."
    ),
    "county_table_protected": N_("{file} is protected against changes. Ask the office for one that may be filled in."),
    "county_table_other_kind": N_("{name} is an .{format} file so far. Add the new file under another name."),
    "county_table_unmarked": N_("Nothing is marked in {name} yet. Say first which cells take what."),
    "county_table_changed": N_(
        "Other words stand beside marked cells of {name} than before: {cells}. Look at them and mark them anew, then fill it in."
    ),
    "county_sheet_unknown": N_("The file has no sheet {sheet}. It has: {known}."),
    "county_cell_malformed": N_("{text} is no cell. Write it as B5: letters of the column, number of the row."),
    "county_cell_outside": N_("{cell} lies outside the table, which ends at {last}."),
    "county_cell_locked": N_("The office has locked {cell}. Mark a cell that may be filled in."),
    "county_cell_formula": N_("{cell} is reckoned: {formula}. Mark it only if it is to be overwritten, and say so."),
    "county_cell_covered": N_("{cell} is part of a merged cell and cannot take a line of its own. Choose other rows or columns."),
    "county_rows_malformed": N_("Rows {first} to {last} do not lie in the table, which has {most} rows."),
    "county_rows_unreadable": N_("{text} are no rows. Write them as 6-15: the first and the last."),
    "county_rows_tied": N_(
        "{over} lines have no room in {sheet}, and rows cannot be put in there, since a list or remarks are tied to its rows."
        " Put in so many rows in WPS and add the file again."
    ),
    "county_ledger_unknown": N_("{text} is no list that rows can take. There are: {known}."),
    "county_columns_missing": N_("No heading above these rows is one of {ledger:code}. Say which column takes which: {known}."),
    "county_field_unknown": N_("{ledger:code} has no field {text}. It has: {known}."),
    "county_figure_unknown": N_("There is no figure called {text}. Look at the list of figures."),
    "county_reach_unknown": N_("{text} is no time that a figure counts over. Write month, quarter or year."),
    "county_mark_empty": N_("Say what the cell is to take."),
    "county_mark_unclear": N_("Say one thing: a cell with what it takes, rows with their list, or what else is to be done."),
    "county_word_format": N_("The table is filled as .docx, so {path} needs this ending."),
}
