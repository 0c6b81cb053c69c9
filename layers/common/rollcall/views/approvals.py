"""What a customer sees of devices that wait for its decision, and of what was decided (rows P21, P22, P25, B6, B7)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.views.blocks import actions, button, confirmation, header, overflow, section, value_of
from rollcall.views.message import compose
from rollcall.views.pager import pager
from rollcall.views.text import bold, code, count, date

if TYPE_CHECKING:
    from rollcall.decided import Record
    from rollcall.queries import Page
    from rollcall.standing import Standing
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

ACCEPT_ALL: Final = "approvals.accept_all"
REJECT_ALL: Final = "approvals.reject_all"
REVIEW: Final = "approvals.review"
UNDO: Final = "approvals.undo"
#: The most devices of a registered reseller that a click accepts without a form.
AT_THE_CLICK: Final = 50
#: What an entry of the menu behind three dots asks for.
PART: Final = "p"
WHO: Final = "w"
_MODELS: Final = 3
_LONGEST_REASON: Final = 300
_DOUBTED: Final = "not recognised by the manufacturer's registry"
_PAST: Final = {DecisionKind.ACCEPT: "accepted", DecisionKind.REJECT: "rejected"}
_DOING: Final = {DecisionKind.ACCEPT: "accepting", DecisionKind.REJECT: "rejecting", DecisionKind.UNDO: "taking back"}


def upload_message(standing: Standing, reader: Reader, *, now: str) -> Message:
    """The customer's message about one upload: its own part.

    Args:
        standing: as it is now.
        reader: somebody of the customer.
        now: UTC.
    """
    headline = _headline(standing, reader)
    lines = [bold(headline), _what(standing, reader), *_state(standing, reader, now=now)]
    buttons = _buttons(standing, reader, now=now)
    text = "\n".join([headline, *lines[2:]])
    return compose(text, [section("\n".join(lines))], [*actions(buttons), reader.account_line()])


def pending_list(page: Page[Standing], question: str, reader: Reader, *, now: str, cursor: str = "") -> Message:
    """What waits, by reseller and upload (row P21).

    Args:
        page: parts of uploads in which something waits, or that somebody can still take a decision on back.
        question: the command in canonical form.
        reader: somebody of the customer.
        now: UTC.
        cursor: that led to this page.
    """
    foot = [*pager(page, question, cursor=cursor), reader.account_line()]
    if not page.items:
        nothing = "Nothing waits for your decision."
        if page.after:
            nothing += " *Next* looks through older uploads."
        else:
            nothing += " New devices appear here, and in your company's channel, when they are uploaded."
        return compose(nothing, [section(nothing)], foot)
    total = sum(one.pending.total for one in page.items)
    headline = f"{count(total, 'device')} waiting for your decision"
    ordered = sorted(page.items, key=lambda one: one.pending.reseller)
    body = [header(headline)]
    text = [headline]
    for reseller, parts in groupby(ordered, key=lambda one: one.pending.reseller):
        body.append(section(f"From {bold(reader.company(reseller))}"))
        for one in parts:
            line = "\n".join([_what(one, reader), *_state(one, reader, now=now)])
            text.append(line)
            body += [section(line), *actions(_buttons(one, reader, now=now))]
    return compose("\n".join(text), body, foot)


def decided_line(record: Record, reader: Reader, *, now: str) -> str:
    """Who decided what and when, and until when it can be taken back, as mrkdwn.

    Args:
        record: the decision.
        reader: of either side.
        now: UTC.
    """
    decision = record.decision
    who = who_decided(decision.by, decision.customer, reader)
    how = f" by the rule {code(decision.rule)}" if decision.rule else ""
    line = f"{count(record.devices, 'device')} {_PAST[decision.kind]} by {who}{how} · {date(decision.at)}"
    if decision.reason:
        line += f"\nReason: {code(decision.reason, _LONGEST_REASON)}"
    if record.undone:
        return f"{line}\nTaken back by {who_decided(record.undone.by, decision.customer, reader)} · " + date(
            record.undone.at
        )
    return f"{line}\n{until_line(decision.until, now=now)}"


def until_line(until: str, *, now: str) -> str:
    """Until when a decision can be taken back."""
    return f"May be undone until {date(until)}" if until > now else "This is final"


def who_decided(by: str, customer: str, reader: Reader) -> str:
    """Somebody of a customer, as mrkdwn."""
    return reader.actor(by, of_reseller=False, company=customer)


def undo_button(decision: str, what: str = "") -> Element:
    """The button that takes a decision back; whether that may be is asked when it is clicked."""
    return button("Undo", UNDO, {"d": decision}, label=f"Undo {what}".strip())


def models(standing: Standing) -> str:
    """How many of which model, the three most frequent first, as mrkdwn."""
    named = sorted(standing.pending.by_model.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{count(number)} {code(model, 40) if model else 'without a model'}" for model, number in named[:_MODELS]]
    more = len(named) - len(shown)
    return ", ".join([*shown, *([f"and {count(more, 'more model')}"] if more else [])])


def aside(standing: Standing) -> list[str]:
    """How many devices of a part nobody can decide about, by reason."""
    others = max(standing.gone - standing.removed, 0)
    return [
        *([f"{count(others)} rejected or being exchanged"] if others else []),
        *([f"{count(standing.removed)} deleted by the reseller"] if standing.removed else []),
        *([f"{count(standing.unrecognised)} {_DOUBTED}"] if standing.unrecognised else []),
    ]


def _headline(standing: Standing, reader: Reader) -> str:
    reseller = reader.company(standing.pending.reseller)
    if standing.pending.total:
        wait = "waits" if standing.pending.total == 1 else "wait"
        return f"{count(standing.pending.total, 'device')} from {reseller} {wait} for your decision"
    if standing.removed >= standing.stored:
        return f"{count(standing.stored, 'device')} from {reseller}: deleted by the reseller"
    if standing.unrecognised:
        return f"{count(standing.unrecognised, 'device')} from {reseller} {_DOUBTED}: nothing to decide yet"
    return f"{count(standing.stored, 'device')} from {reseller}: all decided"


def _what(standing: Standing, reader: Reader) -> str:
    parts = [f"{count(standing.stored, 'device')} in {code(standing.file_name or standing.upload)}"]
    if standing.order_number:
        parts.append(f"order {code(standing.order_number, 40)}")
    else:
        orders = [order for order in standing.pending.by_order if order]
        if orders:
            more = f" and {count(len(orders) - 1, 'more order')}" if len(orders) > 1 else ""
            parts.append(f"order {code(orders[0], 40)}{more}")
    parts += [f"by {reader.company(standing.pending.reseller)}", date(standing.uploaded_at), code(standing.upload)]
    return " · ".join(parts)


def _state(standing: Standing, reader: Reader, *, now: str) -> list[str]:
    lines = []
    if standing.pending.total and standing.pending.by_model:
        lines.append(models(standing))
    if standing.pending.total and not standing.registered:
        lines.append(
            f"⚠ {reader.company(standing.pending.reseller)} is not among your registered resellers: "
            "accepting asks first what to do about that."
        )
    counts = [
        f"{count(standing.pending.total)} waiting",
        *([f"{count(standing.verified)} accepted"] if standing.verified else []),
        *aside(standing),
    ]
    if len(counts) > 1:
        lines.append(", ".join(counts))
    if standing.unrecognised:
        lines.append("What the registry does not recognise cannot be accepted; you hear of it when that changes.")
    if standing.last and standing.deciding and not standing.last.undone:
        decision = standing.last.decision
        who = who_decided(decision.by, decision.customer, reader)
        lines.append(f"… {who} is {_DOING[decision.kind]} them now; this message follows.")
    elif standing.last:
        lines.append(decided_line(standing.last, reader, now=now))
    return lines


def _buttons(standing: Standing, reader: Reader, *, now: str) -> list[Element]:
    """No rights are in them; a viewer of a channel sees them as everybody does, and is answered when clicking."""
    buttons: list[Element] = []
    shown = {"u": standing.upload, "v": standing.pending.version}
    number = count(standing.pending.total)
    if standing.pending.total and not standing.deciding:
        company = reader.names.get(standing.pending.reseller) or standing.pending.reseller
        sure = None
        if standing.registered and standing.pending.total <= AT_THE_CLICK:
            sure = confirmation(
                f"Accept {count(standing.pending.total, 'device')}?",
                f"They came from {company} and become yours. You can take that back for a while.",
                confirm=f"Accept {number}",
            )
        many = len(standing.pending.by_model) > 1 or len(standing.pending.by_order) > 1
        buttons = [
            button(
                f"Accept {number}",
                ACCEPT_ALL,
                shown,
                style="primary",
                label=f"Accept {number} devices of {standing.upload}",
                confirm=sure,
            ),
            button("Review", REVIEW, shown, label=f"Review {standing.upload}"),
            overflow(
                REJECT_ALL,
                [
                    ("Reject…", value_of(shown)),
                    *([("Accept a part…", value_of({**shown, "k": PART}))] if many else []),
                    ("Who can approve this?", value_of({**shown, "k": WHO})),
                ],
            ),
        ]
    if standing.last and standing.is_open(now) and not standing.deciding:
        what = f"{_PAST[standing.last.decision.kind]} devices of {standing.upload}"
        buttons.append(undo_button(standing.last.decision.id, what))
    return buttons


def only_customers(reader: Reader) -> Message:
    """What somebody of a reseller is told who asks for what waits."""
    text = "Decisions are the customer's. " + f"{reader.usage('uploads list')} shows how far your uploads are."
    return compose(text, [section(text)], [reader.account_line()])


def typed_elsewhere(reader: Reader, example: str) -> Message:
    """What somebody is told whose decision was typed where no decision is taken."""
    text = f"Decisions are taken by a button, or by a slash command such as {reader.usage(example)}."
    return compose(text, [section(text)], [reader.account_line()])
