"""Who reads and who acted, in German."""

from __future__ import annotations

from typing import Final

PEOPLE: Final = {
    # -- who reads and who acted ------------------------------------------------------------------------------------
    "API key {name}": "API-Schlüssel {name}",
    "a rule": "einer Regel",
    "a colleague": "jemand aus Ihrem Unternehmen",
    "reseller": "Händler",
    "customer": "Kunde",
    "the rule {rule} of {whose}": "der Regel {rule} von {whose}",
    "and {more}": "und {more}",
    "and {number} more": "und {number} weitere",
    # -- lists --------------------------------------------------------------------------------------------------------
    "{span} of {total}": "{span} von {total}",
}
