"""A reseller asks a customer to decide: what the customer is told, and what the reseller is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.approvals import REVIEW
from rollcall.views.blocks import actions, button, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.accounts import Member
    from rollcall.nudges import Nudged
    from rollcall.standing import Standing
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

NUDGE: Final = "uploads.nudge"
WHO: Final = "approvals.who"
_NAMED: Final = 10


def nudge_message(standing: Standing, at: str, reader: Reader) -> Message:
    """What a customer is told. It says what was true when it was asked, so it never has to be changed.

    Args:
        standing: the customer's part, as it is now.
        at: when it was asked, UTC.
        reader: somebody of the customer.
    """
    say = reader.say
    asks = "{company} asks for your decision: {number} of {file}, uploaded {when}, wait as of {asked}."
    if standing.pending.total == 1:
        asks = "{company} asks for your decision: {number} of {file}, uploaded {when}, waits as of {asked}."
    text = say(
        asks,
        company=bold(reader.company(standing.pending.reseller)),
        number=say.count(standing.pending.total, "device"),
        file=code(standing.file_name or standing.upload),
        when=say.date(standing.uploaded_at),
        asked=say.date(at),
    )
    shown = {"u": standing.upload, "v": standing.pending.version}
    waits = say("Show what waits for your decision")
    buttons = [
        button(say("Show what waits"), "uploads.open", {"q": "approvals list"}, label=waits),
        button(say("Review"), REVIEW, shown, label=say("Review {upload}", upload=standing.upload)),
        who_button(standing.upload, say),
    ]
    return compose(text, [section(text)], [*actions(buttons), reader.account_line()], say=say)


def nudge_button(upload: str, say: Wording = ENGLISH) -> Element:
    """The button by which a reseller asks; whether that may be is asked when it is clicked."""
    return button(say("Nudge"), NUDGE, {"u": upload}, label=say("Ask for a decision on {upload}", upload=upload))


def who_button(upload: str, say: Wording = ENGLISH) -> Element:
    """The button that says who may decide."""
    label = say("Who can approve {upload}?", upload=upload)
    return button(say("Who can approve this?"), WHO, {"u": upload}, label=label)


def who(upload: str, able: Mapping[str, Sequence[Member]], further: int, reader: Reader) -> Message:
    """Who can decide on an upload, by name and company.

    Args:
        upload: upload id.
        able: customer id → those who may.
        further: customers of the upload that are not in it.
        reader: of either side.
    """
    say = reader.say
    lines = [say("Who can decide on {upload}:", upload=code(upload))]
    for customer, members in able.items():
        names = ", ".join(bold(plain(member.name or say("a colleague"), 60)) for member in members[:_NAMED])
        more = " " + say("and {number} more", number=say.count(len(members) - _NAMED)) if len(members) > _NAMED else ""
        company = reader.company(customer)
        if members:
            lines.append(f"{company}: {names}{more}")
        elif reader.is_reseller:
            lines.append(say("{company}: nobody yet. It has to name an approver; its admins can.", company=company))
        else:
            lines.append(
                say(
                    "{company}: nobody. An admin has to invite one: {command}",
                    company=company,
                    command=reader.usage("setup members"),
                )
            )
    if further:
        lines.append(say("and {more}", more=say.count(further, "more customer")))
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def answer(upload: str, nudged: Sequence[Nudged], reader: Reader) -> Message:
    """What a reseller is answered who asked.

    Args:
        upload: upload id.
        nudged: customer by customer; none if nothing waits.
        reader: who asked.
    """
    say = reader.say
    if not nudged:
        text = say("Nothing of {upload} waits for a decision, so nobody was asked.", upload=code(upload))
        return compose(text, [section(text)], [reader.account_line()], say=say)
    lines = [_line(one, reader) for one in nudged[:_NAMED]]
    if len(nudged) > _NAMED:
        asked = sum(one.asked for one in nudged[_NAMED:])
        lines.append(
            say(
                "and {more}, of which {number} asked now",
                more=say.count(len(nudged) - _NAMED, "more customer"),
                number=say.count(asked),
            )
        )
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def _line(one: Nudged, reader: Reader) -> str:
    say = reader.say
    company = reader.company(one.customer)
    if one.asked:
        return say(
            "{company} is asked to decide on {devices}. You can ask again {again}.",
            company=company,
            devices=say.count(one.waiting, "device"),
            again=say.date(one.again),
        )
    who = reader.actor(one.by, of_reseller=True, company=reader.acting.account)
    return say(
        "{company} was asked by {who} · {when}. You can ask again {again}.",
        company=company,
        who=who,
        when=say.date(one.at),
        again=say.date(one.again),
    )
