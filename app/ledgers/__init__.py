"""Spreadsheets in and out: the ugly tables a station has, as values. Bytes in, values out; no database, no choice of paths."""

import os

# Word files brought lxml along, and openpyxl would parse with it: more memory, and other words for damaged files.
os.environ.setdefault("OPENPYXL_LXML", "False")
