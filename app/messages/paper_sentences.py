"""Every code about papers, lists and their days with its sentence; told with the others (`app.messages.sentences`)."""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

PAPER_SENTENCES: Final[Mapping[str, str | tuple[str, ...]]] = {
    "paper_missing": N_("Say which paper: {known}."),
    "not_assigned": N_("{title} was not assigned to a unit yet, so there is no slip. Assign it first."),
    "archive_too_large": N_(
        "{records} records lie in these days; a volume takes {most}. Bind a shorter time, such as a month, by itself."
    ),
    "nothing_to_archive": N_("Nothing lies in these days that is filed: no reception, activity, issue or suggestion."),
    "paper_code_wrong": N_("{text} is not the code of a paper, or was read wrong. Scan it again."),
    "paper_record_gone": N_("What this paper is of was removed, or is not on this computer."),
    "paper_needs_id": N_("{paper:code} is printed of one record: give its identifier."),
    "paper_needs_ids": N_("{paper:code} is made of records that were chosen: give their identifiers, commas between."),
    "paper_needs_packages": N_("{paper:code} goes along with packages: give their numbers, such as 3 or 3,4."),
    "paper_takes_no_id": N_("{paper:code} is printed of all between two days: give these instead of an identifier."),
    "paper_takes_no_ids": N_("{paper:code} is printed of one record at a time: give a single identifier."),
    "paper_takes_no_period": N_("{paper:code} is printed of one record: give its identifier and no days."),
    "paper_names_nobody": N_("{paper:code} names no resident: print it without saying how residents are named."),
    "word_format": N_("The text is saved as .docx, so {path} needs this ending."),
    "paper_is_no_text": N_("{paper:code} is no text that others go on editing: save it as PDF."),
    "batch_large": N_("{records} papers at once are too many: choose at most {most}, or narrow the list."),
    "batch_empty": N_("No chosen record has this paper. Choose another paper, or other records."),
    "paper_takes_no_copies": N_("{paper:code} is no blank form: print it once and copy it, or print it again."),
    "paper_needs_id_or_period": N_(
        "{paper:code} is printed of one reception day or of a period: give its identifier, or the days."
    ),
    "copies_unusual": N_("{copies} copies cannot be numbered at once: choose 1 to {most}."),
    "nothing_planned": N_("No reception day is planned in this period. Plan one, or choose other days."),
    "paper_takes_nothing": N_("{paper:code} is printed of the whole station: give neither identifier nor days."),
    "not_answered": N_("“{title}” has no answer yet, so there is no letter. Enter the result or what was answered on the spot."),
    "nothing_attached": N_("No file is attached to “{title}”: there is nothing to print."),
    "nobody_in_register": N_("No deputy is in the register yet. Enter or import the register first."),
    "nobody_received": N_("Nobody is written down who could take a slip home. Enter the visitor first."),
    "reception_held": N_("Residents were received already at {reception}. Correct it at its desk."),
    "rota_long": N_("That makes more than {most} reception days. Choose a shorter time, or a day that comes less often."),
    "number_taken": N_("Another record carries the number {number} already. See which of the two papers it stands on."),
    "paper_other_kind": N_("{paper:code} cannot be printed of a {kind:kind}. Give the identifier of another record."),
    "not_a_reception": N_("This visit is of the kind {visit_kind:code}; the form is that of a reception. Print the log instead."),
    "period_reversed": N_("The last day, {last}, comes before the first, {first}. Exchange them."),
    "search_unnamed": N_("Give the search a name under which you will find it again."),
    "search_empty": N_("Type something or choose a filter first."),
    "masthead_missing": N_("Give it a name: what stands in large letters at its head."),
    "serial_taken": N_("Another one of this year carries the same number: {title}. See which of the two is right."),
    "bulletin_other_paper": N_("{title} is not printed as {paper:code}. Print it as what it is."),
    "not_an_activity": N_("This visit is of the kind {visit_kind:code}, which has a form of its own. Print that one instead."),
    "paper_is_no_table": N_("{paper:code} is no ledger that is saved as a table. Save it as a PDF file."),
    "year_malformed": N_("{year} is no year. Write it as 2026."),
    "year_or_days": N_("Give either a year or its days, not both."),
    "week_malformed": N_("{week} is no week. Write it as 2026-W47, or as one of its days, such as 2026-11-16."),
    "month_or_days": N_("Give either a month or its days, a week or a year, not both."),
    "week_or_days": N_("Give either a week or its days or a year, not both."),
    "platform_form_malformed": N_(
        "At “{part}” the form is not as a form is written: {what}. Compare it with one that this program wrote."
    ),
    "platform_field_unknown": N_("The column “{part}” names a field that these records have not: {field}."),
    "platform_form_missing": N_("There is no form called {name}. Look at the list of forms."),
    "platform_not_read": N_("Nothing can be taken in by the form {name}: it does not say which ledger its tables are."),
    "table_format": N_("The table is saved as .xlsx, so {path} needs this ending."),
    "export_format": N_("A list is saved as .xlsx or .csv, so {path} needs one of these endings."),
    "month_malformed": N_("{text} is no month. Write it as 2026-01."),
    "day_malformed": N_("{text} is no day. Write it as 2026-01-31."),
    "paper_not_in_format": N_("{paper:code} is not written as {ending}. Give a file name that ends in: {endings}."),
    "output_missing": N_("Say which file the paper is to be written to."),
    "characters_missing": (
        N_("No font has {characters}; see {places}. Write it with other characters, or print it with 〓 in their place."),
        N_("No font has {characters}. Write it with other characters, or print it with 〓 in their place."),
    ),
}
