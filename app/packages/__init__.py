"""What travels between a station and a body: bytes in, values out."""
