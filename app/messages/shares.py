"""A share in words: always how many, of how many, and then the percentage (domain brief 0, item 11)."""

from app.i18n import _


def share_told(many: int, whole: int) -> str:
    """How many of how many, with one decimal of the percentage; without a whole the number alone."""
    if not whole:
        return f"{many:,}"
    return _("{many} of {whole} ({percent} %)").format(many=f"{many:,}", whole=f"{whole:,}", percent=f"{100 * many / whole:.1f}")
