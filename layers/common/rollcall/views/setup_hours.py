"""The forms about an account's hours: its time zone, and when it is reminded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall import reminders
from rollcall.accounts import Customer
from rollcall.hours import FROM, UNTIL
from rollcall.views.inputs import checkbox, form, input_block, menu, option, text_input
from rollcall.views.setup import HOURS, LANGUAGE, REMINDERS
from rollcall.views.setup_language import language_form
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.accounts import Reseller
    from rollcall.views.blocks import Block
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

    View = dict[str, Any]

#: Blocks of the forms.
ZONE, DIGEST, ONCE, AGAIN, ESCALATE = "zone", "digest", "once", "again", "escalate"
#: Characters of the longest name of a time zone, with room for more.
LONGEST_ZONE: Final = 60


def form_of(action_id: str, company: Reseller | Customer, reader: Reader, metadata: str) -> View | None:
    """The form that a button asks for; None where the company has none."""
    if action_id == LANGUAGE:
        return language_form(company, reader, metadata)
    if action_id == HOURS:
        return hours_form(company, reader, metadata)
    return reminders_form(company, reader, metadata) if isinstance(company, Customer) else None


def hours_form(company: Reseller | Customer, reader: Reader, metadata: str) -> View:
    """Asks for the time zone, and whether the weekly digest is wanted."""
    say = reader.say
    field = text_input(ZONE, longest=LONGEST_ZONE, placeholder="Europe/Berlin", initial=company.time_zone)
    hint = say(
        "A region and a city. With it, nobody is reminded of anything outside {begin}:00 to {until}:00 "
        "from Monday to Friday there. Empty: at any hour, since yours are not known.",
        begin=FROM,
        until=UNTIL,
    )
    weekly = say("Tell us on Mondays how good the uploads of the week before were")
    blocks = [
        input_block(ZONE, say("Time zone"), field, optional=True, hint=hint),
        input_block(
            DIGEST, say("Weekly digest"), checkbox(DIGEST, weekly, "yes", ticked=company.digest), optional=True
        ),
        reader.account_line(),
    ]
    return form(HOURS, say("Time zone and digest"), blocks, submit=say("Save"), metadata=metadata, say=say)


def reminders_form(customer: Customer, reader: Reader, metadata: str) -> View:
    """Asks when a customer is to be reminded of what waits for its decision."""
    say = reader.say
    rules = customer.reminding
    blocks = [
        _hours(ONCE, say("First reminder to your approvers"), reminders.FIRST, rules.first, say=say),
        _hours(AGAIN, say("Second reminder"), reminders.SECOND, rules.second, say=say),
        _hours(
            ESCALATE,
            say("Your admins are told"),
            reminders.ESCALATION,
            rules.escalation,
            hint=say("So is whoever uploaded, once. One message tells of all that waits, at most one a day."),
            say=say,
        ),
        reader.account_line(),
    ]
    return form(REMINDERS, say("Reminders"), blocks, submit=say("Save"), metadata=metadata, say=say)


def _hours(
    block_id: str, label: str, choices: Sequence[int], picked: int, *, hint: str = "", say: Wording = ENGLISH
) -> Block:
    never, usual, *_ = choices
    options = [
        *(
            option(say("After {number} hours", number=one) + (" " + say("(usual)") if one == usual else ""), str(one))
            for one in sorted(choices)[1:]
        ),
        option(say("Never"), str(never)),
    ]
    return input_block(
        block_id, label, menu(block_id, options, placeholder=say("When"), initial=str(picked)), hint=hint
    )
