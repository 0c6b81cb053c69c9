"""What a customer sees of devices that wait for its decision, and of what was decided (rows P21, P22, P25, B6, B7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.decisions import DecisionKind
from rollcall.views.arrivals import left_line, order_lines
from rollcall.views.blocks import actions, button, confirmation, overflow, section, value_of
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.decided import Record, Undone
    from rollcall.standing import Standing
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

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
_DOUBTED: Final = "{number} not recognised by the manufacturer's registry"
_PAST: Final = {DecisionKind.ACCEPT: "{number} accepted by {who}", DecisionKind.REJECT: "{number} rejected by {who}"}
_DOING: Final = {
    DecisionKind.ACCEPT: "… {who} is accepting them now; this message follows.",
    DecisionKind.REJECT: "… {who} is rejecting them now; this message follows.",
    DecisionKind.UNDO: "… {who} is taking them back now; this message follows.",
}


def upload_message(standing: Standing, reader: Reader, *, now: str) -> Message:
    """The customer's message about one upload: its own part.

    Args:
        standing: as it is now.
        reader: somebody of the customer.
        now: UTC.
    """
    headline = _headline(standing, reader)
    lines = [bold(headline), upload_line(standing, reader), *state_lines(standing, reader, now=now)]
    buttons = decision_buttons(standing, reader, now=now)
    text = "\n".join([headline, *lines[2:]])
    automatic = [
        section(decided_line(one, reader, now=now), undo_rule(one, reader, now=now)) for one in standing.automatic
    ]
    text = "\n".join([text, *(decided_line(one, reader, now=now) for one in standing.automatic)])
    return compose(
        text, [section("\n".join(lines)), *automatic], [*actions(buttons), reader.account_line()], say=reader.say
    )


def decided_line(record: Record, reader: Reader, *, now: str) -> str:
    """Who decided what and when, and until when it can be taken back, as mrkdwn.

    Args:
        record: the decision.
        reader: of either side.
        now: UTC.
    """
    decision, say = record.decision, reader.say
    who = who_decided(decision.by, decision.customer, reader)
    if decision.rule and not reader.is_reseller:  # by which rules is the customer's own business
        whose = who_decided(decision.rule_by, decision.customer, reader)
        who = say("the rule {rule} of {whose}", rule=code(decision.rule, 60), whose=whose)
    number = say.count(record.devices, "device")
    lines = [f"{say(_PAST[decision.kind], number=number, who=who)} · {say.date(decision.at)}"]
    if decision.reason:
        lines.append(say("Reason: {reason}", reason=code(decision.reason, _LONGEST_REASON)))
    if record.undone:
        lines.append(taken_back_line(record.undone, decision.customer, reader))
    else:
        lines.append(until_line(decision.until, now=now, say=say))
    return "\n".join(lines)


def taken_back_line(undone: Undone, customer: str, reader: Reader) -> str:
    """Who took a decision back, as mrkdwn."""
    who = who_decided(undone.by, customer, reader)
    return f"{reader.say('Taken back by {who}', who=who)} · {reader.say.date(undone.at)}"


def until_line(until: str, *, now: str, say: Wording = ENGLISH) -> str:
    """Until when a decision can be taken back."""
    return say("May be undone until {until}", until=say.date(until)) if until > now else say("This is final")


def who_decided(by: str, customer: str, reader: Reader) -> str:
    """Somebody of a customer, as mrkdwn."""
    return reader.actor(by, of_reseller=False, company=customer)


def undo_button(
    decision: str, what: str = "", *, say: Wording = ENGLISH, back: Mapping[str, object] | None = None
) -> Element:
    """The button that takes a decision back; whether that may be is asked when it is clicked.

    Args:
        decision: its id.
        what: says in full what is undone, for a screen reader; empty for no more than the button.
        say: in the reader's language.
        back: the list that it stands in; see `decision_buttons`.
    """
    return button(say("Undo"), UNDO, {"d": decision, **(back or {})}, label=what or say("Undo"))


def undo_rule(record: Record, reader: Reader, *, now: str, back: Mapping[str, object] | None = None) -> Element | None:
    """The button that takes back what a rule decided, while that may be."""
    if record.undone or record.decision.until <= now:
        return None
    what = reader.say("Undo what rule {rule} accepted", rule=record.decision.rule)
    return undo_button(record.decision.id, what, say=reader.say, back=back)


def models(standing: Standing, say: Wording = ENGLISH) -> str:
    """How many of which model, the three most frequent first, as mrkdwn."""
    named = sorted(standing.pending.by_model.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [
        f"{say.count(number)} {code(model, 40) if model else say('without a model')}"
        for model, number in named[:_MODELS]
    ]
    more = len(named) - len(shown)
    return ", ".join([*shown, *([say("and {more}", more=say.count(more, "more model"))] if more else [])])


def aside(standing: Standing, say: Wording = ENGLISH) -> list[str]:
    """How many devices of a part nobody can decide about, by reason."""
    others = max(standing.gone - standing.removed, 0)
    reasons = (
        (others, "{number} rejected or being exchanged"),
        (standing.removed, "{number} deleted by the reseller"),
        (standing.unrecognised, _DOUBTED),
    )
    return [say(reason, number=say.count(number)) for number, reason in reasons if number]


def _headline(standing: Standing, reader: Reader) -> str:
    say, reseller = reader.say, reader.company(standing.pending.reseller)
    stored = say.count(standing.stored, "device")
    if standing.pending.total == 1:
        return say("1 device from {reseller} waits for your decision", reseller=reseller)
    if standing.pending.total:
        number = say.count(standing.pending.total, "device")
        return say("{number} from {reseller} wait for your decision", number=number, reseller=reseller)
    if standing.removed >= standing.stored:
        return say("{number} from {reseller}: deleted by the reseller", number=stored, reseller=reseller)
    if standing.unrecognised:
        return say(
            "{number} from {reseller} not recognised by the manufacturer's registry: nothing to decide yet",
            number=say.count(standing.unrecognised, "device"),
            reseller=reseller,
        )
    return say("{number} from {reseller}: all decided", number=stored, reseller=reseller)


def upload_line(standing: Standing, reader: Reader) -> str:
    """How many devices came in which upload, of which order, from whom and when, as mrkdwn."""
    say = reader.say
    stored, file = say.count(standing.stored, "device"), code(standing.file_name or standing.upload)
    parts = [say("{number} in {file}", number=stored, file=file)]
    if standing.order_number:
        parts.append(say("order {order}", order=code(standing.order_number, 40)))
    else:
        orders = [order for order in standing.pending.by_order if order]
        if orders:
            more = f" {say('and {more}', more=say.count(len(orders) - 1, 'more order'))}" if len(orders) > 1 else ""
            parts.append(f"{say('order {order}', order=code(orders[0], 40))}{more}")
    parts.append(say("by {company}", company=reader.company(standing.pending.reseller)))
    return " · ".join([*parts, say.date(standing.uploaded_at), code(standing.upload)])


def state_lines(standing: Standing, reader: Reader, *, now: str) -> list[str]:
    """What is to be known before somebody decides: models, counts, doubts, orders, what was decided last."""
    lines, say = [], reader.say
    if standing.pending.total and standing.pending.by_model:
        lines.append(models(standing, say))
    if standing.pending.total and not standing.registered:
        unknown = "⚠ {company} is not among your registered resellers: accepting asks first what to do about that."
        lines.append(say(unknown, company=reader.company(standing.pending.reseller)))
    counts = [
        say("{number} waiting", number=say.count(standing.pending.total)),
        *([say("{number} accepted", number=say.count(standing.verified))] if standing.verified else []),
        *aside(standing, say),
    ]
    if len(counts) > 1:
        lines.append(", ".join(counts))
    if standing.unrecognised:
        lines.append(say("What the registry does not recognise cannot be accepted; you hear of it when that changes."))
    lines += order_lines(standing.orders, reader, standing.pending.customer)
    if left := left_line(standing.left, standing.pending.total, say):
        lines.append(left)
    if standing.last and standing.deciding and not standing.last.undone:
        decision = standing.last.decision
        who = who_decided(decision.by, decision.customer, reader)
        lines.append(say(_DOING[decision.kind], who=who))
    elif standing.last:
        lines.append(decided_line(standing.last, reader, now=now))
    return lines


def decision_buttons(
    standing: Standing, reader: Reader, *, now: str, back: Mapping[str, object] | None = None
) -> list[Element]:
    """Accept, review, reject, undo.

    No rights are in them; a viewer of a channel sees them as everybody does, and is answered when clicking.

    Args:
        standing: as it is now.
        reader: somebody of the customer.
        now: UTC.
        back: the list that they stand in, as the buttons of a pager carry it; empty for a message of its own.
    """
    buttons: list[Element] = []
    say = reader.say
    shown = {"u": standing.upload, "v": standing.pending.version}
    number = say.count(standing.pending.total)
    if standing.pending.total and not standing.deciding:
        company = reader.names.get(standing.pending.reseller) or standing.pending.reseller
        sure = None
        if standing.registered and standing.pending.total <= AT_THE_CLICK:
            sure = confirmation(
                say("Accept {number}?", number=say.count(standing.pending.total, "device")),
                say("They came from {company} and become yours. You can take that back for a while.", company=company),
                confirm=say("Accept {number}", number=number),
                deny=say("Cancel"),
                say=say,
            )
        many = len(standing.pending.by_model) > 1 or len(standing.pending.by_order) > 1
        buttons = [
            button(
                say("Accept {number}", number=number),
                ACCEPT_ALL,
                {**shown, **(back or {})},
                style="primary",
                label=say("Accept {number} devices of {upload}", number=number, upload=standing.upload),
                confirm=sure,
            ),
            button(say("Review"), REVIEW, shown, label=say("Review {upload}", upload=standing.upload)),
            overflow(
                REJECT_ALL,
                [
                    (say("Reject…"), value_of(shown)),
                    *([(say("Accept a part…"), value_of({**shown, "k": PART}))] if many else []),
                    (say("Who can approve this?"), value_of({**shown, "k": WHO})),
                ],
            ),
        ]
    if standing.last and standing.is_open(now) and not standing.deciding:
        decision = standing.last.decision
        what = say("Undo what was decided of {upload}", upload=standing.upload)
        buttons.append(undo_button(decision.id, what, say=say, back=back))
    return buttons


def only_customers(reader: Reader) -> Message:
    """What somebody of a reseller is told who asks for what waits."""
    text = reader.say(
        "Decisions are the customer's. {command} shows how far your uploads are.", command=reader.usage("uploads list")
    )
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def typed_elsewhere(reader: Reader, example: str) -> Message:
    """What somebody is told whose decision was typed where no decision is taken."""
    text = reader.say(
        "Decisions are taken by a button, or by a slash command such as {command}.", command=reader.usage(example)
    )
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)
