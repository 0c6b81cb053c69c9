"""Upload ids: ``U-7K3F-9QMC-2V5R-8TXA``, short enough to read out on the phone.

Sixteen Crockford base-32 characters carry 80 bits: with a billion uploads the chance that any two share an id is
below one in two million.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
#: The fewest characters by which a person may name an upload.
SHORTEST_PREFIX: Final = 6

_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": ""})
_TYPED: Final = re.compile(r"\s*[Uu][-\s]?([0-9A-Za-z][0-9A-Za-z\s-]*)")


def crockford(data: bytes, length: int) -> str:
    """The first ``5 * length`` bits of ``data`` in Crockford's base 32."""
    number = int.from_bytes(data, "big") >> (len(data) * 8 - 5 * length)
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(length)))


def derive(*, bucket: str, key: str, version: str) -> str:
    """The id of the upload that one version of one object is.

    The same event delivered twice gives the same id, and every version is an upload of its own.
    """
    digest = hashlib.sha256(f"{bucket}\x00{key}\x00{version}".encode()).digest()
    return display(crockford(digest, LENGTH))


def drawn(data: bytes) -> str:
    """The id that ten random bytes are, for an upload whose file is still to come."""
    return display(crockford(data, LENGTH))


def display(characters: str) -> str:
    """Sixteen characters in groups of four behind ``U-``."""
    return "U-" + "-".join(characters[start : start + 4] for start in range(0, len(characters), 4))


def understand(text: str) -> str | None:
    """What a person typed, as the beginning of an id in its displayed form.

    Case, dashes, and the letters that look like digits (O, I, L) do not matter.

    Returns:
        A prefix of at least six characters to compare displayed ids with, a whole id if all sixteen were typed, or
        None where the text cannot be an upload id.
    """
    match = _TYPED.fullmatch(text)
    if not match:
        return None
    characters = "".join(match[1].split()).upper().translate(_LOOKALIKES)
    if not SHORTEST_PREFIX <= len(characters) <= LENGTH or not set(characters) <= set(ALPHABET):
        return None
    return display(characters)
