"""Reference ids: what a person reads out, and what the logs are searched for (row B23)."""

from __future__ import annotations

import hashlib

from rollcall.upload_ids import crockford


def reference(*parts: str) -> str:
    """A short id of an occasion, such as a Lambda request: ``R-7K3F9QMC``. The same parts give the same id."""
    return "R-" + crockford(hashlib.sha256("\0".join(parts).encode()).digest(), 8)
