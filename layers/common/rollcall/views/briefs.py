"""What is said where another company reads along: how many of what, and a button that shows each their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.notice_kinds import NoticeKind
from rollcall.views.blocks import actions, button, section
from rollcall.views.message import compose
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.notices import Notice
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording

#: Shows a notice's subject to whoever clicks, as far as they may see it.
OPEN: Final = "notices.open"

_NOUNS: Final = {
    NoticeKind.UPLOAD: "upload",
    NoticeKind.BOARD: "upload",
    NoticeKind.APPROVAL: "upload",
    NoticeKind.WAITING: "upload",
    NoticeKind.DECISION: "decision",
    NoticeKind.REMINDER: "upload",
    NoticeKind.ESCALATION: "upload",
    NoticeKind.STILL_WAITING: "upload",
    NoticeKind.QUALITY: "upload",
}


def brief(notice: Notice, number: int, say: Wording = ENGLISH) -> Message:
    """A notice without a word of what it is about.

    Args:
        notice: which one.
        number: how many things it is about.
        say: in the reader's language.
    """
    noun = _NOUNS.get(notice.kind, "piece of news")
    many = "pieces of news" if noun == "piece of news" else ""
    text = f"Rollcall: {say.count(number, noun, many)}"
    value = {"q": question(notice), "n": notice.id}
    look = button(say("Open in Rollcall"), OPEN, value, label=say("Open in Rollcall; only you see the answer"))
    return compose(text, [section(text)], actions([look]), say=say)


def question(notice: Notice) -> str:
    """The command that shows what a notice is about; whoever clicks is answered by their own rights.

    A company stands in none of them, since who reads along could read it out of the message. Where more is to be known,
    such as which upload a decision was on, it is looked up for those whom the notice is meant for.
    """
    match notice.kind:
        case NoticeKind.QUALITY:
            return "uploads quality"
        case NoticeKind.UPLOAD:
            return f"uploads {notice.subject}"
        case NoticeKind.ORDER:
            return "approvals orders"
        case (
            NoticeKind.APPROVAL
            | NoticeKind.NUDGE
            | NoticeKind.HEALED
            | NoticeKind.WAITING
            | NoticeKind.REMINDER
            | NoticeKind.ESCALATION
        ):
            return "approvals list"
        case _:
            return "uploads list"
