"""The pages of an install, as HTML without a script: before it, after it, and for each way it can fail."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from rollcall.command_names import real_name
from rollcall.invitations import DAYS, Entry, Invited, Refusal
from rollcall.webpage.install_failures import AGAIN, FAILURES

if TYPE_CHECKING:
    from rollcall.webpage.install_failures import Failure

_FOLDER: Final = Path(__file__).parent


def install_page(url: str) -> str:
    """The page that an install begins with.

    Args:
        url: Slack's page that asks for the rights.
    """
    return _whole(
        "Install Rollcall in Slack",
        "<p>Rollcall enrols devices where you already work: resellers upload the phones they sold, customers accept "
        "or reject them, and both see what became of each device.</p>"
        "<p>Slack asks you next which workspace it is for and shows what Rollcall may do there: answer its commands, "
        "write messages and files, and read what is written to it in its own direct messages.</p>"
        f'<p><a class="go" href="{escape(url)}">Choose a workspace in Slack</a></p>',
    )


def invited_page(url: str, *, code: str, slack: str, kind: Invited) -> str:
    """The page that the link of an invitation leads to: whichever of two ways it is, each is said in full.

    It names neither the company nor who invited: programs that preview links read it, too.

    Args:
        url: Slack's page that asks for the rights.
        code: of the invitation.
        slack: where Slack is opened.
        kind: what the invitation lets somebody become.
    """
    what = "a member of your company" if kind is Invited.PERSON else "the first admin of your company"
    return _whole(
        "You are invited",
        "<p>Rollcall enrols devices where you already work: resellers upload the phones they sold, customers accept "
        f"or reject them. By this invitation you become {what}. It lets one person in.</p>"
        "<h2>Your workspace has Rollcall already</h2>"
        f"<p>Type this in Slack, in any channel:</p><p><code>{{rollcall}} join {escape(code)}</code></p>"
        f'<p><a class="also" href="{escape(slack)}">Open Slack</a></p>'
        "<h2>It does not yet, or you do not know</h2>"
        "<p>Slack asks you which workspace it is for and shows what Rollcall may do there. When that is done you are "
        "in; installing it twice does no harm.</p>"
        f'<p><a class="go" href="{escape(url)}">Choose a workspace in Slack</a></p>',
    )


#: Status, title, and what to do, of a code that lets nobody in.
_REFUSED: Final = {
    Refusal.UNKNOWN: (
        HTTPStatus.NOT_FOUND,
        "There is no such invitation",
        "The link is not whole, or was changed on its way. Open it once more as you were sent it, or type the code.",
    ),
    Refusal.USED: (
        HTTPStatus.GONE,
        "This invitation has been used",
        (
            "It lets one person in. If that was you, <code>{rollcall} me</code> in Slack says where you belong; if "
            "not, ask that person to invite you, or whoever sent you the link for a new one."
        ),
    ),
    Refusal.EXPIRED: (
        HTTPStatus.GONE,
        "This invitation has expired",
        f"It was good for {DAYS} days. Ask whoever sent it to you for a new one.",
    ),
    Refusal.REVOKED: (
        HTTPStatus.GONE,
        "This invitation is not good any more",
        "Whoever sent it to you took it back, or may not invite now. Ask them for a new one.",
    ),
}


def refused_page(refusal: Refusal, *, install: str) -> tuple[str, HTTPStatus]:
    """The page of a code that lets nobody in, and its HTTP status. It says nothing of whom it was for.

    Args:
        refusal: why.
        install: where Rollcall is installed without an invitation.
    """
    number, title, what = _REFUSED[refusal]
    more = (
        "<p>Rollcall can be installed without an invitation; you join your company when you have one: "
        f'<a href="{escape(install)}">to the install</a>.</p>'
    )
    return _whole(title, f"<p>Nothing has changed. {what}</p>{more}"), number


_ENTERED: Final = {
    Entry.JOINED: (
        "Your invitation is redeemed, and you belong to your company now. Rollcall has written to you in Slack what "
        "comes next."
    ),
    Entry.TOLD: (
        "Your invitation is still to be seen to: Rollcall has written to you in Slack what became of it and what to do."
    ),
}


def installed_page(workspace: str, *, org_wide: bool, entry: Entry | None = None) -> str:
    """The page after an install, with what to do next.

    Args:
        workspace: its name; empty if Slack named none.
        org_wide: Rollcall is in the whole organisation.
        entry: what became of the invitation that they came by; None if there is none.
    """
    where = f"<b>{escape(workspace)}</b>" if workspace else "your workspace"
    also = "<p>An organisation's admin adds it to the workspaces that are to have it.</p>" if org_wide else ""
    if entry in _ENTERED:
        told = f"<p>{_ENTERED[entry]}</p><p>This page can be closed.</p>"
        return _whole("Rollcall is installed", f"<p>Rollcall is in {where} now.</p>{also}{told}")
    return _whole(
        "Rollcall is installed",
        f"<p>Rollcall is in {where} now.</p>{also}<p>What comes next, in Slack:</p><ol>"
        "<li>Type <code>{rollcall} join &lt;code&gt;</code> with the code of your invitation. Who does so first "
        "becomes the first admin of your company.</li>"
        "<li>No code yet? Whoever told you of Rollcall can invite your company. Your team and user id, which they may "
        "ask for, are in the answer to <code>{rollcall} me</code>.</li>"
        "<li>If your company is in Rollcall already, there is nothing to do: its messages come again.</li></ol>"
        "<p>This page can be closed.</p>",
    )


def failed_page(failure: Failure, *, again: str, code: str = "", reference: str = "") -> str:
    """The page of an install that came to nothing.

    Args:
        failure: why.
        again: where an install begins.
        code: Slack's code of its refusal.
        reference: under which the logs tell more.
    """
    _, title, what = FAILURES[failure]
    parts = [f"<p>{what}</p>"]
    if code:
        parts.append(f"<p>Slack says: <code>{escape(code)}</code></p>")
    if failure in AGAIN:
        parts.append(f'<p><a class="go" href="{escape(again)}">Begin once more</a></p>')
    if reference:
        parts.append(f'<p class="reference">Reference: <code>{escape(reference)}</code></p>')
    return _whole(title, "".join(parts))


def policy() -> str:
    """The Content-Security-Policy: our own style by its hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_read("install.css").encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _whole(title: str, body: str) -> str:
    body = body.replace("{rollcall}", escape(real_name()))
    return Template(_read("install.html")).substitute(title=escape(title), body=body, style=_read("install.css"))


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
