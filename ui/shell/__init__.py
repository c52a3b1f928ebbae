"""What stands around every page: the rail of places, the heading with search and actions, the state line."""
