"""Puts a teller together on a stack's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rollcall.slack.channels import Channels
from rollcall.slack.tokens import Tokens
from rollcall.store.channel_facts import ChannelFactsStore
from rollcall.store.installation_store import DynamoInstallationStore
from rollcall.store.notices import NoticesStore
from rollcall.store.posts import PostsStore
from rollcall.store.queues import Queue
from rollcall.store.sealing import Seal
from rollcall.store.sessions import LazyClient
from rollcall.store.team_accounts import TeamAccounts
from rollcall.store.troubles import TroublesStore
from rollcall.store.workspaces import WorkspacesStore
from rollcall.telling.channels import ChannelTroubles
from rollcall.telling.courier import Courier
from rollcall.telling.endings import TokenEndings
from rollcall.telling.herald import Herald
from rollcall.telling.shared_channels import SharedChannels
from rollcall.telling.sources import Shelf, sources
from rollcall.telling.strays import Strays
from rollcall.telling.teller import Teller
from rollcall.telling.workspaces import Workspaces

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.settings import Settings
    from rollcall.slack.sender import Sender
    from rollcall.store.installations import InstallationsStore

_DYNAMODB = LazyClient("dynamodb")


def strays(
    settings: Settings,
    sender: Sender,
    *,
    sqs: Any,  # noqa: ANN401 - a client of boto3 or botocore
    clock: Callable[[], float],
) -> Strays:
    """What looks after a stack's messages that nobody remembered; the arguments are those of `teller`."""
    notices = NoticesStore(settings.uploads_table)
    herald = Herald(notices, Queue(sqs, settings.notices_queue_url))
    return Strays(notices, PostsStore(settings.uploads_table), sender, herald, clock)


def workspaces(
    settings: Settings,
    *,
    sqs: Any,  # noqa: ANN401 - a client of boto3 or botocore
    clock: Callable[[], float],
    dynamodb: Any = _DYNAMODB,  # noqa: ANN401 - likewise
) -> Workspaces:
    """What is done when a workspace goes or comes; the arguments are those of `teller`."""
    notices = NoticesStore(settings.uploads_table)
    return Workspaces(
        workspaces=WorkspacesStore(settings.accounts_table),
        installations=DynamoInstallationStore(settings.accounts_table, seal=Seal(settings.tokens_key)),
        companies=TeamAccounts(dynamodb, settings.accounts_table),
        notices=notices,
        posts=PostsStore(settings.uploads_table),
        herald=Herald(notices, Queue(sqs, settings.notices_queue_url)),
        clock=clock,
    )


def endings(
    settings: Settings,
    sender: Sender,
    installations: InstallationsStore,
    *,
    sqs: Any,  # noqa: ANN401 - a client of boto3 or botocore
    clock: Callable[[], float],
) -> TokenEndings:
    """What ends installations whose token Slack does not know any more.

    Args:
        settings: names of the stack's tables and queues.
        sender: speaks to Slack.
        installations: where the tokens are.
        sqs: client.
        clock: epoch seconds.
    """
    return TokenEndings(
        Tokens.beside(sender),
        WorkspacesStore(settings.accounts_table),
        installations,
        workspaces(settings, sqs=sqs, clock=clock),
    )


def install_url(settings: Settings) -> str:
    """Where a workspace installs Rollcall; empty in a function that is not told its address."""
    return f"{settings.public_url}/slack/install" if settings.public_url else ""


def shared_channels(
    settings: Settings,
    sender: Sender,
    *,
    sqs: Any,  # noqa: ANN401 - a client of boto3 or botocore
    clock: Callable[[], float],
) -> SharedChannels:
    """What knows where other companies read along; the arguments are those of `teller`."""
    notices = NoticesStore(settings.uploads_table)
    return SharedChannels(
        facts=ChannelFactsStore(settings.uploads_table),
        channels=Channels.beside(sender),
        notices=notices,
        herald=Herald(notices, Queue(sqs, settings.notices_queue_url)),
        clock=clock,
    )


def teller(
    settings: Settings,
    sender: Sender,
    *,
    s3: Any,  # noqa: ANN401 - a client of boto3 or botocore
    sqs: Any,  # noqa: ANN401 - likewise
    clock: Callable[[], float],
    dynamodb: Any = _DYNAMODB,  # noqa: ANN401 - likewise
) -> Teller:
    """The teller of a stack.

    Args:
        settings: names of its tables, bucket and queues.
        sender: speaks to Slack.
        s3: client.
        sqs: client.
        clock: epoch seconds.
        dynamodb: client.
    """
    notices = NoticesStore(settings.uploads_table)
    herald = Herald(notices, Queue(sqs, settings.notices_queue_url))
    shelf = Shelf.on(settings, dynamodb=dynamodb, s3=s3, herald=herald, clock=clock)
    troubles = ChannelTroubles(
        notices=notices,
        troubles=TroublesStore(settings.uploads_table),
        posts=shelf.posts,
        accounts=shelf.accounts,
        herald=herald,
        clock=clock,
    )
    return Teller(
        notices=notices,
        courier=Courier(shelf.posts, sender, shared_channels(settings, sender, sqs=sqs, clock=clock), clock),
        sources=sources(shelf, troubles, install_url=install_url(settings)),
        troubles=troubles,
        herald=herald,
        clock=clock,
    )
