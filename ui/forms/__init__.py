"""Forms: a value in, a value out; what is typed is kept as a draft two seconds after the last key."""
