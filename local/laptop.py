"""Rollcall whole: the emulated AWS with the template on it, and a Slack workspace that talks to it."""

from __future__ import annotations

import os
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from local.accounts import apply_accounts
from local.deploy import BUILT
from local.emulator import HOST, REGION, EmulatorError
from local.slack.serve import start
from local.socket_mode import bridged
from local.stack import running_stack
from ops.accounts import load
from rollcall.installations import Installation
from rollcall.store.installations import InstallationsStore
from rollcall.store.sealing import Seal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from local.choices import Choices
    from local.slack.serve import Workspace
    from local.stack import Stack
    from rollcall.accounts import Directory

#: Signs requests between the built-in workspace and the bot; a dummy, and said to everybody.
SIGNING_SECRET: Final = "local-signing-secret"  # noqa: S105 - a dummy
#: Where the functions of the local stack find the Slack app's secrets, and those that never change here.
SLACK_SECRETS: Final = "/rollcall/slack"
APP_SECRETS: Final = {"client-id": "1.1", "client-secret": "local-client-secret"}
#: Seconds to wait for the bot's first answer, and how often: a busy machine takes some to start its function.
_PATIENCE: Final = 20
_TRIES: Final = 3
#: Copies of the bot that wait for what comes at once.
_COPIES: Final = 3
#: Seconds that the built-in workspace waits for the bot, where Slack waits 3: on AWS the bot starts from a snapshot,
#: here each copy is a new process, and two cores may be starting others (1.2 s to unpack and 1.3 to import by itself).
#: Likewise for what sam has built: nothing of that is compiled, and more services are described in it (1.8, 3.2).
_ACK_SECONDS: Final = 10.0
_BUILT_ACK_SECONDS: Final = 20.0
#: Names other seconds: for slow machines, and for tests of what functions may do, which share two cores with others.
ACK_SECONDS: Final = "ROLLCALL_ACK_SECONDS"
_LONGEST_ACK: Final = 60
_BOT_ID: Final = "B0ROLLCALL"
_BOT_USER: Final = "U0ROLLCALL"


@dataclass(frozen=True, slots=True)
class Laptop:
    """What runs, and where it is found.

    Attributes:
        stack: the emulated AWS.
        bot_url: where Slack's requests are posted.
        slack_api_url: the Slack Web API that the bot speaks to; ends in ``/api/``.
        slack_signing_secret: signs those requests.
        slack_bot_token: of the operators' workspace, or the one that was given.
        workspace: the built-in workspace; None where another Slack was named.
    """

    stack: Stack
    bot_url: str
    slack_api_url: str
    slack_signing_secret: str
    slack_bot_token: str
    workspace: Workspace | None


@contextmanager
def running_laptop(
    choices: Choices, parameters: Mapping[str, str] | None = None, say: Callable[[str], None] = lambda _: None
) -> Iterator[Laptop]:
    """Runs all of it for the length of a ``with`` block.

    Args:
        choices: state, ports, accounts, and which Slack.
        parameters: values for the template's parameters.
        say: is told of each step that is done.

    Raises:
        AccountsError: the accounts contradict some that are there.
        BundleError: a function's packages could not be installed.
        ChoiceError: the accounts file cannot be used; nothing was started.
        DeployError: CloudFormation could not deploy the template.
        EmulatorError: the folder or the port is in use, or the emulated AWS did not start or did not stop.
    """
    directory = load(choices.directory)
    secret = choices.slack_signing_secret or SIGNING_SECRET
    slack_port = choices.port + 1
    api_url = choices.slack_api_url or f"http://{HOST}:{slack_port}/api/"
    values = {"SlackSecrets": SLACK_SECRETS, "SlackApiUrl": api_url, **(parameters or {})}
    # The stack first: it holds the state folder, and says so to whoever starts a second one.
    with running_stack(choices.state, choices.port, values, say) as stack:
        put_secrets(stack, {**APP_SECRETS, "signing-secret": secret})
        changes = apply_accounts(stack, directory)
        say(f"Accounts: {len(changes.added)} added, {len(changes.changed)} changed, by {choices.directory}")
        bot_url = f"{stack.endpoint}/_aws/execute-api/{stack.outputs['SlackApiId']}/$default/slack/events"
        with ExitStack() as also:
            workspace = None
            if not choices.slack_api_url:
                workspace = also.enter_context(_workspace(choices, slack_port, secret, bot_url))
                say(f"Slack, emulated: {workspace.url}")
            token = _install(stack, directory, workspace, choices.slack_bot_token)
            if choices.slack_app_token:
                also.enter_context(bridged(choices.slack_app_token, bot_url, secret, api_url))
                say("Slack, the real one: connected in Socket Mode")
            warm(bot_url)
            say("The bot answers")
            yield Laptop(stack, bot_url, api_url, secret, token, workspace)


def put_secrets(stack: Stack, secrets: Mapping[str, str]) -> None:
    """Stores the Slack app's secrets where the functions read them."""
    ssm = stack.client("ssm")
    for name, value in secrets.items():
        ssm.put_parameter(Name=f"{SLACK_SECRETS}/{name}", Value=value, Type="SecureString", Overwrite=True)


def warm(bot_url: str) -> None:
    """Starts copies of the bot's function with the request by which Slack tries an address; so no person waits for one.

    On AWS a copy starts from a snapshot in which all is imported. Here each is a new process that takes seconds, and a
    click comes together with the events of what the bot has just posted.

    Raises:
        EmulatorError: it does not answer; the emulator's log says why.
    """
    # All at once: a copy takes one request at a time, so each of them starts its own.
    with ThreadPoolExecutor(_COPIES) as pool:
        answered = list(pool.map(_answers, [bot_url] * _COPIES))
    if not any(answered):
        raise EmulatorError(f"The bot at {bot_url} does not answer. The emulator's log, beside stack.json, says why.")


def _answers(bot_url: str) -> bool:
    request = urllib.request.Request(bot_url, data=b"ssl_check=1&token=none")  # noqa: S310 - on this machine
    for _ in range(_TRIES):
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - likewise
                if answer.status == HTTPStatus.OK:
                    return True
        except OSError:
            continue
    return False


def _ack_seconds(env: Mapping[str, str]) -> float:
    named = env.get(ACK_SECONDS, "")
    if named:
        seconds = int(named) if named.isascii() and named.isdigit() else 0
        if not 0 < seconds <= _LONGEST_ACK:
            raise EmulatorError(f"{ACK_SECONDS} must be whole seconds from 1 to {_LONGEST_ACK}, not {named!r}.")
        return seconds
    return _BUILT_ACK_SECONDS if env.get(BUILT) else _ACK_SECONDS


@contextmanager
def _workspace(choices: Choices, port: int, secret: str, bot_url: str) -> Iterator[Workspace]:
    """The built-in workspace."""
    try:
        workspace = start(
            choices.directory,
            bot_url=bot_url,
            signing_secret=secret,
            port=port,
            state_dir=choices.state,
            newcomer=True,
            ack_seconds=_ack_seconds(os.environ),
        )
    except OSError as error:
        raise EmulatorError(
            f"Port {port} for the Slack workspace is in use; ROLLCALL_PORT names another. ({error})"
        ) from error
    try:
        yield workspace
    finally:
        workspace.stop()


def _install(stack: Stack, directory: Directory, workspace: Workspace | None, given: str) -> str:
    """Installs Rollcall in every workspace that the accounts file names; the token of the operators' one."""
    store = InstallationsStore(
        stack.outputs["AccountsTableName"],
        seal=Seal(stack.outputs["TokensKeyArn"], client=stack.client("kms")),
        region=REGION,
        host=stack.endpoint,
    )
    teams = dict.fromkeys(
        (
            *(operator.team for operator in directory.operators),
            *(member.team for member in directory.members),
        )
    )
    tokens = {team: workspace.tokens.get(team, "") if workspace else given for team in teams}
    for team, token in tokens.items():
        if workspace and team in workspace.world.teams and not workspace.world.teams[team].installed:
            continue  # somebody has removed it there, and it stays so until they install it again
        bot = workspace.world.teams[team] if workspace and team in workspace.world.teams else None
        store.put(
            Installation(
                team=team,
                bot_token=token,
                bot_id=bot.bot_id if bot else _BOT_ID,
                bot_user=bot.bot_user if bot else _BOT_USER,
                name=bot.name if bot else team,
            )
        )
    return next(iter(tokens.values()), "")
