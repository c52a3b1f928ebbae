"""What the rows of each kind of ledger become: records of the station, or nothing where they stand already."""
