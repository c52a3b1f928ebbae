"""Windows of their own, for what cannot stand in a page."""
