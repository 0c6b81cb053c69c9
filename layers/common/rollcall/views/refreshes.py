"""Devices that the manufacturer's registry is asked about again: what the asker reads, and what a customer does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.refreshes import RefreshState
from rollcall.views.blocks import actions, button, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.refreshes import Refresh
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

_NAMED: Final = 10
_REVIEW: Final = "approvals.review"
#: Parts of uploads that a customer is offered to look at from one message.
_PARTS: Final = 5


def begun(refresh: Refresh, unknown: Sequence[str], others: int, reader: Reader) -> Message:
    """What somebody is told at once who has the registry asked.

    Args:
        refresh: as it began.
        unknown: identifiers that lead to no device of theirs.
        others: devices of theirs that are not in MPTS_ERROR, about which there is nothing to ask.
        reader: who asked.
    """
    say = reader.say
    lines = [
        bold(
            say(
                "The manufacturer's registry is asked about {devices}{of}.",
                devices=say.count(refresh.total, "device"),
                of=_of(refresh, say=say),
            )
        ),
        say("What it says comes into your messages with me; you need not wait."),
        *_left_out(unknown, others, say=say),
    ]
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def nothing_to_ask(unknown: Sequence[str], others: int, reader: Reader, *, upload: str = "") -> Message:
    """What somebody is told of whose devices none is in doubt."""
    say = reader.say
    if upload:
        lines = [
            say(
                "The manufacturer's registry doubts no device of {upload}; there is nothing to ask.",
                upload=code(upload),
            )
        ]
    elif others:
        lines = [
            say(
                "{devices}: none is in MPTS_ERROR, so there is nothing to ask the registry.",
                devices=bold(say.count(others, "device")),
            )
        ]
    else:
        lines = []
    lines += _left_out(unknown, 0, say=say)
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def in_progress(upload: str, reader: Reader) -> Message:
    """An upload that is still being stored."""
    say = reader.say
    text = say("{upload} is still being stored; ask again when its result has come.", upload=code(upload))
    return compose(text, [section(text)], [reader.account_line()], say=say)


def nothing_named(reader: Reader) -> Message:
    """Neither devices nor an upload were named, or both."""
    say = reader.say
    example = reader.usage("devices refresh 490154203237518")
    text = say(
        "Name devices or one upload: {example} or {command}.",
        example=example,
        command=reader.usage("devices refresh upload:U-7K3F-9QMC"),
    )
    return compose(text, [section(text)], [reader.account_line()], say=say)


def progress(refresh: Refresh, reader: Reader) -> Message:
    """How far a refresh is, and what it came to; the message that follows it."""
    say = reader.say
    lines = [bold(_head(refresh, say=say)), *_healed_lines(refresh, reader)]
    left = refresh.total - refresh.recognised
    if refresh.state is RefreshState.DONE and left > 0:
        still = "{devices} are still not recognised and stay in MPTS_ERROR."
        if left == 1:
            still = "{devices} is still not recognised and stays in MPTS_ERROR."
        lines.append(
            f"{say(still, devices=say.count(left, 'device'))} "
            + say("Compare the identifiers with the devices, and ask the manufacturer to register them to you.")
        )
    if refresh.state is RefreshState.GIVEN_UP:
        again = f"devices refresh upload:{refresh.upload}" if refresh.upload else "devices refresh <id>…"
        lines.append(
            say(
                "It did not answer about the others for hours; ask again later with {command}.",
                command=reader.usage(again),
            )
        )
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()], say=say)


def healed(refresh: Refresh, devices: int, parts: Sequence[tuple[str, int]], reader: Reader) -> Message:
    """What a customer is told whose devices the registry has come to recognise.

    Args:
        refresh: which is over.
        devices: how many of the customer's.
        parts: the uploads they came in, each with the version at which it is shown.
        reader: somebody of the customer.
    """
    say = reader.say
    wait = "{devices} from {company} wait for your decision now."
    doubted = "The manufacturer's registry did not recognise them when they were uploaded; now it does."
    if devices == 1:
        wait = "{devices} from {company} waits for your decision now."
        doubted = "The manufacturer's registry did not recognise it when it was uploaded; now it does."
    lines = [
        bold(say(wait, devices=say.count(devices, "device"), company=reader.company(refresh.account))),
        say(doubted),
    ]
    buttons = [
        button(
            say("Review {upload}", upload=upload)[:70],
            _REVIEW,
            {"u": upload, "v": version},
            label=say("Review {upload}", upload=upload),
        )
        for upload, version in parts[:_PARTS]
    ]
    return compose("\n".join(lines), [section("\n".join(lines))], [*actions(buttons), reader.account_line()], say=say)


def _of(refresh: Refresh, say: Wording = ENGLISH) -> str:
    return " " + say("of {upload}", upload=code(refresh.upload)) if refresh.upload else ""


def _head(refresh: Refresh, say: Wording = ENGLISH) -> str:
    if refresh.state is RefreshState.RUNNING:
        waiting = say("; it does not answer at the moment and is asked again") if refresh.tries else ""
        done = say(
            "{number} of {devices}{of}",
            number=say.count(refresh.done),
            devices=say.count(refresh.total, "device"),
            of=_of(refresh, say=say),
        )
        return say("The manufacturer's registry was asked about {done}{waiting}.", done=done, waiting=waiting)
    if refresh.recognised:
        return say(
            "The manufacturer's registry recognises {number} of {devices}{of} now.",
            number=say.count(refresh.recognised),
            devices=say.count(refresh.total, "device"),
            of=_of(refresh, say=say),
        )
    return say(
        "The manufacturer's registry recognises none of {devices}{of}.",
        devices=say.count(refresh.total, "device"),
        of=_of(refresh, say=say),
    )


def _healed_lines(refresh: Refresh, reader: Reader) -> list[str]:
    say = reader.say
    lines = [
        say(
            "{number} of {company}: pending now; it is told.",
            number=say.count(devices),
            company=reader.company(customer),
        )
        for customer, devices in sorted(refresh.healed.items())
    ]
    return (
        [*lines, say("{number} of other customers; each is told.", number=say.count(refresh.others))]
        if refresh.others
        else lines
    )


def _left_out(unknown: Sequence[str], others: int, say: Wording = ENGLISH) -> list[str]:
    lines = []
    if others:
        lines.append(say("{devices} not in MPTS_ERROR: nothing to ask.", devices=say.count(others, "device")))
    if unknown:
        named = ", ".join(code(text) for text in unknown[:_NAMED])
        more = " " + say("and {number} more", number=say.count(len(unknown) - _NAMED)) if len(unknown) > _NAMED else ""
        lines.append(say("No device found for {named}{more}.", named=named, more=more))
    return lines
