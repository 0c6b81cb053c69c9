"""What an account's people are told when Rollcall cannot speak in one of their workspaces any more (rows B25, B26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.views.blocks import context, header, section
from rollcall.views.message import compose
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.views.message import Message
    from rollcall.views.wording import Wording

#: What became of the installation, where Slack's code says it.
_REASONS: Final = {
    "": "Rollcall was removed from the workspace {name}, and its access there has ended.",
    "invalid_refresh_token": "Rollcall could not renew its access to the workspace {name}.",
    "token_revoked": "Rollcall's access to the workspace {name} was taken back.",
}
_OTHERWISE: Final = "Rollcall has no access to the workspace {name} any more."


def workspace_lost(
    name: str, trouble: str, company: str, account: str, *, install_url: str, say: Wording = ENGLISH
) -> Message:
    """Tells people of an account that a workspace of theirs is silent, and how to mend that.

    Args:
        name: of the workspace, or its id.
        trouble: Slack's code; empty where Rollcall was removed.
        company: whose workspace it is, by name.
        account: likewise, by id.
        install_url: where Rollcall is installed again; empty if that is not known.
        say: in the reader's language.
    """
    what = say(_REASONS.get(trouble, _OTHERWISE), name=bold(plain(name)))
    meanwhile = say(
        "Until it is back, what Rollcall has to say to {company} goes to the people and channels that "
        "are elsewhere; what nobody takes waits. Devices and uploads are as they were.",
        company=bold(plain(company)),
    )
    mend = (
        say("To bring it back, an admin of that workspace opens {install_url}.", install_url=install_url)
        if install_url
        else say("To bring it back, an admin of that workspace installs Rollcall again.")
    )
    lines = [what, meanwhile, mend]
    foot = [context(f"{plain(company)} · {code(account)}{f' · {code(trouble)}' if trouble else ''}")]
    return compose(
        "\n".join(lines), [header(say("Rollcall is out of a workspace")), section("\n".join(lines))], foot, say=say
    )


def workspace_back(name: str, company: str, account: str, say: Wording = ENGLISH) -> Message:
    """Tells the same people that Rollcall is there again."""
    text = say("Rollcall is in the workspace {name} again. What waited for it is told now.", name=bold(plain(name)))
    return compose(text, [section(text)], [context(f"{plain(company)} · {code(account)}")], say=say)
