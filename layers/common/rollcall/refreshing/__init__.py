"""The manufacturer's registry is asked again, in the background: devices heal, and their customers hear of it."""
