"""Exchange: handing in, taking in, and where every record stands between the two."""

from ui.pages.exchange.page import ExchangePage

__all__ = ["ExchangePage"]
