"""Stars and awards: how a suggestion is rated, and what a suggestion, a deputy, a unit or a station was honoured with in a year.

Who is rated by what measure differs by place: one district gives every suggestion its stars and names what a unit owes by them,
others choose the best suggestions, deputies and units of a year (domain brief 6.3 to 6.5). So a rating is one more word about a
suggestion with who, when and why: the newest holds, those before it stay.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from app.domain.drafted import refused_as
from app.domain.problems import Problem
from app.domain.records import ANY_KIND, Record, about, body_of, kind
from app.domain.values import Code, CodeSet, Id, Json


class AwardType(CodeSet):
    """What is given."""

    STARS = "star_rating", "星级评定"
    SUGGESTION = "excellent_suggestion", "优秀建议"
    DEPUTY = "excellent_deputy", "履职优秀代表"
    UNIT = "advanced_unit", "办理先进单位"
    STATION = "model_station", "示范联络站"
    OTHER = "other_award", "其他表彰"


class Stars(CodeSet):
    """How many stars."""

    ONE = "1", "一星"
    TWO = "2", "二星"
    THREE = "3", "三星"
    FOUR = "4", "四星"
    FIVE = "5", "五星"


GIVEN_TO: Final[Mapping[str, frozenset[str]]] = {
    AwardType.STARS: frozenset({"suggestion"}),
    AwardType.SUGGESTION: frozenset({"suggestion"}),
    AwardType.DEPUTY: frozenset({"deputy", "former_deputy"}),
    AwardType.UNIT: frozenset({"unit"}),
    AwardType.STATION: frozenset({"station"}),
    AwardType.OTHER: frozenset({"suggestion", "deputy", "former_deputy", "unit", "station"}),
}
"""The kinds of records each of them is given to."""

OF_PEOPLE: Final = tuple(each for each in AwardType if each not in {AwardType.STARS, AwardType.SUGGESTION})
"""What is given to somebody; suggestions are rated and awarded on their own cards."""

AWARD_DRAFT: Final = "award"
"""The kind of a draft kept on the form of an award."""

_EARLIEST: Final = 1954
"""The year of the first congresses: no award can be older."""


@kind("award", "评定表彰", groups=(("award_type", "name", "stars", "year"),))
class Award(Record):
    """One rating or one award of one suggestion, deputy, unit or station."""

    of: Id = about("授予对象", to=ANY_KIND)
    award_type: Code[AwardType] = about("类别")
    name: str = about("名称", searched=True)
    stars: Code[Stars] = about("星级")
    duties: str = about("办理责任", searched=True)
    year: int = about("年度")
    on: date | None = about("日期")
    issuer: str = about("评定（表彰）机关", searched=True)
    by_name: str = about("经办人")
    document_no: str = about("文号", searched=True)
    reason: str = about("理由", searched=True)

    def title(self) -> str:
        return award_word(self)

    def day(self) -> date | None:
        return self.on


def award_word(award: Award) -> str:
    """What it is called: its own name, else its stars, else the word of its type."""
    if award.name.strip():
        return award.name.strip()
    told = award.stars if award.award_type == AwardType.STARS else award.award_type
    return told.label if isinstance(told, CodeSet) else str(told)


def award_problems(award: Award, kind_given: str) -> Iterator[Problem]:
    """What is missing in, or wrong with, an award; `kind_given` is the kind of the record it is given to."""
    if not kind_given:
        yield Problem(code="award_recipient_missing", field="of")
    elif kind_given not in GIVEN_TO.get(award.award_type, {kind_given}):
        yield Problem(code="award_unfit", field="award_type", facts={"award": award.award_type, "kind": kind_given})
    if award.award_type == AwardType.STARS:
        if not award.stars:
            yield Problem(code="stars_missing", field="stars")
        if not award.reason.strip():
            yield Problem(code="stars_reason_missing", field="reason")
        return
    if not award.award_type:
        yield Problem(code="award_type_missing", field="award_type")
    if award.award_type == AwardType.OTHER and not award.name.strip():
        yield Problem(code="award_name_missing", field="name")
    if award.year < _EARLIEST:
        yield Problem(code="award_year_missing", field="year")
    if not award.issuer.strip():
        yield Problem(code="issuer_missing", field="issuer")


def newest_rating(awards: Iterable[Award]) -> Award | None:
    """The rating that holds among the awards of one suggestion, in the order of entry; None without any."""
    ratings = [each for each in awards if each.award_type == AwardType.STARS]
    return max(enumerate(ratings), key=lambda each: (each[1].on or date.min, each[0]))[1] if ratings else None


def award_told(award: Award) -> dict[str, Json]:
    """What is typed of an award as plain JSON, for its draft."""
    return {**body_of(award), "id": award.id, "subject": award_word(award)}


def award_from(told: Mapping[str, Any]) -> Award:
    """The award that `award_told` told; raises `Refused("field_malformed")` for anything else."""
    with refused_as("award"):
        fields = {name: each.shape.read(told[name]) for name, each in Award.traits.fields.items() if told.get(name)}
        return Award(id=str(told["id"]), **fields)
