"""Tables of rows already fetched: no model asks for anything while it is painted."""
