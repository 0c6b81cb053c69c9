"""Sends to Slack what the other functions have to say. Its queue waits where Slack limits the rate."""

from __future__ import annotations

import json
import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import process_partial_response

from rollcall.accounts import Person
from rollcall.desk import Desk
from rollcall.routes import Place, PlaceKind
from rollcall.settings import Settings
from rollcall.slack.endings import Endings
from rollcall.slack.people import People
from rollcall.slack.sender import Copy, RetryLaterError, Sender, SlackDownError, UndeliverableError
from rollcall.store import clients
from rollcall.store.copies import CopiesStore
from rollcall.store.deadlines import lasting
from rollcall.store.installations import InstallationsStore
from rollcall.store.notices import HeldError
from rollcall.store.presences import PresencesStore
from rollcall.store.queues import Queue
from rollcall.telling.assembly import endings, shared_channels, strays, teller, workspaces
from rollcall.telling.channel_tests import try_channel
from rollcall.telling.strays import Found
from rollcall.telling.teller import Told
from rollcall.views.message import Message
from rollcall.worker.consuming import PAUSES_OF_NOTICES, Consumer
from rollcall.worker.observing import metrics_of, observed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from rollcall.telling.endings import TokenEndings
    from rollcall.telling.shared_channels import SharedChannels
    from rollcall.telling.strays import Strays
    from rollcall.telling.teller import Teller
    from rollcall.telling.workspaces import Workspaces

logger = Logger(service="notify")
metrics = metrics_of("notify")
# A message that comes back later is no failure of the function; what is one is logged and counted below.
processor = Consumer(logger, queue="NOTICES_QUEUE_URL", pauses=PAUSES_OF_NOTICES, calm=True)

#: Seconds until a message comes back after Slack had trouble, doubled each time up to the queue's visibility.
_FIRST_PAUSE = 5
_LONGEST_PAUSE = 180


class Tools(NamedTuple):
    """What an execution environment sends with.

    Attributes:
        sender: speaks to Slack.
        copies: answers that were sent into somebody's DM.
        desk: answers questions.
        teller: tells notices.
        strays: looks after messages that nobody remembered.
        shared: knows where another company reads along.
        people: asks Slack about people.
        presences: what Slack said of them.
        endings: ends installations whose token Slack does not know any more.
    """

    sender: Sender
    copies: CopiesStore
    desk: Desk
    teller: Teller
    strays: Strays
    shared: SharedChannels
    people: People
    presences: PresencesStore
    endings: TokenEndings


@cache
def tools() -> Tools:
    """What this execution environment sends with, made at the first notice."""
    settings = Settings.from_env(os.environ)
    installations = InstallationsStore.from_settings(settings, mends=True)
    heard = Endings(Queue(clients.sqs(), settings.notices_queue_url))
    sender = Sender(installations.find, settings.slack_api_url, ended=heard.met)
    return Tools(
        sender,
        CopiesStore(settings.uploads_table),
        Desk.from_settings(settings),
        teller(settings, sender, s3=clients.s3(), sqs=clients.sqs(), clock=time.time),
        strays(settings, sender, sqs=clients.sqs(), clock=time.time),
        shared_channels(settings, sender, sqs=clients.sqs(), clock=time.time),
        People.beside(sender),
        PresencesStore(settings.accounts_table),
        endings(settings, sender, installations, sqs=clients.sqs(), clock=time.time),
    )


@cache
def places() -> Workspaces:
    """What is done when a workspace goes or comes, made at the first."""
    return workspaces(Settings.from_env(os.environ), sqs=clients.sqs(), clock=time.time)


class Attempt(NamedTuple):
    """One try at a message.

    Attributes:
        worker: names it, different for each.
        seconds: how long it may take.
    """

    worker: str
    seconds: float


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics
def handle(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Sends each notice that the messages hold."""

    def seconds_left() -> float:
        return context.get_remaining_time_in_millis() / 1000

    def send(record: SQSRecord) -> None:
        message = json.loads(record.body)
        logger.append_keys(kind=message["kind"], notice=message.get("id"), team=message.get("team"))
        with observed(logger, metrics, message.get("reference")), lasting(seconds_left):
            try_once(record, message)

    def try_once(record: SQSRecord, message: dict[str, Any]) -> None:
        tries = int(record.attributes.approximate_receive_count or 1)
        attempt = Attempt(f"{context.aws_request_id}-{tries}", seconds_left())
        try:
            _KINDS[message["kind"]](message, attempt)
        except RetryLaterError as later:
            _come_back(record, later.seconds + 1)
            raise
        except (SlackDownError, HeldError):
            _come_back(record, min(_FIRST_PAUSE * 2 ** (tries - 1), _LONGEST_PAUSE))
            raise
        except UndeliverableError as error:
            logger.warning("Notice cannot be delivered", code=error.code)
            metrics.add_metric("NoticesUndeliverable", MetricUnit.Count, 1)
        except Exception:
            logger.exception("Notice failed")
            metrics.add_metric("NoticesFailed", MetricUnit.Count, 1)
            raise
        else:
            logger.info("Message done with")

    return process_partial_response(event, send, processor, context)


def _tell(message: dict[str, Any], attempt: Attempt) -> None:
    """Tells a notice of which only the id is known: what it says is read when it is told."""
    told = tools().teller.tell(message["id"], worker=attempt.worker, seconds=attempt.seconds)
    logger.info("Notice told", result=told.value)
    if told is Told.TOLD:
        metrics.add_metric("NoticesSent", MetricUnit.Count, 1)
    elif told is Told.UNDELIVERED:
        logger.warning("Nobody takes the notice")
        metrics.add_metric("NoticesUndeliverable", MetricUnit.Count, 1)


def _send(message: dict[str, Any], _: Attempt) -> None:
    """Sends what somebody asked for into their DM, once."""
    copies, sender, user = tools().copies, tools().sender, message["user"]
    if copies.get(message["id"]) is None:
        team = sender.nearest(message["team"], message.get("asked_in", ""))
        copy = sender.to_person(team, user, Message(message["text"], message["blocks"]))
        copies.put(message["id"], copy, now=time.time())
    metrics.add_metric("NoticesSent", MetricUnit.Count, 1)


def _draw_home(message: dict[str, Any], _: Attempt) -> None:
    """Draws somebody's App Home as it is now."""
    team, user = message["team"], message["user"]
    tools().sender.publish_home(team, user, tools().desk.home(Person(message["home_team"], user)))
    metrics.add_metric("NoticesSent", MetricUnit.Count, 1)


def _try_channel(message: dict[str, Any], _: Attempt) -> None:
    """Posts the first message into a channel that was just named."""
    try_channel(message, tools().sender, tools().copies, tools().teller.took, now=time.time())
    metrics.add_metric("NoticesSent", MetricUnit.Count, 1)


def _leave_channel(message: dict[str, Any], _: Attempt) -> None:
    """Forgets the trouble with a channel that its account does not name any more."""
    tools().teller.left(Place(PlaceKind.CHANNEL, message["team"], message["channel"]), message["account"])


def _look_after(message: dict[str, Any], attempt: Attempt) -> None:
    """Compares a message that Slack told of with what is remembered of it."""
    copy = Copy(message["team"], message["channel"], message["ts"])
    found = tools().strays.found(
        message["id"], copy, part=message["part"], worker=attempt.worker, seconds=attempt.seconds
    )
    mended = found in (Found.ADOPTED, Found.REMOVED)
    if mended:
        logger.warning("Message was posted and not remembered", found=found.value)
    metrics.add_metric("NoticesMended", MetricUnit.Count, int(mended))


def _farewell(message: dict[str, Any], _: Attempt) -> None:
    """Deletes what is left of an installation, and has its companies told."""
    people = message.get("people") or []
    told = places().left(message["team"], happened_at=float(message["happened_at"]), people=people)
    logger.warning("Rollcall was removed from a workspace", accounts=len(told), people=len(people))
    metrics.add_metric("WorkspacesLeft", MetricUnit.Count, int(not people))


def _arrival(message: dict[str, Any], _: Attempt) -> None:
    """Tells what waited for a workspace."""
    again = places().arrived(message["team"])
    logger.info("Rollcall is in a workspace", notices=again)
    metrics.add_metric("WorkspacesArrived", MetricUnit.Count, 1)


def _silence(message: dict[str, Any], _: Attempt) -> None:
    """Has the companies of a workspace told that Rollcall has no access there any more."""
    told = places().silent(message["team"])
    logger.warning("Rollcall has no access to a workspace", accounts=len(told))
    metrics.add_metric("WorkspacesSilent", MetricUnit.Count, 1)


def _look_at_token(message: dict[str, Any], _: Attempt) -> None:
    """Finds out whether a workspace's token has ended, and if so has its companies told."""
    told = tools().endings.look(message["team"])
    if told:
        logger.warning("Slack took a token back", accounts=len(told))
    metrics.add_metric("WorkspacesSilent", MetricUnit.Count, int(bool(told)))


def _look_at_person(message: dict[str, Any], _: Attempt) -> None:
    """Asks Slack whether somebody is still there; where Slack does not say, nothing changes."""
    person = Person(message["team"], message["user"])
    left = tools().people.has_left(person)
    if left is not None:
        tools().presences.put(person, left=left, now=time.time())
    metrics.add_metric("PeopleLeft", MetricUnit.Count, int(bool(left)))


def _look_at_channel(message: dict[str, Any], _: Attempt) -> None:
    """Draws anew what stands in a channel that another company joined or left."""
    drawn = tools().shared.changed(message["team"], message["channel"])
    logger.info("Channel changed", drawn_anew=drawn)
    metrics.add_metric("ChannelsChanged", MetricUnit.Count, 1)


#: ``kind`` of a message in the notices queue → what does it; each may be done twice.
_KINDS: Final[Mapping[str, Callable[[dict[str, Any], Attempt], None]]] = {
    "notice": _tell,
    "dm": _send,
    "home": _draw_home,
    "posted": _look_after,
    "presence": _look_at_person,
    "channel": _look_at_channel,
    "farewell": _farewell,
    "arrival": _arrival,
    "silence": _silence,
    "ended": _look_at_token,
    "channel_test": _try_channel,
    "channel_left": _leave_channel,
}


def _come_back(record: SQSRecord, seconds: int) -> None:
    """Makes the message visible when it makes sense, which Slack or the number of tries says."""
    metrics.add_metric("NoticesPutOff", MetricUnit.Count, 1)
    processor.come_back(record, seconds)
