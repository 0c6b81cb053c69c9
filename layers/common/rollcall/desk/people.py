"""Who asks for something about people, and what of it others are to hear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.accounts import Person
    from rollcall.views.message import Message


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who joins or invites, as the request says.

    Attributes:
        person: who.
        name: what Slack calls them; empty where it does not say.
        team: the workspace that the app was asked in.
    """

    person: Person
    name: str
    team: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the person is answered, and what others are to hear in their messages with us.

    Attributes:
        answer: a message.
        others: whom it concerns, and what they are told.
        joined: who belongs to an account now that did not before; None: nobody.
        problem: why the code is not taken, for the field it was typed in; plain text, empty where it is taken.
    """

    answer: Message
    others: tuple[tuple[Person, Message], ...] = ()
    joined: Person | None = None
    problem: str = ""


def fields_of(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled into a form, by block: typed, picked, or empty."""
    values = (view.get("state") or {}).get("values") or {}
    fields = {}
    for block, states in values.items():
        for state in states.values():
            picked = (state.get("selected_option") or {}).get("value")
            text = (
                state.get("value")
                or picked
                or state.get("selected_user")
                or state.get("selected_date")
                or state.get("selected_conversation")
                or ",".join(one.get("value", "") for one in state.get("selected_options") or ())
            )
            fields[str(block)] = str(text or "")
    return fields
