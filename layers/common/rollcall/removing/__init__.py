"""Devices go: a reseller deletes them, or takes a whole upload back (rows P15, B8)."""
