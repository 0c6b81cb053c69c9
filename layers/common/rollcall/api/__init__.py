"""The HTTP API for partner systems: what each call takes, may, does and answers."""
