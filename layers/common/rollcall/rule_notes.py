"""What a device's history says of the rule that accepted it, and how people read it (row B16)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.decisions import Decision

_PERSON: Final = re.compile(r" of (person:[^ ]+) since ")


def rule_note(decision: Decision) -> str:
    """Which rule decided, in which version, and who answers for it since when; empty where a person decided."""
    kind, _, which = decision.by.partition(":")
    if kind != "rule":
        return decision.rule
    id_, _, version = which.partition(":")
    return f"rule {decision.rule} ({id_}, version {version}) of {decision.rule_by} since {decision.rule_at}"


def readable(note: str, names: Mapping[str, str]) -> str:
    """A note with the name of who answers for the rule.

    Args:
        note: as a history has it.
        names: ``person:<team>:<user>`` → how they are called; of others is said that they are a colleague.
    """
    return _PERSON.sub(lambda found: f" of {names.get(found[1], 'a colleague')} since ", note)
