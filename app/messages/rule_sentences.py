"""Every code about calendar years and rule profiles with its sentence; told with the others (`app.messages.sentences`)."""

from collections.abc import Mapping
from typing import Final

from app.i18n import N_

RULE_SENTENCES: Final[Mapping[str, str]] = {
    "base_unknown": N_("There is no rule profile {name} that another one could be laid over. Choose one of the list."),
    "calendar_day_elsewhere": N_("{day:day} lies in another year. This table is for {year} alone."),
    "calendar_day_twice": N_("{day:day} is named as a day off and as a day worked. Compare it with the notice."),
    "calendar_day_worked_anyway": N_("{day:day} is a weekday, which is worked anyway. Only weekend days are make-up days."),
    "calendar_row_malformed": N_("Row {row}: {text} is no day with its arrangement. Write the day, and 休 or 班 beside it."),
    "calendar_days_malformed": N_("These are no days: {text}. Write them as 1月1日至3日、2月15日."),
    "calendar_rest_missing": N_("No day off of {year} is named. Enter those of the notice."),
    "calendar_source_missing": N_("Enter the number of the notice that the days stand in."),
    "reference_missing": N_("No reference data of the body is in force, so there is none to set back."),
    "reference_large": N_("The reference data has {bytes:bytes}; {most:bytes} are allowed. Shorten the lists and sign it again."),
    "reference_year_missing": N_("A calendar needs its year. Say which one it is for."),
    "reference_many": N_("One of the tables has {count} entries; {most} are allowed. Shorten it."),
    "reference_twice": N_("{name} stands twice in the table. Leave one of them out."),
    "reference_name_odd": N_(
        "An entry has no name, or a text of it is too long: {name}. {most} characters are allowed. Mend the table."
    ),
    "reference_day_malformed": N_("A day of the calendar of {year} is none. Mend the table."),
    "reference_category_odd": N_(
        "The category {scheme} {code} has no usable code. Use up to 32 letters, digits, points, lines, and no code above itself."
    ),
    "reference_category_shipped": N_("The code {code} is that of {name}, which comes with the program. Choose another code."),
    "category_row_malformed": N_(
        "Row {row} is no category: {text}. It needs a scheme (群众意见 or 代表建议), a code and a name. Mend the table."
    ),
    "calendar_year_missing": N_("The station has entered no calendar of {year}, so there is none to remove."),
    "calendar_year_odd": N_("{year} is no year that a calendar can be entered for. Choose one between {first} and {last}."),
    "extended_shorter": N_("The longer period for hard matters is shorter than that for a reply, {reply}. Make it longer."),
    "profile_followed": N_("{congress} goes by the rule profile {name}. Let it go by another one first."),
    "profile_known": N_("There is a rule profile called {name} already. Choose another name."),
    "profile_of_program": N_("{name} came with the program and stays as it is. Make one of your own over it, with a name."),
    "rule_value_missing": N_("No value of a rule profile is called {name}. Those there are: {names}."),
    "profile_missing": N_("There is no rule profile {name}. The list of profiles tells which there are."),
    "rule_longer_than_law": N_(
        "{value:field}: the law allows {months} months at most, from the day of assignment. Enter no more."
    ),
    "rule_period_malformed": N_(
        "{value:field}: {text} is no period. Enter a number of days, working days or months, up to two years."
    ),
    "rule_source_missing": N_("{value:field}: say where the value stands, such as the name and article of the regulation."),
    "rule_value_unknown": N_("{value:field}: {text} cannot stand here. Choose one of the values offered."),
    "rule_warnings_malformed": N_("{value:field}: {text} are no days before. Enter up to eight numbers, such as 30 15 7 3."),
}
