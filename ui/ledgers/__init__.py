"""Taking in a station's ledgers: shown at every place whose records they hold."""
