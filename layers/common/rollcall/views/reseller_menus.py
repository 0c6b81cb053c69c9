"""The menu of resellers in the forms of rules and orders: listed where all fit, searched where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.views.blocks import plain_text
from rollcall.views.inputs import MOST_OPTIONS, PLACEHOLDER, option

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rollcall.views.blocks import Element
    from rollcall.views.reader import Reader


def in_order(resellers: Iterable[str], reader: Reader) -> list[str]:
    """Account ids by the names that a reader knows."""
    return sorted(resellers, key=lambda one: (reader.names.get(one) or one).casefold())


def reseller_menu(
    action_id: str,
    resellers: Sequence[str],
    reader: Reader,
    *,
    placeholder: str,
    picked: Sequence[str] = (),
    most: int = 1,
) -> Element:
    """A menu of resellers.

    Args:
        action_id: what it is known by; where they do not fit, the options are asked for by it.
        resellers: account ids, in order; those of a menu that is searched are only counted.
        reader: knows their names.
        placeholder: shown while nothing is picked.
        picked: those that are picked at first.
        most: how many can be picked.
    """
    is_searched, several = len(resellers) > MOST_OPTIONS, "multi_" if most > 1 else ""
    menu: Element = {
        "type": f"{several}{'external' if is_searched else 'static'}_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder, PLACEHOLDER),
        **({"min_query_length": 0} if is_searched else {"options": [_option(one, reader) for one in resellers]}),
    }
    chosen = [_option(one, reader) for one in picked]
    if most > 1:
        return {**menu, "max_selected_items": most, **({"initial_options": chosen} if chosen else {})}
    return {**menu, **({"initial_option": chosen[0]} if chosen else {})}


def reseller_options(typed: str, resellers: Sequence[str], reader: Reader) -> list[dict[str, Any]]:
    """The options of a menu that is searched: the first hundred whose name or id has what was typed in it.

    Args:
        typed: so far.
        resellers: account ids, in order.
        reader: knows their names.
    """
    wanted = typed.strip().casefold()
    found = (one for one in resellers if wanted in f"{reader.names.get(one, '')}\0{one}".casefold())
    return [_option(one, reader) for _, one in zip(range(MOST_OPTIONS), found, strict=False)]


def _option(reseller: str, reader: Reader) -> dict[str, Any]:
    return option(reader.names.get(reseller) or reseller, reseller)
