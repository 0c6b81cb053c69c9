"""Looking into a company: the form that asks why, what may be asked then, and what the company hears of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rollcall.insights import LEAST_REASON, MOST_REASON, READING, question_of
from rollcall.views import devices, pager, uploads
from rollcall.views.blocks import actions, context, fits, header, section, value_of
from rollcall.views.inputs import form, input_block, text_input
from rollcall.views.message import compose
from rollcall.views.operator import LOOK_INTO, look_into, open_button
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, date, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rollcall.account_changes import Change
    from rollcall.insights import Insight
    from rollcall.views.blocks import Block, Element
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording

#: Blocks of the form.
ACCOUNT, REASON = "account", "why"
_LONGEST_ID: Final = 65
#: Buttons that ask by a command already: it is asked under the insight from then on.
_ASKING: Final = frozenset({pager.PREVIOUS, pager.NEXT, pager.TABLE, "page.list", uploads.DEVICES})
#: Buttons that name one thing → the question that shows it.
_OPENING: Final = {
    devices.OPEN: "devices find {id}",
    devices.HISTORY: "devices history {id}",
    uploads.OPEN: "uploads {id}",
    uploads.ERRORS: "uploads errors {id}",
}


def ask(account: str = "") -> dict[str, Any]:
    """The form: which company, and why.

    Args:
        account: company id to begin with; empty for none.
    """
    told = (
        "For an hour you may read this company's uploads and devices, and change nothing. Its admins are told at once "
        "who looks and why, and each thing you look at is written into its audit."
    )
    reason: Element = {
        "type": "plain_text_input",
        "action_id": REASON,
        "multiline": True,
        "min_length": LEAST_REASON,
        "max_length": MOST_REASON,
    }
    blocks = [
        section(told),
        input_block(
            ACCOUNT,
            "Company",
            text_input(ACCOUNT, longest=_LONGEST_ID, placeholder="RSL-… or CUST-…", initial=account),
            hint="Its id, as the list of companies has it.",
        ),
        input_block(REASON, "Reason", reason, hint="The company reads this, word for word."),
    ]
    return form(LOOK_INTO, "Look into a company", blocks, submit="Look")


def overview(open_ones: Sequence[tuple[Insight, str]], *, command: str = COMMAND) -> Message:
    """What may be read now, and the way to more.

    Args:
        open_ones: insights that last still, each with the company's name.
        command: the real name of the slash command.
    """
    lines = [
        f"{bold(plain(name))} {code(one.account)} until {date(one.ends)}: {code(one.reason, MOST_REASON)}"
        for one, name in open_ones
    ] or ["You are looking into no company now."]
    rows = [
        section(line, open_button("Open", question_of(one.account, ""), number))
        for number, (line, (one, _)) in enumerate(zip(lines, open_ones, strict=False))
    ]
    foot = [*actions([look_into(), open_button("Overview", "operator overview", 99)])]
    hint = f"To ask: {command_line(command, question_of('RSL-ACME', 'uploads list'))}"
    return compose(
        "\n".join(lines), [header("Looking into companies"), *(rows or map(section, lines)), context(hint)], foot
    )


def begun(insight: Insight, company: str, *, command: str = COMMAND) -> Message:
    """What may be asked of a company now."""
    text = (
        f"You may read what {bold(plain(company))} {code(insight.account)} has until {date(insight.ends)}. "
        "Its admins are told, and each look is in its audit."
    )
    asked = [
        command_line(command, question_of(insight.account, question))
        for question in ("uploads U-…", "uploads errors U-…", "devices find …", "devices list order:…")
    ]
    buttons = [
        open_button("Uploads", question_of(insight.account, "uploads list"), 0),
        open_button("Devices", question_of(insight.account, "devices list"), 1),
        open_button("Overview", "operator overview", 99),
    ]
    lines = [text, f"Reason: {code(insight.reason, MOST_REASON)}", f"You can ask {', '.join(asked)}."]
    return compose("\n".join(lines), [*map(section, lines)], actions(buttons))


def not_open(account: str) -> Message:
    """Nothing of this company may be read now, whether or not there is such a company, and such a thing in it."""
    text = (
        f"You are not looking into {code(account)}, or not any more, so nothing of it is shown. "
        "It takes a reason, and lasts an hour."
    )
    return compose(text, [section(text)], actions([look_into(account)]))


def not_reading(account: str, *, command: str = COMMAND) -> Message:
    """A question that does more than read, or that is none of these."""
    known = ", ".join(code(f"{area} {word}") for area, word in sorted(READING))
    text = (
        f"Looking into a company is reading, and nothing else can be done under it. What can be asked: {known}. "
        f"Such as {command_line(command, question_of(account, 'uploads list'))}"
    )
    return compose(text, [section(text)])


def under(insight: Insight, shown: Message) -> Message:
    """An answer as an operator gets it: its buttons ask under the insight, and all that do something else are gone."""
    body = [block for one in shown.blocks if (block := _reading(insight.account, one))]
    line = context(f"Looking into {code(insight.account)} until {date(insight.ends)}. This look is in its audit.")
    return compose(shown.text, body, [line])


def told(begun_by: Change, company: str, account: str, say: Wording = ENGLISH) -> Message:
    """What a company's admins are told of an insight.

    Args:
        begun_by: what its audit says of it.
        company: its name.
        account: its id.
        say: in their language.
    """
    text = say(
        "{name}, an operator of Rollcall, looks into what {company} has, from {begun} for an hour.\nReason: {reason}\n"
        "They can read your uploads and devices, and change nothing. What they look at is in your audit: {command}",
        name=bold(plain(begun_by.by_name)),
        company=bold(plain(company)),
        begun=say.date(begun_by.at),
        reason=code(begun_by.about, MOST_REASON),
        command=command_line(COMMAND, f"setup history as:{account}"),
    )
    title = header(say("An operator looks into your company"))
    return compose(text, [title, section(text)], [context(code(account))], say=say)


def lately(begun_ones: Sequence[Change], say: Wording = ENGLISH) -> list[Block]:
    """Which operators looked into the company lately, for its own people; nothing where none did."""
    lines = [
        say(
            "{name}, an operator of Rollcall, looked into your company {when}: {reason}",
            name=plain(one.by_name),
            when=say.date(one.at),
            reason=code(one.about, MOST_REASON),
        )
        for one in begun_ones
    ]
    return [context(*lines)] if lines else []


def _reading(account: str, block: Block) -> Block | None:
    """A block with what only reads in it; None where nothing is left of it."""
    kept = {key: value for key, value in block.items() if key != "block_id"}
    if kept["type"] == "actions":
        elements = [element for one in kept["elements"] for element in _asking(account, one)]
        return {**kept, "elements": elements} if elements else None
    accessory = kept.pop("accessory", None)
    for element in _asking(account, accessory) if accessory else ():
        kept["accessory"] = element
    return kept


def _asking(account: str, element: Element) -> Iterator[Element]:
    """A button that asks under the insight; nothing for one that does anything else."""
    if element.get("type") != "button" or "value" not in element:
        return
    value = json.loads(element["value"])
    name = str(element["action_id"])
    if name in _ASKING or (name in (uploads.OPEN, uploads.DEVICES) and "q" in value):
        value = {**value, "q": question_of(account, str(value.get("q", "")))}
    elif name in _OPENING:
        thing = str(value.get("id", "")).rpartition("#")[2]
        value = {"q": question_of(account, _OPENING[name].format(id=thing))}
    else:
        return
    if fits(value):
        yield {**element, "value": value_of(value)}
