"""What only this seat and who opened a package know, kept with its number: the short code of a receipt is reckoned from it."""

STATEMENTS = ("ALTER TABLE package ADD COLUMN secret VARCHAR",)
