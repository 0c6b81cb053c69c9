"""Dead letters that an operator has looked at or sent back; what came of it goes into their DM."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from rollcall.accounts import Person
from rollcall.desk.operator_lists import PAGE
from rollcall.errands.errand import Done
from rollcall.letters import Letter, describe, reference_in
from rollcall.permissions import Act, allows
from rollcall.queries import Page
from rollcall.stream_letters import read_failure
from rollcall.uploads import utc
from rollcall.views import operator_letters as views

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rollcall.errands.errand import Errand
    from rollcall.errands.tools import Tools
    from rollcall.letters import Failure
    from rollcall.store.dead_letters import Found
    from rollcall.stream_letters import StreamBatch

#: Letters of one queue that are looked at one by one; the clock counts all of them.
MOST: Final = 500
#: Seconds before the end of its time at which sending back stops and is gone on with later.
_RESERVE: Final = 60.0


def look_at_letters(tools: Tools, errand: Errand) -> Done:
    """Looks into the dead-letter queues and shows what is there."""
    job = errand.message
    if not _may(tools, errand):
        return Done("Somebody who is no operator", warning=True)
    queue = str(job["queue"])
    queues = [name for name in tools.dead_letters.names if queue in ("", name)]
    found = {name: _look(tools, name) for name in queues}
    _tell(tools, errand, queue, "")
    return Done("Dead letters looked at", {"found": found})


def replay_letters(tools: Tools, errand: Errand) -> Done:
    """Sends dead letters back to where they failed. Done twice, it finds them gone."""
    job = errand.message
    queue, letter = str(job["queue"]), str(job["letter"])
    if not _may(tools, errand) or queue not in tools.dead_letters.names:
        return Done("Not to be sent back", warning=True)
    again = tools.republishing() if tools.dead_letters.is_of_stream(queue) else None
    sent, done = tools.dead_letters.replay(
        queue,
        only=letter,
        enough=lambda: errand.seconds_left() < _RESERVE,
        instead=again.publish if again else None,
    )
    total = sent + int(job.get("sent", 0))
    details: dict[str, object] = {"queue": queue, "sent": total}
    said = views.replayed(queue, total, letter)
    gone: dict[str, str] = {}
    if again:
        events = again.events + int(job.get("events", 0))
        gone = {**job.get("gone", {}), **{one: _place_of(batch) for one, batch in again.gone.items()}}
        job = {**job, "events": events, "gone": gone}
        said = views.published(queue, total, letter, events, tuple(gone.values()), again.unreadable)
        details |= {"events": events, "gone": list(gone.values()), "unreadable": again.unreadable}
    if not done:
        tools.jobs_queue.send([{**job, "sent": total}])
        return Done("Dead letters sent back in part", details, finished=False)
    _look(tools, queue)
    _tell(tools, errand, queue, said, without=gone)
    if gone:
        tools.dead_letters.replay(queue, instead=lambda found: found.id in gone)
        _look(tools, queue)
    return Done("Dead letters sent back", details, {"LettersReplayed": sent}, warning=True)


def _place_of(batch: StreamBatch) -> str:
    """Which changes a batch holds, in words."""
    return f"{batch.size} of {batch.table} from {batch.begun[:16]} to {batch.ended[:16]} UTC"


def _may(tools: Tools, errand: Errand) -> bool:
    """Whether who asked is an operator still."""
    operator = tools.accounts.operator(_person(errand))
    return bool(operator and allows(operator.role, Act.OPERATE))


def _person(errand: Errand) -> Person:
    return Person(errand.message["home_team"], errand.message["user"])


def _look(tools: Tools, queue: str) -> int:
    """Remembers what lies in a queue; how much there was."""
    found = tools.dead_letters.look(queue, most=MOST)
    failures = tools.letters.failures(one.message for one in found)
    letters = [_letter(one, queue, failures.get(one.message)) for one in found]
    now = time.time()
    tools.letters.seen(queue, letters, at=utc(datetime.fromtimestamp(now, UTC)), now=now)
    return len(letters)


def _letter(found: Found, queue: str, failure: Failure | None) -> Letter:
    kind, about = describe(found.body)
    failure = failure or read_failure(found.body)
    name = (failure.reference if failure else "") or reference_in(found.body)
    return Letter(found.id, queue, kind, about, found.sent_at, name, failure)


def _tell(tools: Tools, errand: Errand, queue: str, said: str, *, without: Collection[str] = ()) -> None:
    """Sends the list as it is now into the operator's DM, once for each job; without letters that are about to go."""
    job = errand.message
    if tools.copies.get(job["id"]) is not None:
        return
    looks = sorted(tools.letters.looks().values(), key=lambda look: look.queue)
    question = f"operator letters {queue}".strip()
    shown = _first(letter for letter in tools.letters.of(queue) if letter.id not in without)
    copy = tools.sender.to_person(job["team"], job["user"], views.letters(shown, looks, queue, question, said=said))
    tools.copies.put(job["id"], copy, now=time.time())


def _first(letters: Iterable[Letter]) -> Page[Letter]:
    """The first page of a list."""
    everything = tuple(letters)
    shown = everything[:PAGE]
    after = str(PAGE) if len(everything) > PAGE else None
    return Page(shown, first=1 if shown else 0, total=len(everything), after=after)
