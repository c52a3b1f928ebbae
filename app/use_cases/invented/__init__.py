"""Invented records: what a station might hold, told from a stock of words and a seed; nobody in it exists."""
