"""`liaison work-calendar` and `liaison rule-profile`: what working days and rules are counted by, shown and changed."""

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from app.commands.arguments import FLAG
from app.commands.way_in import reading, writing
from app.domain.calendar_year import EnteredYear, days_typed, days_written
from app.domain.own_profile import OwnProfile
from app.domain.rule_values import RULE_PROFILE, VALUES, value_told
from app.errors import Refused
from app.i18n import _, ngettext
from app.messages import field_told
from app.queries.rule_cards import ProfileCard, RuleCards, YearCard, rule_cards
from app.reference import DEFAULT_PROFILE
from app.terminal import AddCommand, Answer
from app.use_cases.rules import RulesKept, drop_profile, drop_year, follow_profile, keep_profile, keep_year, keep_year_from
from app.workspace import Workspace

_SHOWN: Final = 3  # years that the list shows, the newest


def add_to(command: AddCommand) -> None:
    """Both commands with their arguments."""
    command(
        "work-calendar",
        calendar,
        _("show the calendar of working days, enter a year of it, or remove one that was entered"),
        ("year", {"type": int, "nargs": "?", "metavar": "YEAR", "help": _("left out: the years there are")}),
        ("--add", {"type": Path, "metavar": "FILE", "help": _("a table with the columns 日期 and 安排 (休 or 班)")}),
        ("--rest", {"metavar": "DAYS", "help": _("days off instead of a file, such as 1月1日至3日、2月15日")}),
        ("--worked", {"default": "", "metavar": "DAYS", "help": _("make-up working days")}),
        ("--source", {"default": "", "metavar": "TEXT", "help": _("the number of the notice")}),
        ("--remove", {**FLAG, "help": _("remove the year that was entered")}),
    )
    command(
        "rule-profile",
        profile,
        _("show the rule profiles, make one of the station's own, or let a congress go by one"),
        ("name", {"nargs": "?", "metavar": "NAME", "help": _("left out: the list of all profiles")}),
        ("--base", {"metavar": "NAME", "help": _("make a profile of this name over one of the program")}),
        ("--set", {"action": "append", "default": [], "metavar": "VALUE=TEXT", "help": _("such as objection='5 working_day'")}),
        ("--source", {"default": "", "metavar": "TEXT", "help": _("where the values that are set stand")}),
        ("--reset", {"action": "append", "default": [], "metavar": "VALUE", "help": _("the value of the base again")}),
        ("--for", {"dest": "congress", "metavar": "CONGRESS", "help": _("let this congress go by the profile")}),
        ("--remove", {**FLAG, "help": _("remove a profile of the station's own")}),
    )


def calendar(options: Namespace) -> Answer:
    """`work-calendar [YEAR] [--add F | --rest DAYS] [--worked DAYS] [--source TEXT] [--remove]`."""
    if options.year is None or not (options.add or options.rest or options.remove):
        return _years(options)
    with writing(options) as workspace:
        kept = drop_year(workspace, options.year) if options.remove else _entered(workspace, options)
    words = _("The calendar of {year} is removed.") if options.remove else _("The calendar of {year} is entered.")
    return _kept(kept, words.format(year=options.year))


def profile(options: Namespace) -> Answer:
    """`rule-profile [NAME] [--base NAME] [--set V=T] [--source TEXT] [--reset V] [--for CONGRESS] [--remove]`."""
    if options.name is None:
        return _profiles(options)
    if not (options.base or options.set or options.reset or options.congress or options.remove):
        return _profile(options)
    with writing(options) as workspace:
        cards = rule_cards(workspace)
        if options.remove:
            return _kept(drop_profile(workspace, cards.profile(options.name).key), _("Removed: {name}").format(name=options.name))
        kept = None
        if options.base or options.set or options.reset:
            kept = keep_profile(workspace, _changed(cards, options))
        if options.congress:
            followed = kept.id if kept else cards.profile(options.name).key
            kept = follow_profile(workspace, cards.congress(options.congress), followed)
    return _kept(kept, _("Kept: {name}").format(name=options.name)) if kept else _profile(options)


def _entered(workspace: Workspace, options: Namespace) -> RulesKept:
    year, source = options.year, options.source.strip()
    if options.add:
        return keep_year_from(workspace, options.add, year, source)
    rest, worked = _days(options.rest, year), _days(options.worked, year)
    return keep_year(workspace, EnteredYear(id="", year=year, rest=rest, worked=worked, source=source))


def _days(text: str, year: int) -> Any:
    days, unread = days_typed(text, year)
    if unread:
        raise Refused("calendar_days_malformed", text="、".join(unread))
    return days


def _changed(cards: RuleCards, options: Namespace) -> OwnProfile:
    known = next((each.own for each in cards.profiles if each.own and options.name in {each.key, each.own.name}), None)
    if known is None and not options.base:
        cards.profile(options.name)
        raise Refused("profile_of_program", name=options.name)
    own = known or OwnProfile(id="", name=options.name)
    told: dict[str, Any] = {"base": options.base} if options.base else {}
    for each in options.set:
        name, _is, text = each.partition("=")
        told |= {_value(name): text.strip(), f"{name}_source": options.source.strip()}
    for name in options.reset:
        told |= {_value(name): "", f"{name}_source": ""}
    return replace(own, **told)


def _value(name: str) -> str:
    if name not in VALUES:
        raise Refused("rule_value_missing", name=name, names=tuple(VALUES))
    return name


# --- answers ------------------------------------------------------------------------------------------------------------


def _kept(kept: RulesKept, words: str) -> Answer:
    moved = ngettext("{count} record with another deadline.", "{count} records with another deadline.", kept.moved)
    told = [words, *([moved.format(count=kept.moved)] if kept.moved else [])]
    return Answer(document={"id": kept.id, "moved": kept.moved}, words="\n".join(told))


def _years(options: Namespace) -> Answer:
    with reading(options) as workspace:
        years = [each for each in rule_cards(workspace).years if options.year in {None, each.year}]
    if options.year is not None and not years:
        raise Refused("calendar_missing", year=options.year)
    shown = years[:_SHOWN] if options.year is None else years
    lines = [_year_line(each) for each in shown]
    if options.year is None:
        lines.insert(0, _("Years from {first} to {last}.").format(first=years[-1].year, last=years[0].year))
    return Answer(document={"years": [_year_told(each) for each in years]}, words="\n".join(lines))


def _year_line(year: YearCard) -> str:
    told = _("{year}: {source}\n  free: {rest}\n  worked: {worked}")
    return told.format(year=year.year, source=year.source, rest=days_written(year.rest), worked=days_written(year.worked))


def _year_told(year: YearCard) -> dict[str, Any]:
    return {
        "year": year.year,
        "rest": [each.isoformat() for each in year.rest],
        "worked": [each.isoformat() for each in year.worked],
        "source": year.source,
        "own": year.entered is not None,
    }


def _profiles(options: Namespace) -> Answer:
    with reading(options) as workspace:
        cards = rule_cards(workspace)
    lines = [_profile_line(each) for each in cards.profiles]
    return Answer(document={"profiles": [_profile_told(each) for each in cards.profiles]}, words="\n".join(lines))


def _profile(options: Namespace) -> Answer:
    with reading(options) as workspace:
        card = rule_cards(workspace).profile(options.name)
    return Answer(document=_profile_told(card), words="\n".join([_profile_line(card), *_value_lines(card)]))


def _profile_line(card: ProfileCard) -> str:
    own = _("the station's own, over {base}").format(base=card.profile.base or DEFAULT_PROFILE) if card.own else ""
    followers = _("followed by {names}").format(names="、".join(card.followers)) if card.followers else ""
    name = card.profile.label if card.own else f"{card.key}  {card.profile.label}"
    return "  ".join(filter(None, (name, own, followers)))


def _value_lines(card: ProfileCard) -> Iterable[str]:
    for each in card.values:
        usual = _("(base: {usual})").format(usual=value_told(each.name, each.usual)) if each.changed else ""
        told = (f"  {each.name}", field_told(RULE_PROFILE, each.name), value_told(each.name, each.text), usual, each.source)
        yield "  ".join(dict.fromkeys(filter(None, told)))


def _profile_told(card: ProfileCard) -> dict[str, Any]:
    values = {each.name: {"text": each.text, "usual": each.usual, "source": each.source} for each in card.values}
    return {
        "name": card.key,
        "label": card.profile.label,
        "own": card.own is not None,
        "base": card.profile.base,
        "verified": card.profile.verified,
        "followers": list(card.followers),
        "values": values,
    }
