"""Colours can be read, sizes follow the person, and the style sheet holds together."""

from itertools import product

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from ui.theme import DARK, LIGHT, TYPE, Colours, Theme, load_fonts, scaled, style_sheet

ON = {
    "ink": ("ground", "surface", "accent_soft", "ok_soft", "warning_soft", "information_soft"),
    "soft": ("ground", "surface"),
    "placeholder": ("ground", "surface"),
    "accent": ("ground", "surface", "accent_soft"),
    "on_accent": ("accent", "accent_deep"),
    "ok": ("surface", "ok_soft"),
    "warning": ("surface", "warning_soft"),
    "information": ("ground", "surface", "information_soft"),
}
"""Each colour of letters, and the grounds it is read on."""


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_letter_can_be_read(colours: Colours) -> None:
    pairs = [(letters, ground) for letters, grounds in ON.items() for ground in grounds]
    poor = {pair: round(contrast(getattr(colours, pair[0]), getattr(colours, pair[1])), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(colours: Colours) -> None:
    assert contrast(colours.edge, colours.surface) >= 3


@pytest.mark.parametrize(("colours", "size"), list(product([LIGHT, DARK], [90, 100, 150, 160])))
def test_the_style_sheet_is_filled_and_understood(qapp: QApplication, colours: Colours, size: int) -> None:
    sheet = style_sheet(colours, size)
    assert "$" not in sheet
    assert f"font-size: {scaled(TYPE.title, size)}px" in sheet


def test_the_bundled_letters_show_rare_names(qapp: QApplication) -> None:
    assert set(load_fonts()) == {"Liaison Hei", "Liaison Hei SemiBold"}
    label = QLabel("䶮㛃𬭎𫖯𬱖堃喆")
    assert label.font().family() == "Liaison Hei"


def test_the_text_size_is_kept_within_what_a_person_may_choose(qapp: QApplication) -> None:
    theme = Theme(qapp)
    told: list[int] = []
    theme.changed.connect(lambda: told.append(theme.size))
    theme.apply(size=500, dark=True)
    assert (theme.px(10), theme.colours) == (16, DARK)
    theme.apply(size=100, dark=False)
    assert (theme.px(10), theme.colours, told) == (10, LIGHT, [160, 100])
    assert qapp.font().pixelSize() == TYPE.body
