"""Rules that accept devices without a person: the list of them, and what one would have done (row B16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.views.approvals import who_decided
from rollcall.views.arrivals import WHY
from rollcall.views.blocks import actions, button, confirmation, header, section
from rollcall.views.message import compose
from rollcall.views.pager import pager
from rollcall.views.text import bold, code, count, date, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rollcall.queries import Page
    from rollcall.rules import Rule
    from rollcall.ruling.rehearsing import Rehearsed
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

ADD: Final = "rules.add"
EDIT: Final = "rules.edit"
SWITCH: Final = "rules.switch"
TRY: Final = "rules.try"
DELETE: Final = "rules.delete"
_NAMED: Final = 3

_NEW: Final = (
    "A rule decides nothing about a reseller that is not registered, or is new: until one of you has accepted devices "
    "of theirs, and that cannot be taken back any more."
)


def rule_list(  # noqa: PLR0913 - all but three by name
    page: Page[Rule],
    question: str,
    reader: Reader,
    *,
    day: str,
    known: Collection[str],
    makers: Collection[str],
    cursor: str = "",
    said: str = "",
) -> Message:
    """The rules of a customer.

    Args:
        page: of them, in the order in which they are asked.
        question: the command in canonical form.
        reader: somebody of the customer, who knows the names of colleagues and resellers.
        day: today, ``YYYY-MM-DD``, UTC.
        known: resellers about which a rule may decide: registered, and not new.
        makers: those who may set rules now, as a history has them.
        cursor: that led to this page.
        said: what was just done, as mrkdwn; empty for nothing.
    """
    may = allows(reader.acting.member.role, Act.SET_RULES)
    add = [button("Add rule", ADD, {"a": reader.acting.account}, style="primary")] if may else []
    foot = [*pager(page, question, cursor=cursor), *actions(add), reader.account_line()]
    told = [section(said)] if said else []
    if not page.items:
        text = (
            "No rule decides for your company: every device waits until a person accepts or rejects it.\n"
            "A rule accepts devices by itself within guard rails: from resellers that you name, of models that you "
            "name, of orders that you announced, and so many at the most. "
            f"{reader.usage('approvals orders')} shows your orders."
        )
        return compose(f"{said}\n{text}".strip(), [*told, section(text)], foot)
    body = [*told, header("Rules, in the order in which they are asked")]
    lines = [said] if said else []
    for rule in page.items:
        text = "\n".join(_lines(rule, reader, day=day, known=known, makers=makers))
        lines.append(text)
        body += [section(text), *actions(_buttons(rule) if may else [])]
    return compose("\n".join(lines), body, foot)


def rule_text(rule: Rule, reader: Reader) -> str:
    """What a rule accepts, as mrkdwn."""
    resellers = ", ".join(reader.company(one) for one in rule.resellers)
    models = "models " + ", ".join(code(model, 40) for model in rule.models) if rule.models else "any model"
    orders = "only of announced orders that have room" if rule.needs_order else "whatever the order"
    caps = f"at most {count(rule.per_upload)} of an upload and {count(rule.per_day)} a day (UTC)"
    return f"From {resellers} · {models} · {orders} · {caps}"


def rehearsed(played: Rehearsed, reader: Reader) -> Message:
    """What a rule would have done in the last 30 days.

    Args:
        played: it.
        reader: somebody of the customer.
    """
    rule = played.rule
    name = bold(plain(rule.name))
    among = "the first " if played.cut else ""
    if played.seen:
        first = (
            f"{name} would have accepted {bold(count(played.taken))} of {among}{count(played.seen, 'device')} "
            f"that came from {_resellers(rule, reader)} in the last 30 days."
        )
    else:
        first = f"Nothing came from {_resellers(rule, reader)} in the last 30 days, so {name} would have done nothing."
    lines = [first]
    if played.rejected:
        lines.append(f"⚠ {count(played.rejected)} of them somebody has rejected.")
    if played.left:
        lines.append(f"{count(sum(played.left.values()))} it would have left to a person:")
    for hindered, number in sorted(played.left.items(), key=lambda pair: (-pair[1], pair[0])):
        shown = ", ".join(code(one) for one in played.samples.get(hindered, ())[:_NAMED])
        lines.append(f"• {count(number)}: {WHY[hindered]} ({shown}{', …' if number > _NAMED else ''})")
    if played.strangers:
        who = ", ".join(reader.company(one) for one in played.strangers)
        lines.append(f"⚠ It decides nothing about {who} yet. {_NEW}")
    state = "It is on." if rule.on else "It is off, and nothing was changed."
    lines.append(f"{rule_text(rule, reader)}\n{state}")
    switch = [] if rule.on else [_switch(rule)]
    foot = [*actions([*switch, _edit(rule)]), reader.account_line()]
    return compose("\n".join(lines), [section("\n".join(lines))], foot)


def trying(rule: Rule, reader: Reader, *, said: str) -> Message:
    """A rule is stored, and tried.

    Args:
        rule: as stored.
        reader: who set it.
        said: what was stored.
    """
    text = (
        f"{said}\n{rule_text(rule, reader)}\n"
        "What it would have accepted in the last 30 days comes into your messages with me in a moment"
        f"{'' if rule.on else ', with the button that switches it on'}."
    )
    return compose(text, [section(text)], [reader.account_line()])


def switched(rule: Rule, reader: Reader) -> str:
    """What was switched, as mrkdwn."""
    name = bold(plain(rule.name))
    if not rule.on:
        return f"{name} is off: it decides nothing any more. What it decided stays."
    who = plain(reader.acting.member.name)
    return f"{name} is on: from the next upload on it accepts what it may, in the name of {who}."


def deleted(rule: Rule) -> str:
    """What was deleted, as mrkdwn."""
    return f"{bold(plain(rule.name))} is deleted. What it decided stays, and names it."


def said(text: str, reader: Reader) -> Message:
    """One sentence of ours, as mrkdwn."""
    return compose(text, [section(text)], [reader.account_line()])


def _resellers(rule: Rule, reader: Reader) -> str:
    return ", ".join(reader.company(one) for one in rule.resellers)


def _lines(rule: Rule, reader: Reader, *, day: str, known: Collection[str], makers: Collection[str]) -> Sequence[str]:
    state = "✓ on" if rule.on else "off"
    today = f" · {count(rule.taken_on(day))} accepted today" if rule.on else ""
    who = who_decided(rule.by, rule.customer, reader)
    lines = [f"{bold(plain(rule.name))} · {state}{today}", rule_text(rule, reader)]
    if rule.by not in makers:
        lines.append(f"⚠ {who} may not set rules any more, so it decides nothing. Save it again to answer for it.")
    strangers = [one for one in rule.resellers if one not in known]
    if strangers:
        lines.append(f"⚠ {', '.join(map(reader.company, strangers))}: not yet. {_NEW}")
    lines.append(f"{code(rule.id)} version {rule.version}, set by {who} · {date(rule.at)}")
    return lines


def _buttons(rule: Rule) -> list[Element]:
    sure = confirmation(
        f"Delete {rule.name}?",
        "It decides nothing any more. What it decided stays, and names it.",
        confirm="Delete",
    )
    return [
        _switch(rule),
        _edit(rule),
        button("Try it", TRY, _value(rule), label=f"Try rule {rule.name} on the last 30 days"),
        button("Delete", DELETE, _value(rule), style="danger", label=f"Delete rule {rule.name}", confirm=sure),
    ]


def _edit(rule: Rule) -> Element:
    return button("Edit", EDIT, _value(rule), label=f"Edit rule {rule.name}")


def _switch(rule: Rule) -> Element:
    if rule.on:
        return button("Switch off", SWITCH, {**_value(rule), "on": 0}, label=f"Switch rule {rule.name} off")
    sure = confirmation(
        f"Switch {rule.name} on?",
        "From the next upload on it accepts what it may, in your name, without asking. You can take that back as any "
        "decision, and switch it off here.",
        confirm="Switch on",
    )
    return button(
        "Switch on",
        SWITCH,
        {**_value(rule), "on": 1},
        style="primary",
        label=f"Switch rule {rule.name} on",
        confirm=sure,
    )


def _value(rule: Rule) -> dict[str, object]:
    return {"a": rule.customer, "r": rule.id, "v": rule.version}
