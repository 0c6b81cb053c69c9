"""Keys of the HTTP API: which there are, making one, and the one moment in which it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.views.blocks import confirmation, context, header, section
from rollcall.views.inputs import form, input_block, menu, option, text_input
from rollcall.views.message import compose
from rollcall.views.modals import modal
from rollcall.views.setup import KEY, KEY_REVOKE, back, leads, opens, question
from rollcall.views.text import bold, code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rollcall.accounts import ApiKey, Role
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Blocks of the form.
NAME, ROLE = "name", "role"
LONGEST_NAME: Final = 64
_MOST: Final = 20


def keys(listed: Sequence[ApiKey], reader: Reader) -> Message:
    """An account's keys by name: never the keys themselves."""
    rows = [
        section(
            f"{bold(code(one.name))} · {one.role}",
            {
                **opens("Revoke", KEY_REVOKE, reader, label=f"Revoke {one.name}", n=one.name, d=mark(one)),
                "confirm": confirmation(
                    f"Revoke {one.name}?",
                    "Whatever uses it is refused from this moment on. It cannot be taken back.",
                    confirm="Revoke",
                    deny="Keep it",
                ),
            },
        )
        for one in listed[:_MOST]
    ]
    if not rows:
        rows = [section("No API keys yet. A key lets another system upload, ask or decide for your company.")]
    if len(listed) > _MOST:
        rows.append(context(f"And {len(listed) - _MOST} more; revoke some of these to see them."))
    headline = f"API keys: {len(listed)}"
    make = opens("Make a key", KEY, reader, style="primary")
    return compose(headline, [header(headline), *rows], [*back(reader, make), reader.account_line()])


def mark(key: ApiKey) -> str:
    """What tells a key from a later one of the same name; it is no part of the key."""
    return key.sha256[:12]


def key_form(reader: Reader, roles: Iterable[Role], metadata: str) -> dict[str, Any]:
    """Asks for a name and a role.

    Args:
        reader: an admin.
        roles: which they may give.
        metadata: the account; it gives no rights.
    """
    options = [option(role.value, role.value) for role in roles]
    blocks = [
        input_block(
            NAME,
            "Name",
            text_input(NAME, longest=LONGEST_NAME, placeholder="erp"),
            hint="For yourselves: which system uses it. Letters, digits, dots, dashes and underscores.",
        ),
        input_block(ROLE, "Role", menu(ROLE, options, placeholder="What it may do")),
        context("The key is shown once, when it is made."),
        reader.account_line(),
    ]
    return form(KEY, "Make an API key", blocks, submit="Make", metadata=metadata)


def made(key: ApiKey, secret: str, reader: Reader) -> dict[str, Any]:
    """The key, this once. A modal: a message would stay."""
    lines = [
        f"The key {bold(code(key.name))} ({key.role}):",
        code(secret, 200),
        "Copy it now: it is not kept here, and nobody can show it again.",
        f"It goes with each request as {code('Authorization: Bearer <key>')}.",
    ]
    show = leads("Show keys", question("", reader, word="keys"), named="show")
    message = compose("\n".join(lines), [section("\n".join(lines)), *back(reader, show)], [reader.account_line()])
    return modal(message, "API key")
