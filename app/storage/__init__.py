"""The encrypted database: rows in, values out."""
