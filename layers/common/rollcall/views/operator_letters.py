"""Dead letters as operators see them: what each asks for, how it failed, and the way back (row B19)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import actions, button, confirmation, context, header, section
from rollcall.views.message import compose
from rollcall.views.operator import open_button
from rollcall.views.pager import pager, position
from rollcall.views.text import bold, code, count, date, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.letters import Letter, Look
    from rollcall.queries import Page
    from rollcall.views.blocks import Element
    from rollcall.views.message import Message

#: Has a queue, or all of them, looked into.
LOOK: Final = "operator.look"
#: Sends one letter, or those of a queue, back.
REPLAY: Final = "operator.replay"
REPLAY_ALL: Final = "operator.replay_all"
#: Batches that are named one by one.
_GONE: Final = 10
#: Queues with a button of their own.
_QUEUES: Final = 15


def letters(page: Page[Letter], looks: Sequence[Look], queue: str, question: str, *, said: str = "") -> Message:
    """Dead letters as they were seen last, the oldest first.

    Args:
        page: of one queue or of all.
        looks: what is known of the queues there are.
        queue: the one that was asked for; empty for all.
        question: the command in canonical form.
        said: what was just done, mrkdwn; empty for nothing.
    """
    looked = max((look.looked_at for look in looks if queue in ("", look.queue)), default="")
    counted = [f"{code(look.queue)} {count(look.count or 0)}" for look in looks]
    where = f" in {queue}" if queue else ""
    if page.items:
        headline = f"Dead letters{where}: {position(page)}"
    else:
        headline = f"No dead letter{where} was there" if looked else f"Nobody has looked for dead letters{where} yet"
    when = f"Looked at {date(looked)}; they stay where they are." if looked else "Look to see them one by one."
    lines = [_letter(letter) for letter in page.items]
    rows = [section(line, _replay_one(letter, question)) for line, letter in zip(lines, page.items, strict=True)]
    known = " · ".join(counted) or "not counted yet"
    foot = [
        *actions([_look(queue), *([_replay_all(queue, looks)] if queue and page.items else [])]),
        *actions(
            [
                open_button(f"{look.queue} {count(look.count or 0)}", f"operator letters {look.queue}", number)
                for number, look in enumerate(looks[:_QUEUES])
            ]
        ),
        *pager(page, question),
        *actions([open_button("Overview", "operator overview", 99)]),
        context(when),
    ]
    text = "\n".join([*([said] if said else []), headline, *lines, f"In all: {known}"])
    return compose(text, [*([section(said)] if said else []), header(headline), *rows], foot)


def asked(what: str) -> Message:
    """What an operator is told at once who has something done with dead letters.

    Args:
        what: mrkdwn, a sentence.
    """
    text = f"{what} What comes of it is in your messages with me in a moment."
    return compose(text, [section(text)])


def looking(queue: str) -> str:
    """The sentence for a look."""
    return f"I look at the dead letters{f' of {code(queue)}' if queue else ' of every queue'}."


def replaying(queue: str, letter: str) -> str:
    """The sentence for letters that are to be sent back."""
    return (
        f"I send {code(letter)} of {code(queue)} back." if letter else f"I send the dead letters of {code(queue)} back."
    )


def replayed(queue: str, sent: int, letter: str) -> str:
    """What was done, once it is."""
    if letter and not sent:
        return f"{code(letter)} is not among the dead letters of {code(queue)} any more, so nothing was sent."
    if not sent:
        return f"There was no dead letter in {code(queue)}, so nothing was sent."
    what = code(letter) if letter else count(sent, "dead letter")
    return f"Sent {what} of {code(queue)} back to where it failed. What fails again comes back here."


def published(queue: str, sent: int, letter: str, events: int, gone: Sequence[str], unreadable: int) -> str:
    """What became of letters that failed in a stream.

    Args:
        queue: its name.
        sent: letters that have done their service.
        letter: the one that was meant; empty for all.
        events: that were published.
        gone: changes that no stream has any more, a line for each batch.
        unreadable: letters that stay, since what they name cannot be read.
    """
    if not (sent or gone or unreadable):
        return replayed(queue, 0, letter)
    lines = [f"Published {count(events, 'change')} of state again out of {code(queue)}."]
    if gone:
        named = "\n".join(f"• {plain(one, 200)}" for one in gone[:_GONE])
        more = f"\n• and {count(len(gone) - _GONE, 'more batch', 'more batches')}" if len(gone) > _GONE else ""
        lines.append(
            f"These cannot be published any more: a table's stream forgets after a day, and a letter names the place "
            f"in it alone.\n{named}{more}\nTell the systems that listen to ask `GET /v1/devices` and "
            "`GET /v1/uploads`, which say what is true now. Their letters are taken out."
        )
    if unreadable:
        lines.append(
            f"{count(unreadable, 'letter')} stayed: a change in it cannot be read. The logs of `publish` say which; "
            "replay once a version is out that reads it."
        )
    return "\n".join(lines)


def not_a_queue(asked_for: str, looks: Sequence[Look]) -> Message:
    """Neither a queue nor a letter that was seen."""
    known = ", ".join(code(look.queue) for look in looks) or "none that was counted yet"
    text = f"{code(asked_for)} is no queue, and no letter that was seen. The queues are {known}."
    return compose(text, [section(text)], actions([_look(""), open_button("Dead letters", "operator letters")]))


def _letter(letter: Letter) -> str:
    about = f" · {plain(letter.about, 120)}" if letter.about else ""
    failure = letter.failure
    how = f"{plain(failure.error)} · {date(failure.at)}" if failure else "how it failed was not noted"
    if letter.reference:
        how += f" · reference {code(letter.reference)}"
    first = f"{bold(code(letter.id))} {code(letter.queue)} · {plain(letter.kind)}{about}"
    return f"{first}\nsent {date(letter.sent_at)}\n{how}"


def _look(queue: str) -> Element:
    return button("Look again" if queue else "Look now", LOOK, {"k": queue})


def _replay_one(letter: Letter, question: str) -> Element:
    value = {"k": letter.queue, "l": letter.id, "q": question}
    return button("Replay", REPLAY, value, label=f"Replay {letter.id}")


def _replay_all(queue: str, looks: Sequence[Look]) -> Element:
    number = next((look.count or 0 for look in looks if look.queue == queue), 0)
    what = f"About {count(number, 'letter')} of {queue} go back to where they failed, and are tried again."
    return button(
        f"Replay all of {queue}",
        REPLAY_ALL,
        {"k": queue},
        style="primary",
        confirm=confirmation("Replay dead letters?", what, confirm="Replay"),
    )
