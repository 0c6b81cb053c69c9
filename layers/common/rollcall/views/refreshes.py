"""Devices that the manufacturer's registry is asked about again: what the asker reads, and what a customer does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.refreshes import RefreshState
from rollcall.views.blocks import actions, button, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.refreshes import Refresh
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

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
    lines = [
        bold(f"The manufacturer's registry is asked about {count(refresh.total, 'device')}{_of(refresh)}."),
        "What it says comes into your messages with me; you need not wait.",
        *_left_out(unknown, others),
    ]
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()])


def nothing_to_ask(unknown: Sequence[str], others: int, reader: Reader, *, upload: str = "") -> Message:
    """What somebody is told of whose devices none is in doubt."""
    if upload:
        lines = [f"The manufacturer's registry doubts no device of {code(upload)}; there is nothing to ask."]
    elif others:
        lines = [f"{bold(count(others, 'device'))}: none is in MPTS_ERROR, so there is nothing to ask the registry."]
    else:
        lines = []
    lines += _left_out(unknown, 0)
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()])


def in_progress(upload: str, reader: Reader) -> Message:
    """An upload that is still being stored."""
    text = f"{code(upload)} is still being stored; ask again when its result has come."
    return compose(text, [section(text)], [reader.account_line()])


def nothing_named(reader: Reader) -> Message:
    """Neither devices nor an upload were named, or both."""
    example = reader.usage("devices refresh 490154203237518")
    text = f"Name devices or one upload: {example} or {reader.usage('devices refresh upload:U-7K3F-9QMC')}."
    return compose(text, [section(text)], [reader.account_line()])


def progress(refresh: Refresh, reader: Reader) -> Message:
    """How far a refresh is, and what it came to; the message that follows it."""
    lines = [bold(_head(refresh)), *_healed_lines(refresh, reader)]
    left = refresh.total - refresh.recognised
    if refresh.state is RefreshState.DONE and left > 0:
        still = "is still not recognised and stays" if left == 1 else "are still not recognised and stay"
        lines.append(
            f"{count(left, 'device')} {still} in MPTS_ERROR. Compare the identifiers with the devices, and ask the "
            "manufacturer to register them to you."
        )
    if refresh.state is RefreshState.GIVEN_UP:
        again = f"devices refresh upload:{refresh.upload}" if refresh.upload else "devices refresh <id>…"
        lines.append(f"It did not answer about the others for hours; ask again later with {reader.usage(again)}.")
    return compose("\n".join(lines), [section("\n".join(lines))], [reader.account_line()])


def healed(refresh: Refresh, devices: int, parts: Sequence[tuple[str, int]], reader: Reader) -> Message:
    """What a customer is told whose devices the registry has come to recognise.

    Args:
        refresh: which is over.
        devices: how many of the customer's.
        parts: the uploads they came in, each with the version at which it is shown.
        reader: somebody of the customer.
    """
    wait = "waits" if devices == 1 else "wait"
    lines = [
        bold(f"{count(devices, 'device')} from {reader.company(refresh.account)} {wait} for your decision now."),
        "The manufacturer's registry did not recognise "
        + ("it when it was" if devices == 1 else "them when they were")
        + " uploaded; now it does.",
    ]
    buttons = [
        button(f"Review {upload}"[:70], _REVIEW, {"u": upload, "v": version}, label=f"Review {upload}")
        for upload, version in parts[:_PARTS]
    ]
    return compose("\n".join(lines), [section("\n".join(lines))], [*actions(buttons), reader.account_line()])


def _of(refresh: Refresh) -> str:
    return f" of {code(refresh.upload)}" if refresh.upload else ""


def _head(refresh: Refresh) -> str:
    if refresh.state is RefreshState.RUNNING:
        waiting = "; it does not answer at the moment and is asked again" if refresh.tries else ""
        done = f"{count(refresh.done)} of {count(refresh.total, 'device')}{_of(refresh)}"
        return f"The manufacturer's registry was asked about {done}{waiting}."
    if refresh.recognised:
        return (
            f"The manufacturer's registry recognises {count(refresh.recognised)} of "
            f"{count(refresh.total, 'device')}{_of(refresh)} now."
        )
    return f"The manufacturer's registry recognises none of {count(refresh.total, 'device')}{_of(refresh)}."


def _healed_lines(refresh: Refresh, reader: Reader) -> list[str]:
    lines = [
        f"{count(devices)} of {reader.company(customer)}: pending now; it is told."
        for customer, devices in sorted(refresh.healed.items())
    ]
    return [*lines, f"{count(refresh.others)} of other customers; each is told."] if refresh.others else lines


def _left_out(unknown: Sequence[str], others: int) -> list[str]:
    lines = []
    if others:
        lines.append(f"{count(others, 'device')} not in MPTS_ERROR: nothing to ask.")
    if unknown:
        named = ", ".join(code(text) for text in unknown[:_NAMED])
        more = f" and {count(len(unknown) - _NAMED)} more" if len(unknown) > _NAMED else ""
        lines.append(f"No device found for {named}{more}.")
    return lines
