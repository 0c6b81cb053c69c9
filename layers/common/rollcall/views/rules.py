"""Rules that accept devices without a person: the list of them, and what one would have done (row B16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.views.approvals import who_decided
from rollcall.views.arrivals import WHY
from rollcall.views.blocks import actions, button, confirmation, header, section
from rollcall.views.message import compose
from rollcall.views.pager import pager
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rollcall.queries import Page
    from rollcall.rehearsals import Rehearsed
    from rollcall.rules import Rule
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

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
    say = reader.say
    may = allows(reader.acting.member.role, Act.SET_RULES)
    add = [button(say("Add rule"), ADD, {"a": reader.acting.account}, style="primary")] if may else []
    foot = [*pager(page, question, cursor=cursor, say=say), *actions(add), reader.account_line()]
    told = [section(said)] if said else []
    if not page.items:
        text = say(
            "No rule decides for your company: every device waits until a person accepts or rejects it.\nA "
            "rule accepts devices by itself within guard rails: from resellers that you name, of models that "
            "you name, of orders that you announced, and so many at the most. {command} shows your orders.",
            command=reader.usage("approvals orders"),
        )
        return compose(f"{said}\n{text}".strip(), [*told, section(text)], foot, say=say)
    body = [*told, header(say("Rules, in the order in which they are asked"))]
    lines = [said] if said else []
    for rule in page.items:
        text = "\n".join(_lines(rule, reader, day=day, known=known, makers=makers))
        lines.append(text)
        body += [section(text), *actions(_buttons(rule, say=say) if may else [])]
    return compose("\n".join(lines), body, foot, say=say)


def rule_text(rule: Rule, reader: Reader) -> str:
    """What a rule accepts, as mrkdwn."""
    say = reader.say
    resellers = ", ".join(reader.company(one) for one in rule.resellers)
    models = say("any model")
    if rule.models:
        models = say("models {models}", models=", ".join(code(model, 40) for model in rule.models))
    orders = say("only of announced orders that have room") if rule.needs_order else say("whatever the order")
    caps = say(
        "at most {number} of an upload and {daily} a day (UTC)",
        number=say.count(rule.per_upload),
        daily=say.count(rule.per_day),
    )
    return say(
        "From {resellers} · {models} · {orders} · {caps}", resellers=resellers, models=models, orders=orders, caps=caps
    )


def rehearsed(played: Rehearsed, reader: Reader) -> Message:
    """What a rule would have done in the last 30 days.

    Args:
        played: it.
        reader: somebody of the customer.
    """
    say = reader.say
    rule = played.rule
    name = bold(plain(rule.name))
    among = say("the first") + " " if played.cut else ""
    if played.seen:
        first = say(
            "{name} would have accepted {number} of {among}{devices} that came from {resellers} in the last 30 days.",
            name=name,
            number=bold(say.count(played.taken)),
            among=among,
            devices=say.count(played.seen, "device"),
            resellers=_resellers(rule, reader),
        )
    else:
        first = say(
            "Nothing came from {resellers} in the last 30 days, so {name} would have done nothing.",
            resellers=_resellers(rule, reader),
            name=name,
        )
    lines = [first]
    if played.rejected:
        lines.append(say("⚠ {number} of them somebody has rejected.", number=say.count(played.rejected)))
    if played.left:
        lines.append(say("{number} it would have left to a person:", number=say.count(sum(played.left.values()))))
    for hindered, number in sorted(played.left.items(), key=lambda pair: (-pair[1], pair[0])):
        shown = ", ".join(code(one) for one in played.samples.get(hindered, ())[:_NAMED])
        lines.append(f"• {say.count(number)}: {say(WHY[hindered])} ({shown}{(', …' if number > _NAMED else '')})")
    if played.strangers:
        who = ", ".join(reader.company(one) for one in played.strangers)
        lines.append(say("⚠ It decides nothing about {who} yet. {new}", who=who, new=say(_NEW)))
    state = say("It is on.") if rule.on else say("It is off, and nothing was changed.")
    lines.append(f"{rule_text(rule, reader)}\n{state}")
    switch = [] if rule.on else [_switch(rule, say=say)]
    foot = [*actions([*switch, _edit(rule, say=say)]), reader.account_line()]
    return compose("\n".join(lines), [section("\n".join(lines))], foot, say=say)


def trying(rule: Rule, reader: Reader, *, said: str) -> Message:
    """A rule is stored, and tried.

    Args:
        rule: as stored.
        reader: who set it.
        said: what was stored.
    """
    say = reader.say
    told = (
        "What it would have accepted in the last 30 days comes into your messages with me in a moment, with the button "
        "that switches it on."
    )
    if rule.on:
        told = "What it would have accepted in the last 30 days comes into your messages with me in a moment."
    text = f"{said}\n{rule_text(rule, reader)}\n{say(told)}"
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def switched(rule: Rule, reader: Reader) -> str:
    """What was switched, as mrkdwn."""
    say = reader.say
    name = bold(plain(rule.name))
    if not rule.on:
        return say("{name} is off: it decides nothing any more. What it decided stays.", name=name)
    who = plain(reader.acting.member.name)
    return say(
        "{name} is on: from the next upload on it accepts what it may, in the name of {who}.", name=name, who=who
    )


def deleted(rule: Rule, say: Wording = ENGLISH) -> str:
    """What was deleted, as mrkdwn."""
    return say("{name} is deleted. What it decided stays, and names it.", name=bold(plain(rule.name)))


def said(text: str, reader: Reader) -> Message:
    """One sentence of ours, as mrkdwn."""
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def _resellers(rule: Rule, reader: Reader) -> str:
    return ", ".join(reader.company(one) for one in rule.resellers)


def _lines(rule: Rule, reader: Reader, *, day: str, known: Collection[str], makers: Collection[str]) -> Sequence[str]:
    say = reader.say
    state = say("✓ on") if rule.on else say("off")
    today = " " + say("· {number} accepted today", number=say.count(rule.taken_on(day))) if rule.on else ""
    who = who_decided(rule.by, rule.customer, reader)
    lines = [f"{bold(plain(rule.name))} · {state}{today}", rule_text(rule, reader)]
    if rule.by not in makers:
        lines.append(
            say("⚠ {who} may not set rules any more, so it decides nothing. Save it again to answer for it.", who=who)
        )
    strangers = [one for one in rule.resellers if one not in known]
    if strangers:
        lines.append(
            say("⚠ {resellers}: not yet. {new}", resellers=", ".join(map(reader.company, strangers)), new=say(_NEW))
        )
    lines.append(
        say(
            "{id} version {version}, set by {who} · {when}",
            id=code(rule.id),
            version=rule.version,
            who=who,
            when=say.date(rule.at),
        )
    )
    return lines


def _buttons(rule: Rule, say: Wording = ENGLISH) -> list[Element]:
    sure = confirmation(
        say("Delete {name}?", name=rule.name),
        say("It decides nothing any more. What it decided stays, and names it."),
        confirm=say("Delete"),
        say=say,
    )
    return [
        _switch(rule, say=say),
        _edit(rule, say=say),
        button(say("Try it"), TRY, _value(rule), label=say("Try rule {name} on the last 30 days", name=rule.name)),
        button(
            say("Delete"),
            DELETE,
            _value(rule),
            style="danger",
            label=say("Delete rule {name}", name=rule.name),
            confirm=sure,
        ),
    ]


def _edit(rule: Rule, say: Wording = ENGLISH) -> Element:
    return button(say("Edit"), EDIT, _value(rule), label=say("Edit rule {name}", name=rule.name))


def _switch(rule: Rule, say: Wording = ENGLISH) -> Element:
    if rule.on:
        return button(
            say("Switch off"), SWITCH, {**_value(rule), "on": 0}, label=say("Switch rule {name} off", name=rule.name)
        )
    sure = confirmation(
        say("Switch {name} on?", name=rule.name),
        say(
            "From the next upload on it accepts what it may, in your name, without asking. You can take that "
            "back as any decision, and switch it off here."
        ),
        confirm=say("Switch on"),
        say=say,
    )
    return button(
        say("Switch on"),
        SWITCH,
        {**_value(rule), "on": 1},
        style="primary",
        label=say("Switch rule {name} on", name=rule.name),
        confirm=sure,
    )


def _value(rule: Rule) -> dict[str, object]:
    return {"a": rule.customer, "r": rule.id, "v": rule.version}
