"""Data to compare with, which others have collected and which are no part of the repository; and our own uploads.

Their folder is ``../shared/data``, or what ``ROLLCALL_CONFORMANCE_DATA`` names. Tests that need it are left out where
it is missing, and say so. Of the uploads there is a copy here.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
DATA = Path(os.environ.get("ROLLCALL_CONFORMANCE_DATA") or TESTS.parents[1] / "shared" / "data")
UPLOADS = DATA / "uploads" if (DATA / "uploads").is_dir() else TESTS / "files"
_MISSING = "no conformance data; name its folder in ROLLCALL_CONFORMANCE_DATA"


def needs(path):
    """The mark of tests that need a file or a folder of these."""
    return pytest.mark.skipif(not path.exists(), reason=_MISSING)
