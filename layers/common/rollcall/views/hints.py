"""Answers to what could not be understood or done: what happened, to what, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.accounts import CustomerRole, OperatorRole, ResellerRole
from rollcall.permissions import Act, roles_that_may
from rollcall.views.blocks import section
from rollcall.views.message import compose
from rollcall.views.reader import COMMAND
from rollcall.views.text import bold, code, command_line, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.commands import Hint
    from rollcall.views.blocks import Block
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Kind of thing → what is said of one that is not there, or not the reader's.
_UNKNOWN: Final = {
    "upload": "No upload {asked} is known. {command} shows what there is.",
    "customer": "No customer {asked} is known. {command} shows what there is.",
    "company": "No company {asked} is known. {command} shows what there is.",
    "device": "No device {asked} is known. {command} shows what there is.",
    "reseller": "No reseller {asked} is known. {command} shows what there is.",
    "decision": "No decision {asked} is known. {command} shows what there is.",
    "request": "No request {asked} is known. {command} shows what there is.",
    "delete": "No delete {asked} is known. {command} shows what there is.",
}
#: Whose role allows an act that no role of the reader's own side does → what is said of it.
_OTHERS: Final = {
    ResellerRole: "Resellers do that. {command} says what you can ask for.",
    CustomerRole: "Your customers do that. {command} says what you can ask for.",
    OperatorRole: "Those who run Rollcall do that. {command} says what you can ask for.",
}


def show_hint(hint: Hint, command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """Why a text is no command, what was probably meant, and one that works."""
    lines = [plain(say(hint.text, **hint.parts) if hint.text else hint.problem, 400)]
    if hint.nearest:
        lines.append(say("Did you mean {nearest}?", nearest=bold(code(hint.nearest, 100))))
    lines.append(say("This works: {command}", command=command_line(command, hint.example)))
    return _lines(lines, say)


def not_known(command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """A button, a form or a command that this version does not know."""
    return _lines(
        [
            say("This does nothing any more: it belongs to an older message or to something Rollcall does not do."),
            say("{command} says what you can ask for.", command=command_line(command, "help")),
        ],
        say,
    )


def unexpected(reference: str, command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """A fault of ours; the reference leads to it in the logs (row B23).

    Args:
        reference: ``R-…``.
        command: the real name of the slash command.
        say: in the reader's language.
    """
    return _lines(
        [
            say("Something went wrong on our side, and what you asked for was not finished."),
            say(
                "Try it once more. If it happens again, tell those who run Rollcall the reference {reference}.",
                reference=code(reference),
            ),
            say("{command} says what you can ask for.", command=command_line(command, "help")),
        ],
        say,
    )


def too_late(reference: str, say: Wording = ENGLISH) -> Message:
    """A click for which Slack opened nothing any more: the right to open a view lives three seconds.

    Pressed again, a button that decides says what was decided, so nothing is done twice.

    Args:
        reference: ``R-…``.
        say: in the reader's language.
    """
    return _lines(
        [
            say(
                "Slack gave up waiting before an answer could open. Press the button once more: nothing is done twice."
            ),
            say(
                "If it happens again, tell those who run Rollcall the reference {reference}.", reference=code(reference)
            ),
        ],
        say,
    )


def timed_out(question: str, reference: str, command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """An answer that took longer than Slack waits.

    Args:
        question: the command in canonical form.
        reference: ``R-…``.
        command: the real name of the slash command.
        say: in the reader's language.
    """
    return _lines(
        [
            say(
                "The answer to {command} took too long, so it was given up. Nothing was changed.",
                command=command_line(command, question),
            ),
            say("Ask again, or narrow it with a filter such as `upload:` or `order:`."),
            say("Reference {reference}", reference=code(reference)),
        ],
        say,
    )


def not_allowed(act: Act, reader: Reader) -> Message:
    """An act that the person's role does not allow, and whose does."""
    say = reader.say
    role = reader.acting.member.role
    able = [say(other.value) for other in roles_that_may(act) if type(other) is type(role)]
    if able:
        who = say("It takes the role {roles}; ask one of them.", roles=say(" or ").join(able))
    elif act is Act.UPLOAD and not reader.is_reseller:
        who = say(
            "Resellers do that. Put a CSV file into my messages to have its devices looked up, or accepted by an "
            "approver."
        )
    else:
        who = say(_OTHERS[type(next(iter(roles_that_may(act))))], command=reader.usage("help"))
    told = say("As {role} you may not {act}.", role=say(role.value), act=say(act.value))
    return _lines([f"{told} {who}"], say, reader.account_line())


def not_there(what: str, asked: str, reader: Reader) -> Message:
    """A thing that does not exist, or that the reader may not see: both read the same.

    Args:
        what: "upload", "customer" and so on.
        asked: what was asked for, as typed.
        reader: who reads.
    """
    say = reader.say
    known = _UNKNOWN.get(what, "Nothing {asked} is known. {command} shows what there is.")
    command = reader.usage({"upload": "uploads list", "customer": "customers"}.get(what, "help"))
    return _lines([say(known, asked=code(asked), command=command)], say, reader.account_line())


def ambiguous(asked: str, count_of: int, reader: Reader) -> Message:
    """The beginning of an upload's id that several have.

    Args:
        asked: what was typed.
        count_of: how many begin like that.
        reader: who reads.
    """
    say = reader.say
    text = say(
        "{uploads} begin with {asked}. Add a few more characters of the id.",
        uploads=say.count(count_of, "upload"),
        asked=code(asked),
    )
    return _lines([text], say, reader.account_line())


def expired(question: str, command: str = COMMAND, say: Wording = ENGLISH) -> Message:
    """A button whose page is no more; ``question`` asks for it anew."""
    return _lines([say("This page is out of date. Ask again: {command}", command=command_line(command, question))], say)


def _lines(lines: list[str], say: Wording, *foot: Block) -> Message:
    text = "\n".join(lines)
    return compose(text, [section(text)], foot, say=say)
