"""Pictures: bytes in, smaller pictures out; what a file says of itself is not believed."""
