"""Texts for a word processor, out and in. Values in and bytes out, bytes in and values out; no database, no choice of paths."""
