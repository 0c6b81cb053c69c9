"""Telling people what happened, unasked: what is due, what it says now, who takes it, and where it was posted."""
