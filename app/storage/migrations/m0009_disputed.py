"""An index for the records that two seats changed differently."""

STATEMENTS = ("CREATE INDEX current_disputed ON current (id) WHERE disputed <> ''",)
