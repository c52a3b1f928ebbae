"""What an incomplete entry is refused with."""

from app.domain.problems import Problem
from app.errors import AppError


def problems_of(error: AppError) -> list[tuple[str, str]]:
    """Code and field of everything that an entry lacks."""
    assert error.code == "incomplete"
    problems = error.facts["problems"]
    assert isinstance(problems, tuple)
    assert all(isinstance(each, Problem) for each in problems)
    return [(each.code, each.field) for each in problems]
