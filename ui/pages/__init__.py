"""The places of the window, one page each: they connect, ask and show; what they know is in `app`."""
