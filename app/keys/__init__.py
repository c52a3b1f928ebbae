"""Keys: the slots that hold the database key, the recovery code, and who a seat or a receiver is."""
