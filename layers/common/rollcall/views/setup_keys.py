"""Keys of the HTTP API: which there are, making one, and the one moment in which it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.views.blocks import confirmation, context, header, section
from rollcall.views.inputs import form, input_block, menu, option, text_input
from rollcall.views.message import compose
from rollcall.views.modals import modal
from rollcall.views.pager import position
from rollcall.views.setup import KEY, KEY_REVOKE, back, leads, opens, question, turns
from rollcall.views.text import bold, code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.accounts import ApiKey, Role
    from rollcall.queries import Page
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader

#: Blocks of the form.
NAME, ROLE = "name", "role"
LONGEST_NAME: Final = 64


def keys(page: Page[ApiKey], reader: Reader, command_text: str) -> Message:
    """An account's keys by name: never the keys themselves."""
    say = reader.say
    rows = [
        section(
            f"{bold(code(one.name))} · {one.role}",
            {
                **opens(
                    say("Revoke"),
                    KEY_REVOKE,
                    reader,
                    label=say("Revoke {name}", name=one.name),
                    n=one.name,
                    d=mark(one),
                ),
                "confirm": confirmation(
                    say("Revoke {name}?", name=one.name),
                    say("Whatever uses it is refused from this moment on. It cannot be taken back."),
                    confirm=say("Revoke"),
                    deny=say("Keep it"),
                    say=say,
                ),
            },
        )
        for one in page.items
    ]
    if not rows:
        rows = [section(say("No API keys yet. A key lets another system upload, ask or decide for your company."))]
    headline = say("API keys: {position}", position=position(page, say=say))
    make = opens(say("Make a key"), KEY, reader, style="primary")
    foot = [*turns(page, command_text, say=say), *back(reader, make), reader.account_line()]
    return compose(headline, [header(headline), *rows], foot, say=say)


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
    say = reader.say
    options = [option(role.value, role.value) for role in roles]
    blocks = [
        input_block(
            NAME,
            say("Name"),
            text_input(NAME, longest=LONGEST_NAME, placeholder="erp"),
            hint=say("For yourselves: which system uses it. Letters, digits, dots, dashes and underscores."),
        ),
        input_block(ROLE, say("Role"), menu(ROLE, options, placeholder=say("What it may do"))),
        context(say("The key is shown once, when it is made.")),
        reader.account_line(),
    ]
    return form(KEY, say("Make an API key"), blocks, submit=say("Make"), metadata=metadata, say=say)


def made(key: ApiKey, secret: str, reader: Reader) -> dict[str, Any]:
    """The key, this once. A modal: a message would stay."""
    say = reader.say
    lines = [
        say("The key {name} ({role}):", name=bold(code(key.name)), role=key.role),
        code(secret, 200),
        say("Copy it now: it is not kept here, and nobody can show it again."),
        say("It goes with each request as {header}.", header=code("Authorization: Bearer <key>")),
    ]
    show = leads(say("Show keys"), question("", reader, word="keys"), named="show")
    message = compose(
        "\n".join(lines), [section("\n".join(lines)), *back(reader, show)], [reader.account_line()], say=say
    )
    return modal(message, say("API key"))
