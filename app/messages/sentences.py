"""Every code with its sentence: what is wrong, where, and what to do. How blanks are filled: `app.messages.blanks`.

Where several sentences stand for a code, the first of which all blanks are given is said, else the last.
The Chinese ones stand in the message catalogue (`make words`).
"""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_
from app.messages.care_sentences import CARE_SENTENCES
from app.messages.county_sentences import COUNTY_SENTENCES
from app.messages.key_sentences import KEY_SENTENCES
from app.messages.paper_sentences import PAPER_SENTENCES
from app.messages.points_sentences import POINTS_SENTENCES
from app.messages.receiver_sentences import RECEIVER_SENTENCES
from app.messages.return_sentences import RETURN_SENTENCES
from app.messages.rule_sentences import RULE_SENTENCES
from app.messages.suggestion_sentences import SUGGESTION_SENTENCES

SENTENCES: Final[Mapping[str, str | tuple[str, ...]]] = {
    # --- files and disks ---------------------------------------------------------------------------------------------
    "disk_full": (
        N_("The disk of {path} is full, {missing:bytes} are missing. Use another disk, or delete what is not needed."),
        N_("The disk of {path} is full. Use another disk, or delete what is not needed, and try again."),
    ),
    "folder_gone": N_("{path} is not there any more. Plug the stick in again, or choose another folder; nothing is lost."),
    "disk_failed": (
        N_("{path} could not be read or written ({why}). Check the disk, or use another one."),
        N_("{path} could not be read or written. Check the disk, or use another one."),
    ),
    "folder_unusable": N_("{path} cannot be opened or written. Use another folder, or ask for the right to write there."),
    "file_missing": N_("{path} was not found. Check its name and place; if it is on a stick, plug the stick in."),
    "file_unreadable": N_(
        "{path} cannot be read. Check that it is a file and that no other program has it open, or copy it here first."
    ),
    "file_large": N_("{path} is too large: {most:bytes} at most. Split it into several files."),
    "template_unknown": N_("There is no template called {name}."),
    "draft_damaged": N_("{file} is damaged or no .docx file. Open it in Word or WPS, save it as .docx and try that."),
    "draft_encrypted": N_("{file} is protected by a password. Take the password off in Word or WPS and save it."),
    "draft_old_word": N_("{file} is of an old Word (.doc). Open it in Word or WPS, save it as .docx and try that."),
    "draft_foreign": N_("{file} is a {format} file. Save the text as .docx or .txt and try that."),
    "draft_too_large": N_("{file} is too large. Take pictures and what does not belong to the text out of it."),
    "draft_not_text": N_("{file} is neither a Word file nor plain text."),
    "draft_empty": N_("{file} holds no text."),
    "file_not_text": N_("{path} is not a text file. Save it as plain text and try again."),
    "entry_not_json": (
        N_("{path} is not written as JSON; look at line {line}."),
        N_("{path} is not written as JSON."),
    ),
    "entry_not_object": N_("{path} must hold one record: fields with their values between braces."),
    "cancelled": N_("Stopped as asked; nothing was changed."),
    "reference_damaged": N_("{file}, which comes with the program, is missing or damaged. Install the program again."),
    "calendar_missing": N_("The holidays of {year} are not entered yet, so working days cannot be counted. Update the program."),
    # --- the station's data ------------------------------------------------------------------------------------------
    "no_workspace": N_("No station is set up in {home}. Set one up, or name the folder that holds its data."),
    "workspace_exists": N_("A station is already set up in {home}. Use another folder for another station."),
    "second_writer": N_("Another window or command is writing to {home}. Let it finish, then try again."),
    "program_fault": N_(
        "The program made a mistake ({error}). What was saved is safe. Try again; if it happens again, tell the people who look"
        " after it."
    ),
    "printer_failed": N_("The printer {printer} does not take the paper. See whether it is on and has paper, then try again."),
    "busy": N_("The data in {path} are in use. Wait a moment and try again."),
    "not_allowed": N_("This is for {who} to do ({right}). Let one of them sign in, or ask them to give you the role."),
    "not_here": N_(
        "{right:code} is not for this computer ({role:code}): do it at another one of the station, where the station head also"
        " says, in the settings, what this one is for."
    ),
    "not_own": N_("A deputy changes the records they are in. Ask the liaison officer for the others."),
    "not_own_to_see": N_("A deputy sees the records they are in. Ask the liaison officer for this one."),
    "record_blocked": (
        N_("This record is blocked until {until:day}: it is kept because it must be, and neither shown nor changed."),
        N_("This record is blocked: it is kept because it must be, and neither shown nor changed."),
    ),
    "operator_unknown": N_("Nobody called {name} works here. The station head enters people, in the settings."),
    "last_station_head": N_("{name} is the last station head. Give somebody else that role first."),
    "pin_needed": N_("Type the PIN."),
    "pin_wrong": N_("That is not the PIN. Try again; who has forgotten it asks the station head for a new one."),
    "pin_wait": N_("Too many wrong PINs. Wait {seconds} seconds, then try again."),
    "pin_short": N_("A PIN has at least {least} characters: figures, letters, or both."),
    "pin_long": N_("A PIN has at most {most} characters."),
    "pin_simple": N_("Choose a PIN of more than one character repeated."),
    "minutes_unusual": N_("Choose up to {most} minutes, or never."),
    "person_missing": N_("There is nobody with the identifier {id} among the people met. Look for them by name."),
    "person_not_blocked": N_("Nothing of this person is blocked."),
    "folder_needed": N_("Name a new folder for what is exported (the option output)."),
    "folder_exists": N_("{path} is there already and is left alone. Choose another name."),
    "years_unusual": N_("A class is kept up to {most} years, or 0 for ever."),
    "undo_erased": N_("What stood there before was erased at a person's wish, or let go after its time, and does not come back."),
    "compact_waits": N_(
        "Nothing is let go yet: {who} has not said what it has; its next package or receipt does. Exchange, then try again."
    ),
    "compact_unsound": N_(
        "The journal would not hold at line {where:place}; nothing was let go. Have the data checked in the settings."
    ),
    "read_only": N_("The data are open for reading only; nothing was saved."),
    "not_a_database": N_("{path} cannot be opened: it is damaged or belongs to another station. Take it from the last backup."),
    "database_damaged": N_("The data in {path} are damaged. Enter nothing more, keep the folder as it is and ask for help."),
    "database_exists": N_("Data lie in {path} already and are left alone. Use another folder."),
    "database_missing": N_("{path} is missing. Take it from the backup and put it back."),
    "database_failed": (
        N_("The data in {path} could not be used ({why}). Try again; if it happens again, ask for help."),
        N_("The data in {path} could not be used. Try again; if it happens again, ask for help."),
    ),
    "database_newer": N_(
        "The data were written by a newer program (version {found}; this one knows {known}). Update the program."
    ),
    "migration_unsound": N_("The data could not be brought to the new version; they are as they were: {path}. Ask for help."),
    "station_code_malformed": N_("{code} is no station code: nine digits, a hyphen, three digits, such as 430181001-001."),
    "station_name_empty": N_("Give the station its name."),
    "station_name_missing": N_("Give the station its name."),
    "station_successor_missing": N_("The station was merged: name the station it became part of."),
    # --- keys --------------------------------------------------------------------------------------------------------
    "keyring_missing": N_("This computer has no keyring to keep the key in. Open with a passphrase instead."),
    "keyring_locked": N_("The keyring is locked. Log out, log in again with the login password, and try again."),
    "keyring_forgetful": N_("The keyring did not keep the key. Open with a passphrase instead."),
    "keyring_failed": N_("The keyring did not answer. Log in again and try once more, or open with a passphrase."),
    "keyring_entry_missing": N_(
        "The keyring has no key for these data: a new computer, user or login. Open with the recovery code."
    ),
    "keyring_wrong": N_("The key in the keyring is not that of these data. Open with the recovery code."),
    "passphrase_wrong": N_("The passphrase is wrong. Mind capital letters; if it is forgotten, use the recovery code."),
    "recovery_wrong": N_("This recovery code does not open these data. Look for the sheet that was printed last."),
    "recovery_group_wrong": N_("Group {groups} of the recovery code is wrong. Compare it with the sheet."),
    "recovery_length": N_("The recovery code has {expected} digits; {digits} were given. Compare it with the sheet."),
    "recovery_character": N_("The recovery code holds digits only, not {character}. Compare it with the sheet."),
    "passphrase_empty": (
        N_("The first line of {path} is empty; write the passphrase there."),
        N_("The passphrase is empty. Type it."),
    ),
    "secret_file_not_text": N_("{path} is no text file with a passphrase or a recovery code. Choose the right file."),
    "slot_missing": N_("These data do not open with {type:way}. Use the way that was chosen at set-up."),
    "slot_last": N_("No other way to the data is left but {type:way}, so it stays. Set up another way first."),
    "slot_foreign": N_(
        "What was given for {type:way} is right, but keyslots.json is of other data. Take it from this station's backup."
    ),
    "keyslots_missing": (
        N_("The key file {path} is missing. Take it from the backup and put it back."),
        N_("The data in {home} are there, their key file keyslots.json is missing. Take it from the backup and put it back."),
    ),
    "keyslots_damaged": N_("The key file keyslots.json is damaged. Take it from the backup and put it back."),
    "keyslots_newer": N_("The key file keyslots.json was written by a newer program. Update the program."),
    "keyslots_foreign": N_("The key file keyslots.json is of other data. Take it from this station's backup."),
    "keyslots_exist": N_("A key file lies in {path} already and is left alone. Use another folder."),
    "key_wrong": N_("The key is not that of these data; nothing was changed."),
    "identity_damaged": N_("The keys of this computer are damaged, so nothing can be handed in or taken in. Ask for help."),
    "root_key_closed": N_("The root key does not open. Check the passphrase and the file."),
    "roots_too_few": N_("Of {found} root keys in {folder} {opened} opened; {needed} are needed. Check passphrase and files."),
    # --- records -----------------------------------------------------------------------------------------------------
    "record_missing": (
        N_("There is no {kind:kind} {id}, or it was removed. Check the identifier."),
        N_("There is no record {id}, or it was removed. Check the identifier."),
    ),
    "kind_unknown": N_(
        "This program does not know records called {kind}; a newer one may have written them. Update the program."
    ),
    "kind_not_entered": N_("Records of kind {kind:kind} cannot be entered here. What can: {known:kinds}."),
    "kind_differs": N_("{id} is of kind {stands:kind} and cannot become {given:kind}."),
    "record_foreign": N_("Record {id} has come from two owners and was left as it is. Ask for help."),
    "append_only": N_("Records of kind {kind:kind} never change once they are saved. Save a new one."),
    "stale": N_("Somebody has changed this record meanwhile. Look at it again, then make the change."),
    "nothing_to_undo": N_("There is nothing to undo here."),
    "undo_disputed": N_("{title} was changed at two computers at once. Decide which version stands; that cannot be undone."),
    "undo_elsewhere": N_("{title} was changed last at another computer ({at}). Correct it by hand, or undo it there."),
    "undo_others": N_("{title} was changed last by {operator} ({at}). Look at its history; there the change can be undone."),
    "undo_frozen": N_("The suggestion {title} is {state:code}: what it stands on is not undone."),
    "undo_worked_on": N_("A record of kind {kind:kind} ({title}) was changed since. Take that back first, then this."),
    "undo_named": N_("A record of kind {kind:kind} ({title}) was written on top of it. Undo or remove that first."),
    "not_in_trash": N_("There is no record {id} in the trash. Check the identifier; it may have been brought back already."),
    "restore_whole_first": N_("It belongs to a record of kind {kind:kind} ({title}) in the trash. Bring that back first."),
    "field_unknown": N_("There is no {field} in a record of kind {kind:kind}. There is: {known:fields}."),
    "record_large": N_(
        "This {kind:kind} is too long to be handed in: {size:bytes}, at most {most:bytes}. Shorten it or attach a file."
    ),
    "field_malformed": (
        N_("{field:field} of the {kind:kind} cannot be {value:given}; it must be {field:shape}."),
        N_("{field:field} cannot be {value:given}. Correct it."),
    ),
    "text_malformed": N_("After {text} stands a broken character. Delete it and type it again."),
    "line_malformed": N_("A record is not written as it must be and was left out. Ask the sender for the file again."),
    "line_not_json": N_("A record is not written as it must be and was left out. Ask the sender for the file again."),
    "life_forbids": (
        N_("The {life:kind} is {state:code}: {event:code} cannot follow. What can: {allowed}."),
        N_("The {life:kind} is {state:code}: {event:code} cannot follow."),
        N_("{event:code} cannot happen to this {life:kind} now."),
    ),
    "incomplete": N_("Something is missing or wrong:"),
    "name_missing": N_("Give the name."),
    "congress_named": N_("{text} does not name one congress of this station. There is: {names}."),
    "pair_malformed": N_("{text} is no pair. Write it with an equals sign between, such as 12=0123."),
    "numbers_malformed": N_("{text} does not give {names}. Write whole numbers with slashes between, such as 52/3/1."),
    "reason_missing": N_("Say why the mandate ended."),
    "congress_level_missing": N_("Give the level or the division's code: by them a body tells which suggestions are its own."),
    "term_number_missing": N_("Give the number of the term, such as 18."),
    "term_number_past": N_("The last term was number {last}; the new one has a higher number."),
    "term_day_past": N_("The term that goes on began on {began}; the new one begins later."),
    "term_doubtful": N_("Whether these are the same people is still to be decided: {names} (rows {rows})."),
    "heir_unknown": N_("Whoever takes “{title}” over must be a deputy of the new term."),
    "entry_named": N_(
        "It is named by a record of kind {kind:kind} ({title}), so it stays. End the mandate or close the unit instead."
    ),
    "opinions_missing": N_("Give at least one number of residents."),
    "opinions_exceed": N_("{said} answers of {asked} residents asked cannot be. Check the numbers."),
    "money_malformed": N_("{text} is no sum. Write it in 万元, such as 12.5."),
    "number_malformed": N_("{text} is no whole number. Write it in figures."),
    "visitor_missing": N_("Say who raised it, or that it was anonymous."),
    "matter_missing": N_("Say what was raised."),
    "nobody_met": N_("Say who was met, or how many people."),
    "visit_day_unlikely": N_("{day} cannot be the day. Check the year."),
    "visit_day_ahead": N_("{day} is still to come. Check the day."),
    "grid_day_unreadable": N_("{text} is no day. Write it as 2026-01-31, 1.31 or 31."),
    "grid_deputy_unknown": N_("No deputy of the register is called {name}."),
    "grid_deputy_several": N_("Several deputies are called {name}: choose one from the list."),
    "grid_count_unclear": N_("{text} does not say how many. Write 6, 6人, 一户4人, or a line for each household."),
    "group_large": N_("{people} people came together: let them choose at most {most} to speak for them."),
    "hour_malformed": N_("{text} is no hour of the day. Write it as 09:30."),
    "visit_at_work": N_("“{issue}” is being handled already, so it cannot be removed. Correct the record instead."),
    "campaign_name_missing": N_("Give the campaign a name."),
    "campaign_start_missing": N_("Say on which day the campaign begins."),
    "campaign_reversed": N_("The campaign ends before it begins; mend one of the days."),
    "campaign_unknown": N_("No campaign is called {name}. Look at the list of campaigns."),
    "campaign_ambiguous": N_("Several campaigns are called {name}. Name the one meant by its identifier."),
    "campaign_in_use": N_("{count} visits and issues belong to the campaign {campaign}, so it stays. Close it instead."),
    "visit_kind_missing": N_("Say what kind of visit it was, such as a reception or outreach."),
    "unit_missing": N_("Name the unit that handles it."),
    "assigned_on_missing": N_("Give the day of the assignment; the deadline begins with it."),
    "assigned_before_received": N_("The assignment is before the day it was received. Check both days."),
    "part_missing": N_("Say which part this unit handles."),
    "objection_reason_missing": N_("Say why the unit sends it back."),
    "step_words_missing": N_("Say it in a few words."),
    "step_before_received": N_("This day is before the day it was received. Check both days."),
    "work_order_missing": N_("Enter the number of the work order."),
    "told_before_answer": N_("Enter first what came of the matter, then the day the resident was told."),
    "merge_target_missing": N_("Choose the matter that this one becomes part of."),
    "merge_circle": N_("A matter cannot become part of itself. Choose another one."),
    "result_missing": N_("Say what the handling led to."),
    "satisfaction_missing": N_("Say how content the resident is."),
    "person_withheld": N_("This person left no name or asked for confidence, so nothing more is shown."),
    "attachment_loose": N_("Say which record the attachment belongs to."),
    "file_name_missing": N_("Give the attachment a name."),
    "digest_malformed": N_("The attachment's check value is wrong. Add the attachment again."),
    "attachment_large": N_("{path} has {size:bytes}; {most:bytes} are possible. Make it smaller, or split it."),
    "attachments_many": N_("{path} was not added: a record holds {most} files at most. Remove one first."),
    "file_empty": N_("{path} is empty, so it was not added. Check whether it was copied completely."),
    "picture_by_name_only": N_(
        "{path} is no picture in spite of its name; it was added as a plain file. Open it to see what it is, or add the picture."
    ),
    "no_picture": N_("{path} is no picture that can be looked at here. Save it as a picture, or photograph the paper again."),
    "no_code": N_("No code was found on {path}. Choose its record by hand, or photograph it again, upright and in good light."),
    "code_leads_nowhere": N_("The code {text} leads to no record here. Choose the record by hand."),
    "card_unknown": N_(
        "No deputy of the register has the card {text}. Choose the deputy by name, or enter the number in the register."
    ),
    "card_ended": N_("The mandate of {name} has ended. Choose the name from the list if they are here all the same."),
    "card_shared": N_("{names} have the same card number {text} in the register. Choose the deputy by name."),
    "file_is_program": N_("{path} is a program and is not started from here. Save it under a name to pass it on."),
    "attachment_missing": (
        N_("The attachment's file {where:place} is missing. Take it from the backup."),
        N_("The attachment is not there. Check it, or add it again."),
    ),
    "attachment_damaged": (
        N_("The attachment's file {file} is damaged. Take it from the backup, or add it again."),
        N_("The attachment's file {where:place} is damaged. Take it from the backup, or add it again."),
    ),
    **RETURN_SENTENCES,
    **SUGGESTION_SENTENCES,
    **CARE_SENTENCES,
    **KEY_SENTENCES,
    **POINTS_SENTENCES,
    **RULE_SENTENCES,
    **PAPER_SENTENCES,
    **COUNTY_SENTENCES,
    # --- invented records --------------------------------------------------------------------------------------------
    "demo_amount": N_("Amounts begin with 0; {amount} is none."),
    "demo_not_empty": N_("Invented records do not go beside real ones, which are here: {records:counts}. Use another folder."),
    "story_folder_used": N_("There is something in {folder} already. Name a new or an empty folder."),
    # --- spreadsheets ------------------------------------------------------------------------------------------------
    "not_a_sheet": N_("{file} is no spreadsheet. Choose an .xlsx, an .xls or a .csv file."),
    "sheet_unknown": N_("{file} has no sheet {sheet} that holds anything. It has: {sheets}."),
    "header_row_empty": N_("Row {row} of {file} is empty. Choose the row that names the columns."),
    "sheet_foreign_format": N_("{file} is of the form {format}. Open it in Excel or WPS and save it as .xlsx."),
    "sheet_encrypted": N_("{file} is protected by a password. Take the password off in Excel or WPS and save it."),
    "sheet_damaged": N_("{file} is damaged. Open it in Excel or WPS, save it under another name and try that."),
    "sheet_dangerous": N_("{file} holds what no spreadsheet program writes and was not read. Ask where it comes from."),
    "sheet_too_large": N_("{file} is too large. Delete empty rows, pictures and sheets that are not needed, or split it."),
    "sheet_too_wide": N_("Row {row} of {file} has {columns} columns; {limit} are possible. Delete columns that are not needed."),
    "sheet_empty": N_("{file} is empty."),
    "header_unknown": N_("{file} has no row that names its columns. Row {row} holds: {found}."),
    "columns_missing": N_("No column in row {row} tells what is needed. Call it one of: {names}."),
    "identity_left_out": N_("{column} is left out: citizens' numbers are not kept."),
    "identity_dropped": N_("Row {row}, {column}: it holds a citizen's number and is not kept."),
    "identity_within": N_(
        "Row {row}, {column}: a citizen's number stands in the text. The station does not collect them: take it out."
    ),
    "csv_nul": N_("{file} holds what is no text. Export it again, or save it as .xlsx."),
    "csv_encoding_unknown": N_("The characters of {file} cannot be read. Open it in Excel or WPS and save it as .xlsx."),
    "csv_text_damaged": N_("Some characters of {file} are damaged. Export it again, or save it as .xlsx."),
    "csv_malformed": N_("A quotation mark is left open in {file} near line {line}. Correct it, or save it as .xlsx."),
    "column_twice": N_("Row {row}: several columns have one name ({names}); the first that is filled in counts."),
    "column_missing": N_("Row {row}: there is no column such as {names}; this is left empty."),
    "row_without_visit": N_("Row {row} tells nobody who was there, no place and nothing raised, and was left out ({text})."),
    "scan_of_nobody": N_("Row {row}, {column}: {text} is not in the register; the presence is kept under this name."),
    "scan_of_several": N_("Row {row}, {column}: several deputies are called {text}; the presence is kept under the name alone."),
    "card_of_another": N_("Row {row}, {column}: the card {text} belongs to another name; the deputy of the card was taken."),
    "scan_elsewhere": N_("Row {row}, {column}: {text} is another station; the row was left out."),
    "row_without_day": N_("Row {row} has no day that can be read and was left out ({text})."),
    "row_without_name": N_("Row {row} has no name and was left out ({text})."),
    "number_rounded": N_(
        "Row {row}, {column}: {text} has lost its last digits to Excel, which keeps 15; the row was left out. Type it as text."
    ),
    "number_shortened": N_(
        "Row {row}, {column}: {text} is a number, such as a telephone, that Excel wrote short, so its digits are not in the "
        "file; the row was left out. Format the column as text in the workbook and export it again."
    ),
    "count_unreadable": N_("Row {row}, {column}: {text} is no number; it is kept in the remarks."),
    "word_unknown": N_("Row {row}, {column}: {text} is none of {known}; it is kept in the remarks."),
    "deputies_unknown": N_("Row {row}, {column}: {names} is not in the register; the name is kept in the remarks."),
    "deputies_ambiguous": N_("Row {row}, {column}: several deputies are called {names}; the name is kept in the remarks."),
    "congress_unknown": N_("Row {row}, {column}: there is no congress called {text} here; it is kept in the remarks."),
    "term_unknown": N_("Row {row}, {column}: there is no term {text} of this congress here; it is kept in the remarks."),
    "unit_unknown": N_("Row {row}, {column}: there is no unit called {text}; it is kept in the remarks."),
    "row_without_work_order": N_("Row {row} has no work order number and was left out ({text})."),
    "row_without_result": N_("Row {row} tells nothing that came of the matter and was left out ({text})."),
    "row_told_unanswered": N_(
        "Row {row}, {column}: the resident was told of {text}, but nothing says what; the row was left out."
    ),
    "work_order_unknown": N_("Row {row}, {column}: no issue here has the work order {text}; the row was left out."),
    "work_order_twice": N_("Row {row}, {column}: several issues have the number {text}; the row was left out."),
    "work_order_told": N_("Row {row}, {column}: {text} stands in row {earlier} already; the row was left out."),
    "result_differs": N_(
        "Row {row}, {column}: of {text} something else stands here already ({stands}), and nothing was overwritten; the row was"
        " left out."
    ),
    "result_out_of_place": N_(
        "Row {row}, {column}: {text} is {state:code} here, so no result can be entered; the row was left out."
    ),
    "row_without_title": N_("Row {row} has no title and was left out ({text})."),
    "row_without_text": N_("Row {row} does not say what was raised and was left out ({text})."),
    "date_unreadable": N_("Row {row}, {column}: {text} is no date; the day is left empty, the text kept in the remarks."),
    "date_unlikely": N_(
        "Row {row}, {column}: {text} lies before 1949 or after 2099; the day is left empty, the text kept in the remarks. "
        "Check the year."
    ),
    "date_year_short": N_(
        "Row {row}, {column}: the year of {text} has two digits; the day is left empty, the text kept in the remarks."
    ),
    "date_year_missing": N_("Row {row}, {column}: {text} has no year; the day is left empty, the text kept in the remarks."),
    "year_assumed": N_("{count} days are written without a year; they are read as days of {year}."),
    "date_order_assumed": N_("Row {row}, {column}: {text} was read as {day}. Check day and month."),
    "time_unreadable": N_("Row {row}, {column}: the time in {text} cannot be read; the day is {day}."),
    "cell_error": N_("Row {row}, {column}: a formula failed ({text}); the cell counts as empty."),
    "row_too_long": N_("Row {row} is longer than the header by {columns}; what is beyond it is kept in the remarks."),
    "import_missing": N_("There is no import and no record {id}. Check the identifier."),
    "import_undone": N_("This import was taken back already, on {at:moment}."),
    # --- handing in and taking in ------------------------------------------------------------------------------------
    "short_code_shape": N_("{code} is no short code, which has {expected} digits. Type it as it stands on the paper."),
    "short_code_groups": N_("Group {groups} of the short code is mistyped. Compare it with the paper."),
    "code_of_no_package": N_("No package {number} went from this computer. Type the code at the computer that handed it in."),
    "code_not_of_package": N_("This code does not belong to package {number}. Nothing is settled; have it read out once more."),
    "code_not_believed": N_(
        "No short code settles package {number}: it has no records, or is older than such codes. Scan its QR codes."
    ),
    "file_strange": N_("{file} is no file of this program. Nothing of it was opened; choose what the receiving body gave out."),
    "cosign_to_answer": N_("This is a co-signing request to {name}. Open it in the window, or answer it on the command line."),
    "card_to_compare": N_("This is the card of a computer of {name}. It is believed only once its digits were compared."),
    "no_trust": N_("No trust file of the receiving body has been taken in. Take it in first."),
    "not_enrolled": N_("The receiving body has not enrolled this computer. Hand in a request and take the new trust file in."),
    "units_none": N_("No row of {file} names a handling unit. Its columns need 承办单位 or 单位名称."),
    "sister_without_suite": N_(
        "The receiving body does not know a key of computer {seat} for the packages it allows. Make an enrolment request at that "
        "computer, then take the new trust file in here and there."
    ),
    "seat_without_suite": N_(
        "Computer {seat} has no key for {suite}, which alone is taken here. Let its station hand in an enrolment request first."
    ),
    "suite_not_taken": N_("This body does not take packages by {suite} yet. Begin with it first: liaison-province suite add."),
    "roots_wanted": N_("The root keys have to sign for the new keys. Bring them and say where they lie: --roots DIR."),
    "fingerprint_not_compared": N_("Compare the body's fingerprint first; until then nothing it has signed is believed."),
    "seat_revoked": N_("The receiving body has revoked this computer; it hands nothing in any more. Ask the receiving body."),
    "recovery_not_proven": N_("This is not group {number} of the code. Compare it with the sheet."),
    "operator_at_keyboard": N_("{name} is at the keyboard now. Choose somebody else first."),
    "operator_known": N_("{name} is entered already. Choose the name from the list."),
    "package_cap_small": N_("Packages cannot be kept so small: {least:bytes} at least."),
    "package_too_large": N_(
        "A package would have {size:bytes}, and the receiving body takes {most:bytes} at most. Ask the receiving body."
    ),
    "package_missing": N_("There is no package {seq}. Check the number."),
    "outbox_damaged": (
        N_("Package {seq} is damaged or missing where it was kept. Ask for help."),
        N_("Package {where:place} is damaged or missing where it was kept. Ask for help."),
    ),
    "copy_differs": N_("What was copied to {path} is not what was sent there. Use another disk."),
    "attachment_changed": N_("An attachment changed while it was being packed; nothing was handed in. Try again."),
    "reply_unknown_kind": N_("The reply holds what this program does not know and was left out. Update the program."),
    # --- what a check finds ------------------------------------------------------------------------------------------
    "database_page_damaged": N_("A part of the data is damaged. Enter nothing more, keep the folder as it is and ask for help."),
    "chain_broken": N_("Line {where:place} of the journal does not follow from the one before it. Ask for help."),
    "line_damaged": N_("Line {where:place} of the journal cannot be read. Ask for help."),
    "record_behind": N_("Record {where:place} is not shown as it was last saved. Ask for help."),
    "record_differs": N_("Record {where:place} does not say what the journal says of it. Ask for help."),
    "record_damaged": N_("Record {where:place} cannot be read. Ask for help."),
    "count_behind": N_("A count that is kept of records is wrong. Ask for help."),
    "index_behind": N_("Record {where:place} is not found by a search. Ask for help."),
    **RECEIVER_SENTENCES,
    # --- packages and signed documents (docs/package-format.md) ------------------------------------------------------
    "E_CONTAINER": N_("The file is damaged, or is no package. Copy it again."),
    "E_JSON": N_("The file is damaged, or not the one that is wanted here. Check which file it is, or copy it again."),
    "E_ENVELOPE": N_("The file is damaged, or not the one that is wanted here. Check which file it is, or copy it again."),
    "E_TYPE": N_("This is another kind of file than is wanted here. Check which file it is."),
    "E_DIGEST": N_("The content is not what was signed; it may have been damaged on the way. Copy it again."),
    "E_DECRYPT": N_("The content is damaged or altered and does not open. Copy it again; else ask the sender."),
    "E_RESOURCE_HASH": N_("What is in the package is not what it announces; nothing was taken in. Ask the sender."),
    "E_LAYOUT": N_("What is in the package is not in order; nothing was taken in. Ask the sender."),
    "E_BOMB": N_("The package unpacks to more than is allowed; nothing was taken in. Ask the sender."),
    "E_UNKNOWN_KEY": N_(
        "It was signed by nobody on the trust list, so nobody knows where it is from. Keys may have been renewed: take the "
        "newest trust file in first. Otherwise ask the sender."
    ),
    "E_SIGNATURE": N_("The signature is wrong, so nobody knows where it is from. Ask the sender."),
    "address_malformed": N_(
        "“{url}” is no address to send to. Write it as the receiving body tells it, from its first letter on."
    ),
    "proxy_malformed": N_("“{url}” is no address of a proxy. Write it with its scheme and its port, or leave it empty."),
    "authority_malformed": N_("The file holds no certificate that can be read. Ask the receiving body for its certificate."),
    "sending_nowhere": N_("Nobody has said where to send to. Enter the address in the settings, or hand in by a stick."),
    "token_missing": N_(
        "{host} wants a token, and none is at hand: the keyring is locked or holds none. Unlock it, or enter the token in the "
        "settings; a stick works meanwhile."
    ),
    "token_refused": N_(
        "{host} does not know this station's token. Ask the receiving body for a new one; a stick works meanwhile."
    ),
    "upload_refused": N_("{host} does not take the package (answer {status}). Ask the receiving body; a stick works meanwhile."),
    "network_unreachable": N_("{host} cannot be reached ({why}). Try again later, or hand in by a stick; nothing is lost."),
    "network_failed": N_("{host} did not answer as it should (answer {status}). Try again later; what was sent stays sent."),
    "certificate_untrusted": N_(
        "{host} shows a certificate nobody here believes, so nothing was sent. Ask the receiving body for its authority's file."
    ),
    "E_ORIGIN": N_("It was signed by another than the sender it names. Ask the sender."),
    "E_BINDING": N_("Inside it names another sender than outside. Ask the sender."),
    "E_RECIPIENT": N_("This file is for somebody else. Check which file it is."),
    "E_NO_KEY": N_("It was encrypted for other keys than those here. Take the newest trust file in and export it again."),
    "E_SUITE": N_(
        "It was sealed in a way that is not allowed here. The sender takes the newest trust file in, makes the request for a key "
        "that it asks for, updates the program, and exports again."
    ),
    "E_FORMAT_OLD": N_("It is of an old form. The sender updates the program and exports it again."),
    "E_FORMAT_NEW": N_("It is of a newer form than this program knows. Update this program, then take it in."),
    "E_SCHEMA_NEW": N_("It holds newer records than this program knows. Update this program, then take it in."),
    "E_REVOKED": N_("The sender's computer was revoked before this package. Ask the station."),
    "E_KEY_EXPIRED": N_("The key of the sender's computer ended on {not_after:day}. Enrol the computer again."),
    "no_sister": N_("No other computer of this station is known here. Take its card in first."),
    "digits_differ": N_("The card's digits are {found}, not those you gave. Compare them with the other computer once more."),
    "seat_of_another": N_("That computer belongs to station {code}. Set it up by this station's card first."),
    "drafts_unfinished": N_(
        "{count} things were typed here and never saved: save or discard them first. What stays unsaved goes nowhere."
    ),
    "seat_last_full": N_("This is the last computer at which everything may be done. Let another one do everything first."),
    "seat_own": N_("That is this computer."),
    "seat_in_use": N_("Computer {seat} is in use. End it first as retired, lost or stolen, then ask the body to revoke it."),
    "seat_gone": N_("Computer {seat} was retired, lost or stolen; its card counts no more. Set it up anew."),
    "trust_of_no_station": N_("This trust file is for no station in particular. Ask the receiving body for the station's own."),
    "key_not_known": N_("There is no key {key} here. List the keys and take a name from there."),
    "key_used": N_("Key {key} is in use. Make the one that takes its place first."),
    "seat_is_revoked": N_("Computer {seat} was revoked. Enrol the one that takes its place."),
    "no_conflict": N_("Nothing is in dispute about this record."),
    "conflict_apart": N_("These belong together; take them from one version: {fields}."),
    "conflict_undecided": N_("Choose one version for each of these: {fields}."),
    "version_unknown": N_("There is no version {rev} to choose from. Look at the record once more."),
    "epoch_known": N_("Numbers of epoch {epoch} have come from {seat} already; nothing need be allowed."),
    "place_malformed": N_("“{text}” is no epoch and number, such as 1/42."),
    "E_FORK": N_(
        "There are two different packages {seq}: a computer was copied, or an old backup put back. The station takes its receipt "
        "in and hands in once more; a copied computer is enrolled by itself."
    ),
    "E_CHAIN": N_("Number {seq} does not follow from the one before it. Ask the sender."),
    "E_EPOCH": N_("Package {seq} begins in the middle: the whole state must come first. Ask the station."),
    "E_SCOPE": N_("The package holds records that are not the sender's; nothing was taken in. Ask the sender."),
    "E_REV_MISMATCH": N_("Record {id} has come with two different contents; nothing was taken in. Ask the sender."),
    "E_ROLLBACK": N_("It is older than what was taken in before (number {found}, known {known}). Ask for the newest."),
    "E_BODY": N_("It comes from another body: {found} instead of {expected}. Check which file it is."),
    "E_FINGERPRINT": N_("The fingerprint of the root keys is {found}, not the expected one. Ring the receiving body."),
    "E_LIMIT": (
        N_("It has {bytes:bytes}; {limit:bytes} are allowed. Hand in less at a time."),
        N_("It has more than {limit:bytes}, which is not allowed. Hand in less at a time."),
    ),
    "E_DISK": N_("The disk is full or failed. Try again later."),
    "E_BUSY": N_("The receiver is busy. Try again later."),
    "W_CLOCK": N_("Its time is far from the present. Check date and time of the computer."),
    "W_GAP": N_("Packages before it are missing. Hand them in too."),
    "W_LATE": N_("It is a late package of an earlier time; it was taken in."),
    "W_TRUST_EXPIRED": N_("The trust list ended on {expired:day}. It is used all the same; ask for the newest."),
    "W_ROOTS_EXPIRED": N_("The root document ended on {expired:day}. It is used all the same; ask for the newest."),
}
