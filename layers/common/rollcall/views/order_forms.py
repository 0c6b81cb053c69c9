"""The form in which an order is announced (row B17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.orders import LARGEST_QUANTITY, LONGEST_NUMBER
from rollcall.views.blocks import section, value_of
from rollcall.views.inputs import date_input, form, input_block, text_input
from rollcall.views.orders import ANNOUNCE, EDIT
from rollcall.views.reseller_menus import reseller_menu
from rollcall.views.text import bold, code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.orders import Order
    from rollcall.views.reader import Reader

#: Blocks of the form.
RESELLER, NUMBER, QUANTITY = "order_reseller", "order_number", "order_quantity"
MODELS, DUE = "order_models", "order_due"
LONGEST_MODELS: Final = 2_000
_DIGITS: Final = 9


def order_form(
    resellers: Sequence[str], reader: Reader, metadata: str, *, order: Order | None = None
) -> dict[str, Any]:
    """Asks for an order.

    Args:
        resellers: account ids of those that reach the customer and are not blocked.
        reader: an approver.
        metadata: the account, and of an order that is changed its id and version.
        order: as it is; None for a new one. Its reseller and number stay.
    """
    say = reader.say
    if order:
        what = [
            section(
                say(
                    "Order {number} from {company}",
                    number=bold(code(order.number, LONGEST_NUMBER)),
                    company=reader.company(order.reseller),
                )
            )
        ]
    else:
        pick = reseller_menu(RESELLER, resellers, reader, placeholder=say("Reseller"))
        what = [
            input_block(RESELLER, say("From"), pick),
            input_block(
                NUMBER,
                say("Order number"),
                text_input(NUMBER, longest=LONGEST_NUMBER),
                hint=say("As the reseller writes it; small and capital letters and spaces do not matter."),
            ),
        ]
    blocks = [
        *what,
        input_block(
            QUANTITY,
            say("Devices"),
            text_input(QUANTITY, longest=_DIGITS, initial=str(order.quantity) if order else ""),
            hint=say("How many you expect, up to {number}.", number=say.count(LARGEST_QUANTITY)),
        ),
        input_block(
            MODELS,
            say("Models"),
            {
                **text_input(MODELS, longest=LONGEST_MODELS, initial="\n".join(order.models) if order else ""),
                "multiline": True,
            },
            hint=say(
                "Whole names as in the lists, or TACs (the first 8 digits of the IMEI), one a line. Empty: any model."
            ),
            optional=True,
        ),
        input_block(
            DUE,
            say("Expected by"),
            date_input(DUE, initial=order.due if order else ""),
            hint=say("If devices are missing when this day is over, you are told, once."),
            optional=True,
        ),
        reader.account_line(),
    ]
    title = say("Edit order") if order else say("Announce order")
    return form(EDIT if order else ANNOUNCE, title, blocks, submit=say("Save"), metadata=metadata, say=say)


def metadata(account: str, id_: str, version: int) -> str:
    """What the form carries: the account, and of an order that is changed its id and the version that was shown."""
    return value_of({"a": account, **({"o": id_, "v": version} if id_ else {})})
