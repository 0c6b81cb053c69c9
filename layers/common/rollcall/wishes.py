"""What somebody wants done with the files they send, and whether that can be done (rows P8 to P10, B5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rollcall.layout import MANY, parse_order_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.accounts import Link, Reseller

CUSTOMER: Final = "customer"
STC: Final = "stc"
ORDER_NUMBER: Final = "order_number"
ORDER_DATE: Final = "order_date"

#: Characters of an order number that stands for a whole file.
LONGEST_ORDER: Final = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, as it was asked.

    Attributes:
        customer: account or MSP id, ``_many`` where each row names its own; empty if none was picked.
        stc: alias of a sold-to code.
        order_number: for rows that have none of their own.
        order_date: likewise, ISO 8601.
        check_only: judge and store nothing.
    """

    customer: str = ""
    stc: str = ""
    order_number: str = ""
    order_date: str = ""
    check_only: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """A wish that can be granted.

    Attributes:
        customer: account id; None where each row names its customer.
        stc: the sold-to code in force; empty if none is.
        order_number: without white space around it.
        order_date: ``YYYY-MM-DD`` or empty.
        check_only: judge and store nothing.
    """

    customer: str | None
    stc: str
    order_number: str
    order_date: str
    check_only: bool


def settle(
    wish: Wish, reseller: Reseller, links: Mapping[str, Link], say: Callable[..., str] = str.format
) -> Settled | dict[str, str]:
    """Checks a wish against what is stored now.

    Args:
        wish: what was asked for.
        reseller: who asks.
        links: its customers by account and MSP id.
        say: in the reader's language; English without it.

    Returns:
        The settled wish, or what is wrong with it: field → one sentence, plain text.
    """
    problems: dict[str, str] = {}
    many = wish.customer == MANY
    link = links.get(wish.customer)
    if not wish.customer:
        problems[CUSTOMER] = say("Pick the customer that the devices are for.")
    elif link is None and not many:
        problems[CUSTOMER] = say("This is none of your customers any more; pick another.")
    elif link and link.is_blocked:
        problems[CUSTOMER] = say("This customer does not accept uploads from you.")
    codes = {code.alias: code.code for code in reseller.sold_to_codes}
    if wish.stc and many:
        problems[STC] = say("A file for many customers takes no sold-to code; clear this field.")
    elif wish.stc and wish.stc not in codes:
        problems[STC] = say("Your company has no such sold-to code any more; pick another.")
    order_number = " ".join(wish.order_number.split())
    if len(order_number) > LONGEST_ORDER:
        told = "An order number has at most {most} characters; this has {length}."
        problems[ORDER_NUMBER] = say(told, most=LONGEST_ORDER, length=len(order_number))
    order_date = parse_order_date(wish.order_date) if wish.order_date.strip() else None
    if wish.order_date.strip() and order_date is None:
        problems[ORDER_DATE] = say("This is no date; write it like 2026-03-01.")
    if problems:
        return problems
    return Settled(
        customer=link.customer if link else None,
        stc="" if many else _code(wish.stc, codes),
        order_number=order_number,
        order_date=order_date.isoformat() if order_date else "",
        check_only=wish.check_only,
    )


def _code(alias: str, codes: Mapping[str, str]) -> str:
    """The code that was picked, or the only one there is (row P9)."""
    if alias:
        return codes[alias]
    return next(iter(codes.values())) if len(codes) == 1 else ""
