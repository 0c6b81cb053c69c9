"""Answers that are known before anything was decided: whoever finds one raises it, and it is the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec

from rollcall.approvals.answers import Denied
from rollcall.decisions import text_faults
from rollcall.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.approvals.answers import Answer
    from rollcall.decisions import Decision

P = ParamSpec("P")


class AnsweredError(Exception):
    """The answer is known before anything was decided.

    Attributes:
        answer: it.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(str(answer))


def answered(decide: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
    """What a decision comes to, whether it is decided or was answered before."""
    try:
        return decide(*args, **kwargs)
    except AnsweredError as known:
        return known.answer


def deny(faults: tuple[Fault, ...]) -> None:
    """Ends it where there is any fault."""
    if faults:
        raise AnsweredError(Denied(faults))


def many_faults(decision: Decision) -> tuple[Fault, ...]:
    """Of a decision on an upload or a list: its texts, and an approval ID, which is for a single device."""
    faults = text_faults(decision)
    if decision.approval_id:
        return (*faults, Fault("APPROVAL_ID_SINGLE", "approval_id", decision.approval_id))
    return faults
