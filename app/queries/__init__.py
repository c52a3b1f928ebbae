"""Reads: frozen rows, ready to show."""
