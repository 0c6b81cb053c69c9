"""IMEIs are exchanged: begun by a reseller, carried out by another system, over after a day at the latest (row B21)."""
