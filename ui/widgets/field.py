"""A field of a form: its name above, the editor, and beside it what is wrong with it."""

from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.roles import label, restyled

Editor = TypeVar("Editor", bound=QWidget)


class Field(QWidget, Generic[Editor]):
    """An editor under its name. `complain` shows a sentence below it and marks it; what was typed stays."""

    def __init__(self, name: str, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.name = label(name, "label")
        self.name.setBuddy(editor)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        editor.setAccessibleName(name)
        self.setFocusProxy(editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE.tiny)
        for each in (self.name, editor, self.problem):
            layout.addWidget(each)

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the field; nothing is wrong where the sentence is empty."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)
        restyled(self.editor, "wrong", "true" if sentence else "false")
