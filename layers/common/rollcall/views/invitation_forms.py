"""The forms that ask for a code, and for the company that is to be invited (row B25)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.invitations import LONGEST_NAME, Invited
from rollcall.views.inputs import form, input_block, menu, option, text_input
from rollcall.views.invitations import INVITE_COMPANY, JOIN
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.views.blocks import Block
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

    View = dict[str, Any]

#: Their blocks.
CODE, KIND, COMPANY, REFERENCE = "code", "kind", "company", "reference"
LONGEST_REFERENCE: Final = 100
_LONGEST_CODE: Final = 300


def join_form(say: Wording = ENGLISH) -> View:
    """Asks for a code."""
    text = text_input(CODE, longest=_LONGEST_CODE, placeholder="J-7K3F-9QMC-2V5R-8TXA")
    hint = say("16 characters behind J-. Dashes, blanks and small letters do not matter.")
    return form(
        JOIN,
        say("Join with a code"),
        [input_block(CODE, say("Your code"), text, hint=hint)],
        submit=say("Join"),
        say=say,
    )


def company_form(reader: Reader | None) -> View:
    """Asks for the company that is to be invited.

    Args:
        reader: an admin of the reseller that invites a customer; None for an operator, who picks the kind.
    """
    say = reader.say if reader else ENGLISH
    kinds = [option(kind.value.capitalize(), kind.value) for kind in (Invited.CUSTOMER, Invited.RESELLER)]
    blocks: list[Block] = []
    if reader is None:
        blocks.append(input_block(KIND, say("Kind"), menu(KIND, kinds, placeholder=say("Reseller or customer"))))
    blocks.append(input_block(COMPANY, say("Company name"), text_input(COMPANY, longest=LONGEST_NAME)))
    if reader:
        reference = text_input(REFERENCE, longest=LONGEST_REFERENCE)
        blocks.append(input_block(REFERENCE, say("Your own reference for it"), reference, optional=True))
        blocks.append(reader.account_line())
    account = reader.acting.account if reader else ""
    return form(INVITE_COMPANY, say("Invite a company"), blocks, submit=say("Make a code"), metadata=account, say=say)
