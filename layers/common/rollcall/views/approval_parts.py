"""The part of an upload that a decision is on: all, or those of one order or model (row B9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.views.inputs import input_block, menu, option
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.standing import Standing
    from rollcall.views.blocks import Block
    from rollcall.views.wording import Wording

#: The field, by block id and action id alike.
WHICH: Final = "which"
ALL: Final = "all"
#: Orders or models to choose from.
_CHOICES: Final = 40


def selection_of(standing: Standing, picked: str) -> tuple[str, str]:
    """The order number and the model that a choice stands for, in the version in which it was made; empty for all.

    Raises:
        ValueError: it is none of the choices.
    """
    if picked in ("", ALL):
        return "", ""
    kind, _, place = picked.partition(":")
    names = _orders(standing) if kind == "o" else _models(standing)
    if not (place.isascii() and place.isdigit() and int(place) < len(names)):
        raise ValueError(f"{picked!r} is no choice of {standing.upload}")
    name = names[int(place)]
    return (name, "") if kind == "o" else ("", name)


def which(standing: Standing, say: Wording = ENGLISH, sent: Mapping[str, Any] | None = None) -> list[Block]:
    """All, or those of one order or model; the choices are numbered within the version that is shown.

    A part that was picked when something else waited is picked again by its name. Where it is there no more, nothing is
    picked: whoever meant a part never decides on all by sending the form again.
    """
    orders, names = _orders(standing), _models(standing)
    by_order, by_model = standing.pending.by_order, standing.pending.by_model
    choices = [option(say("All {number}", number=say.count(standing.pending.total)), ALL)]
    if standing.pending.counted == standing.pending.total:
        if len(standing.pending.by_order) > 1:
            choices += [
                option(say("Order {name} ({number})", name=name, number=say.count(by_order[name])), f"o:{place}")
                for place, name in enumerate(orders)
            ]
        if len(standing.pending.by_model) > 1:
            choices += [
                option(say("Model {name} ({number})", name=name, number=say.count(by_model[name])), f"m:{place}")
                for place, name in enumerate(names)
            ]
    meant = _picked(sent)
    initial = next((one["value"] for one in choices[1:] if _name(one) == meant), "") if meant else ALL
    if len(choices) == 1 and initial:
        return []
    pick = menu(WHICH, choices, placeholder=say("Choose"), initial=initial)
    return [input_block(WHICH, say("Which devices?"), pick)]


def _picked(sent: Mapping[str, Any] | None) -> str:
    """The part that was picked in a form that was sent, by its name; empty for all."""
    state = ((sent or {}).get("state") or {}).get("values") or {}
    option_ = ((state.get(WHICH) or {}).get(WHICH) or {}).get("selected_option") or {}
    return "" if option_.get("value") in (None, ALL) else _name(option_)


def _name(choice_: Mapping[str, Any]) -> str:
    """What a choice is called, without how many devices that were."""
    return str((choice_.get("text") or {}).get("text") or "").rpartition(" (")[0]


def _orders(standing: Standing) -> list[str]:
    return sorted(name for name in standing.pending.by_order if name)[:_CHOICES]


def _models(standing: Standing) -> list[str]:
    """Models of which no name is the beginning of another one: a selection goes by beginnings."""
    names = [name for name in standing.pending.by_model if name]
    alone = [
        name
        for name in names
        if not any(other != name and other.casefold().startswith(name.casefold()) for other in names)
    ]
    return sorted(alone)[:_CHOICES]
