"""Tools that work on the repository and on a deployment; nothing that runs in AWS imports them."""

from __future__ import annotations

import sys
from pathlib import Path

#: Root of the repository.
ROOT = Path(__file__).resolve().parent.parent

# The layer is a folder of the repository, not an installed package: `python -m ops.docs` finds it here.
_LAYER = str(ROOT / "layers" / "common")
if _LAYER not in sys.path:
    sys.path.insert(0, _LAYER)
