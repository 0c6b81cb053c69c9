"""Answers to what could not be understood or done: what happened, to what, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.permissions import roles_that_may
from rollcall.views.blocks import section
from rollcall.views.message import compose
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, plain

if TYPE_CHECKING:
    from rollcall.commands import Hint
    from rollcall.permissions import Act
    from rollcall.views.blocks import Block
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader


def show_hint(hint: Hint, command: str = COMMAND) -> Message:
    """Why a text is no command, what was probably meant, and one that works."""
    lines = [plain(hint.problem, 400)]
    if hint.nearest:
        lines.append(f"Did you mean {bold(code(hint.nearest, 100))}?")
    lines.append(f"This works: {command_line(command, hint.example)}")
    return _lines(lines)


def not_known(command: str = COMMAND) -> Message:
    """A button, a form or a command that this version does not know."""
    return _lines(
        [
            "This does nothing any more: it belongs to an older message or to something Rollcall does not do.",
            f"{command_line(command, 'help')} says what you can ask for.",
        ]
    )


def unexpected(reference: str, command: str = COMMAND) -> Message:
    """A fault of ours; the reference leads to it in the logs (row B23).

    Args:
        reference: ``R-…``.
        command: the real name of the slash command.
    """
    return _lines(
        [
            "Something went wrong on our side, and what you asked for was not finished.",
            f"Try it once more. If it happens again, tell those who run Rollcall the reference {code(reference)}.",
            f"{command_line(command, 'help')} says what you can ask for.",
        ]
    )


def too_late(reference: str) -> Message:
    """A click for which Slack opened nothing any more: the right to open a view lives three seconds.

    Pressed again, a button that decides says what was decided, so nothing is done twice.

    Args:
        reference: ``R-…``.
    """
    return _lines(
        [
            "Slack gave up waiting before an answer could open. Press the button once more: nothing is done twice.",
            f"If it happens again, tell those who run Rollcall the reference {code(reference)}.",
        ]
    )


def timed_out(question: str, reference: str, command: str = COMMAND) -> Message:
    """An answer that took longer than Slack waits.

    Args:
        question: the command in canonical form.
        reference: ``R-…``.
        command: the real name of the slash command.
    """
    return _lines(
        [
            f"The answer to {command_line(command, question)} took too long, so it was given up. Nothing was changed.",
            "Ask again, or narrow it with a filter such as `upload:` or `order:`.",
            f"Reference {code(reference)}",
        ]
    )


def not_allowed(act: Act, reader: Reader) -> Message:
    """An act that the person's role does not allow, and whose does."""
    role = reader.acting.member.role
    able = [other.value for other in roles_that_may(act) if type(other) is type(role)]
    who = f"It takes the role {' or '.join(able)}; ask one of them." if able else "Nobody of your company can do this."
    return _lines([f"As {role.value} you may not {act.value}. {who}"], reader.account_line())


def not_there(what: str, asked: str, reader: Reader) -> Message:
    """A thing that does not exist, or that the reader may not see: both read the same.

    Args:
        what: "upload", "customer" and so on.
        asked: what was asked for, as typed.
        reader: who reads.
    """
    listing = {"upload": "uploads list", "customer": "customers"}.get(what, "help")
    return _lines(
        [f"No {what} {code(asked)} is known. {reader.usage(listing)} shows what there is."], reader.account_line()
    )


def ambiguous(what: str, asked: str, count_of: int, reader: Reader) -> Message:
    """The beginning of an id that several have.

    Args:
        what: "upload" and so on.
        asked: what was typed.
        count_of: how many begin like that.
        reader: who reads.
    """
    text = f"{count_of} {what}s begin with {code(asked)}. Add a few more characters of the id."
    return _lines([text], reader.account_line())


def expired(question: str, command: str = COMMAND) -> Message:
    """A button whose page is no more; ``question`` asks for it anew."""
    return _lines([f"This page is out of date. Ask again: {command_line(command, question)}"])


def _lines(lines: list[str], *foot: Block) -> Message:
    text = "\n".join(lines)
    return compose(text, [section(text)], foot)
