"""What is asked of files in the bot's messages when they are not, or not only, uploads: a look-up, an accepting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import actions, button, confirmation, context, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.accounts import Member
    from rollcall.incoming import SlackFile
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

LOOK_UP: Final = "uploads.dropped.look_up"
ACCEPT: Final = "uploads.dropped.accept"
#: With a number behind it: which of the companies.
ACCOUNT: Final = "uploads.dropped.account"


def look_up_button(drop: str, say: Wording, *, first: bool = False) -> Element:
    """Asks for the state of each device in the files."""
    return button(say("Look these up"), LOOK_UP, {"id": drop}, style="primary" if first else "")


def question(
    drop: str, files: Sequence[SlackFile], refused: Sequence[tuple[SlackFile, str]], reader: Reader, *, decides: bool
) -> Message:
    """What to do with the files of somebody who does not upload.

    Args:
        drop: id under which the files are remembered.
        files: those that can be taken; at least one.
        refused: the others, each with the reason as plain text.
        reader: who sent them.
        decides: they may accept devices.
    """
    say = reader.say
    whys = [f"{code(file.name)} {plain(why, 200)}." for file, why in refused]
    names = ", ".join(code(file.name) for file in files)
    asked = f"{bold(say.count(len(files), 'CSV file'))}: {names}\n" + say("What should I do?")
    elements = [look_up_button(drop, say, first=True)]
    if decides:
        sure = confirmation(
            say("Accept by this list?"),
            say("Every device in it that waits for your decision is accepted. It can be undone for a while."),
            confirm=say("Accept"),
            deny=say("Cancel"),
            say=say,
        )
        elements.append(button(say("Accept by this list"), ACCEPT, {"id": drop}, confirm=sure))
    rows = [*map(section, whys), section(asked), *actions(elements)]
    if reader.is_reseller:
        role = say(reader.acting.member.role.value)
        rows.append(context(say("As {role} you may not upload; uploaders and admins may.", role=role)))
    return compose("\n".join([*whys, asked]), rows, [reader.account_line()], say=say)


def whose(
    drop: str,
    files: Sequence[SlackFile],
    members: Sequence[Member],
    names: Mapping[str, str],
    say: Wording = ENGLISH,
) -> Message:
    """Asks a member of several companies for which of them their files are; the files are kept meanwhile.

    Args:
        drop: id under which the files are remembered.
        files: they.
        members: the places to choose from.
        names: of the companies.
        say: in the reader's language.
    """
    listed = ", ".join(code(file.name) for file in files)
    told = "For which of your companies is {files}?" if len(files) == 1 else "For which of your companies are {files}?"
    asked = say(told, files=listed)
    rows = [
        say(
            "{company} {account} as {role}",
            company=plain(names.get(one.account) or one.account),
            account=code(one.account),
            role=say(one.role.value),
        )
        for one in members
    ]
    body = [section(asked)]
    for number, (one, row) in enumerate(zip(members, rows, strict=True)):
        value = {"id": drop, "a": one.account}
        label = say("Act for {account}", account=one.account)
        body.append(section(row, button(say("Choose"), f"{ACCOUNT}.{number}", value, label=label)))
    return compose("\n".join([asked, *rows]), body, say=say)


def accepting(files: Sequence[SlackFile], reader: Reader) -> Message:
    """The lists were taken."""
    text = reader.say(
        "{files}: on the way in. How far it is, and what came of each line, is told in your messages with me.",
        files=bold(", ".join(code(file.name) for file in files)),
    )
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)


def gone(reader: Reader) -> Message:
    """Buttons below files that nobody remembers any more."""
    text = reader.say("These buttons are too old. Send the file once more.")
    return compose(text, [section(text)], [reader.account_line()], say=reader.say)
