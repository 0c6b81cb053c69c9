"""What the messages in the notices queue ask for; each may be done twice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rollcall.accounts import Person
from rollcall.errands.errand import Done
from rollcall.posted import Copy
from rollcall.routes import Place, PlaceKind
from rollcall.telling.channel_tests import try_channel
from rollcall.telling.strays import Found
from rollcall.telling.teller import Told
from rollcall.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.errands.mailroom import Mailroom


class Attempt(NamedTuple):
    """One try at a message.

    Attributes:
        worker: names it, different for each.
        seconds: how long it may take.
    """

    worker: str
    seconds: float


def tell(room: Mailroom, message: Mapping[str, Any], attempt: Attempt) -> Done:
    """Tells a notice of which only the id is known: what it says is read when it is told."""
    told = room.teller.tell(message["id"], worker=attempt.worker, seconds=attempt.seconds)
    if told is Told.UNDELIVERED:
        return Done("Nobody takes the notice", counts={"NoticesUndeliverable": 1}, warning=True)
    return Done("Notice told", {"result": told.value}, {"NoticesSent": int(told is Told.TOLD)})


def send(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Sends what somebody asked for into their DM, once."""
    if room.copies.get(message["id"]) is None:
        team = room.sender.nearest(message["team"], message.get("asked_in", ""))
        copy = room.sender.to_person(team, message["user"], Message(message["text"], message["blocks"]))
        room.copies.put(message["id"], copy, now=time.time())
    return Done(counts={"NoticesSent": 1})


def draw_home(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Draws somebody's App Home as it is now."""
    team, user = message["team"], message["user"]
    room.sender.publish_home(team, user, room.desk.home(Person(message["home_team"], user)))
    return Done(counts={"NoticesSent": 1})


def greet_channel(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Posts the first message into a channel that was just named."""
    try_channel(message, room.sender, room.copies, room.teller.took, now=time.time())
    return Done(counts={"NoticesSent": 1})


def leave_channel(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Forgets the trouble with a channel that its account does not name any more."""
    room.teller.left(Place(PlaceKind.CHANNEL, message["team"], message["channel"]), message["account"])
    return Done()


def look_after(room: Mailroom, message: Mapping[str, Any], attempt: Attempt) -> Done:
    """Compares a message that Slack told of with what is remembered of it."""
    copy = Copy(message["team"], message["channel"], message["ts"])
    found = room.strays.found(message["id"], copy, part=message["part"], worker=attempt.worker, seconds=attempt.seconds)
    if found not in (Found.ADOPTED, Found.REMOVED):
        return Done(counts={"NoticesMended": 0})
    details = {"found": found.value}
    return Done("Message was posted and not remembered", details, {"NoticesMended": 1}, warning=True)


def farewell(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Deletes what is left of an installation, and has its companies told."""
    people = message.get("people") or []
    told = room.places.left(message["team"], happened_at=float(message["happened_at"]), people=people)
    details = {"accounts": len(told), "people": len(people)}
    counts = {"WorkspacesLeft": int(not people)}
    return Done("Rollcall was removed from a workspace", details, counts, warning=True)


def arrival(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Tells what waited for a workspace."""
    again = room.places.arrived(message["team"])
    return Done("Rollcall is in a workspace", {"notices": again}, {"WorkspacesArrived": 1})


def silence(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Has the companies of a workspace told that Rollcall has no access there any more."""
    told = room.places.silent(message["team"])
    return Done("Rollcall has no access to a workspace", {"accounts": len(told)}, {"WorkspacesSilent": 1}, warning=True)


def look_at_token(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Finds out whether a workspace's token has ended, and if so has its companies told."""
    told = room.endings.look(message["team"])
    if not told:
        return Done(counts={"WorkspacesSilent": 0})
    return Done("Slack took a token back", {"accounts": len(told)}, {"WorkspacesSilent": 1}, warning=True)


def look_at_person(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Asks Slack whether somebody is still there; where Slack does not say, nothing changes."""
    person = Person(message["team"], message["user"])
    left = room.people.has_left(person)
    if left is not None:
        room.presences.put(person, left=left, now=time.time())
    return Done(counts={"PeopleLeft": int(bool(left))})


def look_at_channel(room: Mailroom, message: Mapping[str, Any], _: Attempt) -> Done:
    """Draws anew what stands in a channel that another company joined or left."""
    drawn = room.shared.changed(message["team"], message["channel"])
    return Done("Channel changed", {"drawn_anew": drawn}, {"ChannelsChanged": 1})


#: ``kind`` of a message in the notices queue → what does it.
NOTICES: Final[Mapping[str, Callable[[Mailroom, Mapping[str, Any], Attempt], Done]]] = {
    "notice": tell,
    "dm": send,
    "home": draw_home,
    "posted": look_after,
    "presence": look_at_person,
    "channel": look_at_channel,
    "farewell": farewell,
    "arrival": arrival,
    "silence": silence,
    "ended": look_at_token,
    "channel_test": greet_channel,
    "channel_left": leave_channel,
}
