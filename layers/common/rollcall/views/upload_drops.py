"""What is answered to files in the bot's messages: for which customer, import or check only (rows P8, B5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.permissions import Act, allows
from rollcall.upload_forms import action_id
from rollcall.views.blocks import actions, button, context, section
from rollcall.views.inputs import searched_menu
from rollcall.views.list_drops import look_up_button
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain
from rollcall.views.upload_forms import codes_menu, customer_option
from rollcall.views.wording import ENGLISH
from rollcall.wishes import CUSTOMER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.accounts import Link, Reseller
    from rollcall.incoming import SlackFile
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording
    from rollcall.wishes import Wish

IMPORT: Final = "uploads.dropped.import"
CHECK: Final = "uploads.dropped.check"


def question(
    drop: str,
    files: Sequence[SlackFile],
    refused: Sequence[tuple[SlackFile, str]],
    reader: Reader,
    company: tuple[Reseller, Mapping[str, Link], Wish],
) -> Message:
    """What to do with files that can be taken, and why others cannot.

    Args:
        drop: id under which the files are remembered.
        files: those that can be taken; at least one.
        refused: the others, each with the reason as plain text.
        reader: who sent them.
        company: theirs, its customers, and what is suggested.
    """
    say = reader.say
    whys = whys_of(refused)
    reseller, links, suggested = company
    names = ", ".join(f"{code(file.name)}{_size(file)}" for file in files)
    asked = say(
        "{files}: {names}\nFor which customer, and what should I do?",
        files=bold(say.count(len(files), "CSV file")),
        names=names,
    )
    elements: list[Element] = [
        searched_menu(
            action_id(CUSTOMER),
            placeholder=say("Customer"),
            initial=customer_option(suggested.customer, links, reader),
        )
    ]
    if len(reseller.sold_to_codes) > 1:
        elements.append(codes_menu(reseller, initial=suggested.stc, say=say))
    value = {"id": drop}
    elements += [
        button(say("Import"), IMPORT, value, style="primary"),
        button(say("Check only"), CHECK, value),
        look_up_button(drop, reader.say),
    ]
    rows = [section(asked), *actions(elements)]
    if len(files) > 1:
        rows.append(context(say("Each file is an upload of its own.")))
    return compose("\n".join([asked, *whys]), [*map(section, whys), *rows], [reader.account_line()], say=say)


def whys_of(refused: Sequence[tuple[SlackFile, str]]) -> list[str]:
    """Why files cannot be taken, one line of mrkdwn each."""
    return [f"{code(file.name)} {plain(why, 200)}." for file, why in refused]


def refusal(whys: Sequence[str], reader: Reader | None = None, say: Wording = ENGLISH) -> Message:
    """Nothing among the files can be taken.

    Args:
        whys: one line each, mrkdwn.
        reader: who sent them; None where it is not known yet for which company.
        say: in whose language then.
    """
    say = reader.say if reader else say
    advice = say("Devices come as CSV, with a column of IMEIs, MEIDs or serial numbers.")
    if reader and allows(reader.acting.member.role, Act.UPLOAD):
        advice += f" {reader.usage('uploads new')}"
    foot = [reader.account_line()] if reader else []
    return compose("\n".join([*whys, advice]), [*map(section, whys), section(advice)], foot, say=say)


def pick_first(problems: Sequence[str]) -> str:
    """What is missing before a button can do its work, as mrkdwn."""
    return " ".join(plain(problem, 200) for problem in problems)


def gone(reader: Reader) -> Message:
    """Buttons below files that nobody remembers any more."""
    say = reader.say
    return compose(
        say("These buttons are too old."),
        [section(say("These buttons are too old. Send the file once more, or press here.")), _again(reader)],
        [reader.account_line()],
        say=say,
    )


def _again(reader: Reader) -> dict[str, object]:
    say = reader.say
    return actions([button(say("Upload devices"), "uploads.new", {"as": reader.acting.account})])[0]


def _size(file: SlackFile) -> str:
    if not file.size:
        return ""
    if file.size < 1024 * 1024:
        return f" ({max(1, round(file.size / 1024)):,} KB)"
    return f" ({file.size / (1024 * 1024):,.1f} MB)"
