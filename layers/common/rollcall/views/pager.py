"""Where one stands in a list, and the buttons that lead on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.commands import Command, render
from rollcall.views.blocks import actions, button, context, fits
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.queries import Page
    from rollcall.views.blocks import Block, Element
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

PREVIOUS: Final = "page.prev"
NEXT: Final = "page.next"
TABLE: Final = "page.table"
DM: Final = "page.dm"

_NARROWER: Final = "This question is too long for buttons to repeat. Ask a shorter one to page through its answer."


def position(page: Page[Any], say: Wording = ENGLISH) -> str:
    """Where a page stands in its list: ``1-5 of 43``, or ``6-10`` where nobody counted."""
    if not page.items:
        return "0"
    first, last = say.count(page.first), say.count(page.last)
    span = f"{first}-{last}" if len(page.items) > 1 else first
    return say("{span} of {total}", span=span, total=say.count(page.total)) if page.total is not None else span


def pager(
    page: Page[Any], question: str, *, cursor: str = "", as_table: bool | None = None, say: Wording = ENGLISH
) -> list[Block]:
    """The buttons below a list.

    Each carries ``{"q": question, "c": cursor, "n": number of the first item}``; those of a table ``"t": 1`` as well,
    so that the next page is a table, too.

    Args:
        page: the page that is shown.
        question: its command in canonical form.
        cursor: the cursor that led here; "" for the beginning.
        as_table: whether the list is shown as a table now; None if it has no such form.
        say: in the reader's language.
    """
    mode = {"t": 1} if as_table else {}
    wanted: list[tuple[str, str, dict[str, object]]] = []
    if page.before is not None:
        first = max(page.first - len(page.items), 1)
        wanted.append((say("Previous"), PREVIOUS, {"q": question, "c": page.before, "n": first, **mode}))
    if page.after is not None:
        wanted.append((say("Next"), NEXT, {"q": question, "c": page.after, "n": page.last + 1, **mode}))
    if as_table is False and page.items:
        wanted.append((say("Show as table"), TABLE, {"q": question, "c": cursor, "n": page.first}))
    if page.items:
        wanted.append((say("Send to my DM"), DM, {"q": question, "c": cursor, "n": page.first, **mode}))
    buttons: list[Element] = [button(text, action, value) for text, action, value in wanted if fits(value)]
    return [*actions(buttons), *([] if len(buttons) == len(wanted) else [context(say(_NARROWER))])]


def sent_to_dm(area: str, word: str, reader: Reader, *ids: str) -> list[Element]:
    """The button below one thing: asks for it again, for the account that somebody acts for now."""
    return to_dm(render(Command(area, word, ids=ids, as_account=reader.acting.account)), reader.say)


def to_dm(question: str, say: Wording = ENGLISH) -> list[Element]:
    """The button below an answer that is no list; none where the question is too long for it."""
    value: dict[str, object] = {"q": question}
    return [button(say("Send to my DM"), DM, value)] if fits(value) else []
