"""The first message in a channel that an account's admin has just named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.languages import Language
from rollcall.routes import Place, PlaceKind
from rollcall.slack.sender import UndeliverableError
from rollcall.views import notices, setup_channels
from rollcall.views.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rollcall.slack.sender import Sender
    from rollcall.store.copies import CopiesStore


def try_channel(
    message: Mapping[str, Any], sender: Sender, copies: CopiesStore, took: Callable[[Place, str], None], *, now: float
) -> None:
    """Posts it, once; where Slack does not take it, the admin hears why and what to do.

    Args:
        message: as `Outbox.try_channel` sends it.
        sender: speaks to Slack.
        copies: remembers that it was posted.
        took: is told of a channel that took it, and of whose it is: what was said of its trouble is over.
        now: epoch seconds.

    Raises:
        RetryLaterError: Slack limits the rate.
        SlackDownError: Slack has trouble.
        UndeliverableError: neither the channel nor the admin can be told.
    """
    if copies.get(message["id"]) is not None:
        return
    team, channel, company, account = (message[name] for name in ("team", "channel", "company", "account"))
    say = Wording(Language(message.get("language") or Language.ENGLISH))
    try:
        copy = sender.to_channel(team, channel, setup_channels.first_message(company, account, message["name"], say))
    except UndeliverableError as error:
        same = message["home_team"] == team
        trouble = notices.channel_trouble(channel, error.code, company, account, same_team=same, say=say)
        copy = sender.to_person(message["home_team"], message["user"], trouble)
    else:
        took(Place(PlaceKind.CHANNEL, team, channel), account)
    copies.put(message["id"], copy, now=now)
