"""Work that takes longer than a click may, by kind: each kind is a function, and the table of them is in `kinds`."""
