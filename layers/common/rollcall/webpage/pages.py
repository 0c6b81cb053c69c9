"""The pages as HTML: everything in one answer, nothing from elsewhere, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from rollcall.desk.upload_pages import Refusal

if TYPE_CHECKING:
    from rollcall.desk.upload_pages import Page, Refused

_FOLDER: Final = Path(__file__).parent

_REFUSALS: Final = {
    Refusal.UNKNOWN: ("This link is not known", "Perhaps it was not copied whole. Ask for a new one in Slack."),
    Refusal.OVER: ("The time of this link is over", "Links work for fifteen minutes. Ask for a new one in Slack."),
    Refusal.USED: (
        "This link was used",
        "Its file was or is being sent; a link works once. Ask for a new one in Slack.",
    ),
    Refusal.NOT_ALLOWED: (
        "This link does not work any more",
        "Who asked for it may not upload for this customer any more.",
    ),
    Refusal.FILE: ("This file cannot be taken", "Pick a CSV file."),
}


def form_page(page: Page, *, most_bytes: int) -> str:
    """The page of a link that works.

    Args:
        page: what it is good for.
        most_bytes: size of the largest file.
    """
    until = datetime.fromtimestamp(page.until, UTC)
    body = Template(_read("form.html")).substitute(
        company=escape(page.company),
        customer=escape(page.customer or "many customers, named in each row"),
        upload=escape(page.upload),
        doing="Check only: nothing will be stored." if page.check_only else "",
        until=f"{until:%Y-%m-%dT%H:%M:%SZ}",
        until_text=f"{until:%H:%M} UTC",
        most_bytes=most_bytes,
        most_text=f"{most_bytes // (1024 * 1024):,} MB" if most_bytes >= 1024 * 1024 else f"{most_bytes:,} bytes",
    )
    return _whole("Check a file" if page.check_only else "Upload devices", body)


def refusal_page(refused: Refused) -> str:
    """The page of a link that does nothing."""
    title, what = _REFUSALS[refused.why]
    said = f"<p>{escape(refused.said)}</p>" if refused.said else ""
    upload = f"<p>Its upload id: <code>{escape(refused.upload)}</code></p>" if refused.upload else ""
    return _whole(title, f"<p>{escape(what)}</p>{said}{upload}")


def problem(refused: Refused) -> str:
    """The same in one sentence or two, for the page to show."""
    title, what = _REFUSALS[refused.why]
    return f"{refused.said or title + '.'} {what}"


def policy(post_origin: str) -> str:
    """The Content-Security-Policy: our own script and style by their hashes, and the two places that are talked to."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest('page.js')}'",
            f"style-src '{_digest('page.css')}'",
            f"connect-src 'self' {post_origin}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _whole(title: str, body: str) -> str:
    return Template(_read("page.html")).substitute(
        title=escape(title), body=body, style=_read("page.css"), script=_read("page.js")
    )


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _digest(name: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(_read(name).encode()).digest()).decode()
