"""The minutes of an activity (活动纪要) as they are sent out: an official text, not a form."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from app.domain.activity_papers import Said
from app.domain.chinese import numeral
from app.domain.outline import Outlined, Part, Signed, Text, Title, Under
from app.domain.papers import PaperName


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(Outlined):
    """What an activity was, what was said and what came of it; `opening` tells when, where and who in sentences.

    `long` holds paragraphs by their names, `led_to` the issues and suggestions that came from it, `people` who was there by part.
    """

    name: ClassVar = PaperName.ACTIVITY_MINUTES
    record: str = ""  # it goes out
    station: str
    number: str
    theme: str
    opening: str
    long: tuple[tuple[str, str], ...] = ()
    speeches: tuple[Said, ...] = ()
    led_to: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    day: str = ""

    @property
    def told(self) -> str:
        """Its number."""
        return self.number

    def outline(self) -> Iterator[Part]:
        """Title, opening, each part that has something to tell, who was there."""
        yield Title(f"{self.theme}纪要")
        if self.number:
            yield Under(f"（{self.number}）")
        yield Text(self.opening)
        for place, (heading, part) in enumerate(self._parts(), start=1):
            yield Text(f"{numeral(place)}、{heading}")
            yield part
        for name, told in self.people:
            yield Text(f"{name}：{told}")
        yield Signed(self.station, self.day)

    def _parts(self) -> Iterator[tuple[str, Part]]:
        told = dict(self.long)
        if self.speeches:
            said = [f"{place}. {_said(each)}" for place, each in enumerate(self.speeches, start=1)]
            told["发言要点"] = "\n".join(said) if len(said) > 1 else _said(self.speeches[0])
        if self.led_to:
            items = (f"{place}. {each}" for place, each in enumerate(self.led_to, start=1))
            told["转为群众意见、代表建议的事项"] = "\n".join(items)
        for heading, text in told.items():
            if text.strip():
                yield heading, Text(text.strip())


def _said(said: Said) -> str:
    who = f"{said.name}（{said.beside}）" if said.name and said.beside else said.name
    return f"{who}：{said.words.strip()}" if who else said.words.strip()
