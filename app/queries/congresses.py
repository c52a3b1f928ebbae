"""Congresses and their terms, and who of the register sits in which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.chinese import long_day
from app.domain.congress import Congress, Term
from app.domain.people import Deputy
from app.domain.values import Id
from app.queries.relations import found
from app.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CongressTerms:
    """A congress with its terms, the first one first."""

    congress: Congress
    terms: tuple[Term, ...]

    @property
    def current(self) -> Term | None:
        """The term that goes on, else the last one."""
        going = [each for each in self.terms if each.ended_on is None] or self.terms
        return going[-1] if going else None


def congress_terms(workspace: Workspace) -> tuple[CongressTerms, ...]:
    """Every congress in the order of entry, each with its terms."""
    with workspace.reading() as connection:
        congresses, terms = found(connection, Congress), found(connection, Term)
    return tuple(CongressTerms(congress=each, terms=terms_of(each.id, terms)) for each in congresses)


def terms_of(congress: Id, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms of a congress, the first one first."""
    return tuple(sorted((each for each in terms if each.congress == congress), key=lambda each: each.term_no))


def term_words(term: Term) -> str:
    """A term with its days: 第十八届（2022年1月12日起）."""
    began, ended = long_day(term.began_on), long_day(term.ended_on)
    days = f"{began}至{ended}" if began and ended else f"{began}起" if began else f"至{ended}" if ended else ""
    return f"{term.title()}（{days}）" if days else term.title()


def sitting(congress: Congress, congresses: Sequence[Congress], deputies: Iterable[Deputy]) -> list[Deputy]:
    """The deputies of a congress; where nobody said which, those of its level, if it is the only congress of that level."""
    alone = congress.level and [each.id for each in congresses if each.level == congress.level] == [congress.id]
    return [
        each
        for each in deputies
        if each.congress == congress.id or (alone and not each.congress and each.level == congress.level)
    ]
