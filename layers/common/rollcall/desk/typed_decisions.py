"""Decisions on devices that somebody typed: who types them, and on which devices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.approvals import Wish
from rollcall.commands import Command
from rollcall.decisions import DecisionKind, Target
from rollcall.grammar import parse
from rollcall.identifiers import candidates
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.approvals import Answer
    from rollcall.desk.approvers import Seat
    from rollcall.desk.clicks import Click
    from rollcall.desk.deciding import Deciding

_KINDS: Final = {"accept": DecisionKind.ACCEPT, "reject": DecisionKind.REJECT}


def kind_of(command: Command) -> DecisionKind:
    """What a command of the area ``approvals`` decides."""
    return _KINDS[command.word]


def carried(question: object) -> Command | None:
    """The acceptance that a button or a form carries on as it was typed; None if it carries none."""
    command = parse(str(question or ""))
    if isinstance(command, Command) and (command.area, command.word) == ("approvals", "accept"):
        return command
    return None


def enter(deciding: Deciding, click: Click, command: Command, *, name: str) -> Seat | Message:
    """Who typed, as an approver of the account that they named or chose; or what they are told instead.

    Args:
        deciding: knows who may.
        click: who typed.
        command: what.
        name: the real name of the slash command.
    """
    deciding.begin()
    approvers = deciding.approvers
    reader = approvers.read(click.person, named=command.as_account, question="approvals list", command=name)
    return reader if isinstance(reader, Message) else approvers.admit(reader)


def decide(
    deciding: Deciding, seat: Seat, click: Click, command: Command, *, only_this_time: bool = False
) -> Answer | None:
    """Decides on the devices that were typed; None where time ran out.

    Args:
        deciding: decides.
        seat: of `enter`.
        click: once.
        command: what.
        only_this_time: accept from a reseller that is not registered, without registering it.
    """
    wish = Wish(
        click.once,
        kind_of(command),
        reason=command.options.get("reason", ""),
        approval_id=command.options.get("approval", ""),
        only_this_time=only_this_time,
        reference=click.reference,
    )
    return deciding.tried(lambda: deciding.approvals.decide(seat.approver, _targets(deciding, command.ids), wish))


def _targets(deciding: Deciding, ids: Sequence[str]) -> list[Target]:
    """The devices that identifiers as typed mean; one that means none is asked for as it stands."""
    keys = {text: [one.key for one in candidates(text)] or [f"?#{text}"] for text in ids}
    found = deciding.decisions.changes.read(key for some in keys.values() for key in some)
    return [Target(next((key for key in some if key in found), some[0])) for some in keys.values()]
