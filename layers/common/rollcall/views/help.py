"""Help, printed from the table of commands under their real names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall import command_names
from rollcall.views.blocks import header, paragraphs, section
from rollcall.views.message import compose
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, escape
from rollcall.views.wording import ENGLISH
from rollcall.words import WORDS, areas, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.views.blocks import Block
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording
    from rollcall.word import Word

#: Area → slash command as the manifest has it; "" is the one on which the whole grammar hangs.
COMMANDS: Final = command_names.COMMANDS

_ABOUT: Final = {
    "devices": "Devices",
    "uploads": "Uploads",
    "approvals": "Approvals",
    "operator": "For operators",
}
_MORE: Final = "More"
_ANYWHERE: Final = (
    "Add `as:<account>` to act for another of your companies. A value with spaces stands in quotation marks: "
    '`order:"PO 17"`. Small and capital letters are the same.'
)


def show_help(
    area: str = "",
    commands: Mapping[str, str] = COMMANDS,
    *,
    table: Sequence[Word] = WORDS,
    account_line: Block | None = None,
    say: Wording = ENGLISH,
) -> Message:
    """What can be asked for in an area, or in all of them.

    Args:
        area: "" for everything.
        commands: the real names; an area without an alias of its own is shown behind the main command.
        table: the words there are.
        account_line: the account that is acted for, if there is one.
        say: in the reader's language.
    """
    words = tuple(table)
    shown = [area] if area else [*areas(words), ""]
    body: list[Block] = [header(say("Help: {area}", area=area) if area else say("What you can ask for"))]
    lines: list[str] = []
    for name in shown:
        part = _area(name, commands, words, say)
        lines += part
        body += paragraphs([bold(say(_ABOUT.get(name, _MORE))), *part])
    body.append(section(escape(say(_ANYWHERE))))
    return compose("\n".join(lines), body, [account_line] if account_line else [], say=say)


def _area(area: str, commands: Mapping[str, str], words: tuple[Word, ...], say: Wording) -> list[str]:
    start = f"{command_names.real_name(commands.get('', COMMAND))} {area}".rstrip()
    alias = command_names.real_name(commands[area]) if area in commands and area else None
    lines = [
        f"• {code(f'{start} {word.usage}', 200)}\n   {escape(say.word(f'{area} {word.name}', word.help))}"
        for word in words_of(area, words)
    ]
    example = next((word.example for word in words_of(area, words) if word.name != "help"), "")
    if example and area:
        lines.append(say("For example {command}", command=command_line(commands.get("", COMMAND), example)))
    if alias:
        lines.append(say("{alias} is short for {command}", alias=code(alias), command=code(start)))
    return lines
