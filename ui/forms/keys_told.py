"""The keys that do what a button does, told in its tooltip."""


def keyed(words: str, *keys: str) -> str:
    """The words with the keys behind them: 下一位（F2、Ctrl+2）."""
    return f"{words}（{'、'.join(keys)}）"
