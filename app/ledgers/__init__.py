"""Spreadsheets in and out: the ugly tables a station has, as values. Bytes in, values out; no database, no choice of paths."""
