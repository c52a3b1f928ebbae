"""The window: PySide6 lives here and only here. It arrives with a later issue; until then the room is empty."""
