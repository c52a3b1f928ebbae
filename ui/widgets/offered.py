"""Keys of what can be done now, and of nothing else: two views of one page may give the same key to different deeds."""

from ui.page import Page


def keys_follow(page: Page) -> None:
    """Let the shortcuts of the actions that the page offers work wherever the focus is, and those of the others rest."""
    offered = list(page.actions_offered())
    for each in page.actions():
        if each not in offered:
            page.removeAction(each)
    page.addActions(offered)
