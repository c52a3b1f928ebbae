"""What a letter to whoever raised a matter (答复函) is printed from."""

from dataclasses import dataclass

from app.domain.papers import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLetter(Shown):
    """The answer as it goes to the resident: `to` is whom it is sent to, by a number where they are not to be named."""

    station: str
    number: str
    to: str
    raised: str
    subject: str
    unit: str
    answer: str
    phone: str
    place: str
    day: str

    @property
    def told(self) -> str:
        """Its number, which names nobody."""
        return self.number
