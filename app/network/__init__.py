"""The way over a network: bytes to the receiving body and from it."""
