"""What Rollcall says of its own ways: a channel that it cannot post to, and how to mend that (row B26)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import context, header, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording

_MEND: Final = {
    "not_in_channel": "Rollcall is not in it. Type `/invite @Rollcall` in that channel.",
    "is_archived": "It is archived. Take it out of the archive, or name another channel.",
    "channel_not_found": (
        "Slack does not show it to Rollcall: it was deleted, or it is private. If it is private, type "
        "`/invite @Rollcall` in it, else name another channel."
    ),
    "not_installed": "Rollcall is not installed in that workspace. Install it there, or name a channel of another one.",
    "restricted_action": "A rule of the workspace keeps apps from posting. Ask its admins, or name another channel.",
    "account_inactive": "Rollcall was taken out of that workspace. Install it again, or name a channel of another one.",
    "token_revoked": "Rollcall was taken out of that workspace. Install it again, or name a channel of another one.",
    "invalid_auth": "Rollcall's access to that workspace has ended. Install it again.",
}
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{2,20}")
_OTHERWISE: Final = "Name another channel, or ask whoever runs Rollcall; tell them the code."


def mend_of(trouble: str, say: Wording = ENGLISH) -> str:
    """What an admin can do about a channel or a workspace that refuses, as mrkdwn.

    Args:
        trouble: Slack's code.
        say: in the reader's language.
    """
    return say(_MEND.get(trouble, _OTHERWISE))


def channel_trouble(
    channel: str, trouble: str, company: str, account: str, *, same_team: bool, say: Wording = ENGLISH
) -> Message:
    """Tells an admin that their channel cannot be posted to, or that it can be again.

    Args:
        channel: its id.
        trouble: Slack's code; empty where there is none any more.
        company: whose channel it is, by name.
        account: likewise, by id.
        same_team: the reader is in the channel's workspace, where its id is shown as its name.
        say: in the reader's language.
    """
    named = f"<#{channel}>" if same_team and _CHANNEL.fullmatch(channel) else code(channel)
    foot = [context(f"{plain(company)} · {code(account)}")]
    if not trouble:
        text = say("Rollcall can post to {named} again.", named=named)
        return compose(text, [section(text)], foot, say=say)
    what = say("Rollcall cannot post to {named}, the channel of {company}.", named=named, company=bold(plain(company)))
    mend = say("{mend} Slack's code is {trouble}.", mend=mend_of(trouble, say), trouble=code(trouble))
    meanwhile = say("Until then, what would be said there goes to its admins.")
    lines = [what, mend, meanwhile]
    return compose(
        "\n".join(lines), [header(say("A channel cannot be posted to")), section("\n".join(lines))], foot, say=say
    )
