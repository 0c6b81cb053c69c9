"""The forms in which admins change their account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.invitations import LONGEST_NAME
from rollcall.views.blocks import actions, confirmation, context, section
from rollcall.views.inputs import PLACEHOLDER, checkbox, form, input_block, menu, option, text_input
from rollcall.views.invitation_forms import LONGEST_REFERENCE
from rollcall.views.setup import CHANNEL, CODE, INVITE, MEMBER, REFERENCE, REMOVE, RULES, opens
from rollcall.views.text import bold, code, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.accounts import Customer, Link, Member, Reseller, Role
    from rollcall.views.blocks import Element
    from rollcall.views.reader import Reader

    View = dict[str, Any]

#: Blocks of the forms.
ROLE, NAME, EMAIL, PERSON, NOTE = "role", "name", "email", "person", "note"
PLACE, ALIAS, NUMBER, TEXT, UNDO, RELEASE = "place", "alias", "number", "text", "undo", "release"
LONGEST_EMAIL: Final = 254
LONGEST_ALIAS, LONGEST_CODE = 40, 40
#: Seconds of an undo window → how it is said. The first stands for what the deployment has.
WINDOWS: Final = {
    300: "5 minutes",
    600: "10 minutes",
    1_800: "30 minutes",
    3_600: "1 hour",
    14_400: "4 hours",
    86_400: "24 hours",
}
_MEANS: Final = {
    "viewer": "sees everything of your company, changes nothing",
    "uploader": "also uploads and tags",
    "approver": "also accepts and rejects",
    "admin": "also changes people and settings",
}


def roles_menu(roles: Iterable[Role], initial: str = "") -> Element:
    """A menu of roles, each with what it means."""
    options = [option(f"{role.value}: {_MEANS[role.value]}", role.value) for role in roles]
    return menu(ROLE, options, placeholder="What they may do", initial=initial)


def invite_form(reader: Reader, roles: Iterable[Role], metadata: str) -> View:
    """Asks whom to invite into the company."""
    pick: Element = {
        "type": "users_select",
        "action_id": PERSON,
        "placeholder": {"type": "plain_text", "text": "Somebody here", "emoji": False},
    }
    blocks = [
        input_block(ROLE, "Role", roles_menu(roles)),
        input_block(
            PERSON,
            "Person",
            pick,
            optional=True,
            hint="They get a message with a button. Leave it empty for a code only, such as for another workspace.",
        ),
        input_block(
            NOTE,
            "For whom the code is",
            text_input(NOTE, longest=LONGEST_NAME),
            optional=True,
            hint="Only you and your admins see this, in the list of open invitations.",
        ),
        reader.account_line(),
    ]
    return form(INVITE, "Invite a person", blocks, submit="Invite", metadata=metadata)


def member_form(member: Member, roles: Iterable[Role], reader: Reader, metadata: str) -> View:
    """Changes a member, or removes them."""
    remove = {
        **opens("Remove from the company", REMOVE, reader, style="danger", p=member.person.key, r=member.role.value),
        "confirm": confirmation(
            f"Remove {member.name}?",
            "They lose their rights at once. What they did stays in the history, with their name.",
            confirm="Remove",
        ),
    }
    blocks = [
        section(f"{bold(plain(member.name))} · user {code(member.user)} of team {code(member.team)}"),
        input_block(ROLE, "Role", roles_menu(roles, member.role.value)),
        input_block(
            NAME,
            "Name",
            text_input(NAME, longest=LONGEST_NAME, initial=member.name),
            hint="As it is shown to the companies that you work with, too.",
        ),
        input_block(
            EMAIL,
            "Email",
            text_input(EMAIL, longest=LONGEST_EMAIL, initial=member.email),
            optional=True,
            hint="Only your own company sees it. Files in S3 name their uploader by it.",
        ),
        *actions([remove]),
        reader.account_line(),
    ]
    return form(MEMBER, "Change a member", blocks, submit="Save", metadata=metadata)


def channel_form(company: Reseller | Customer, reader: Reader, metadata: str, *, team: str) -> View:
    """Asks for the channel.

    Args:
        company: the account.
        reader: an admin.
        metadata: the account.
        team: the workspace that the form is shown in; only its own channels can be picked.
    """
    pick: Element = {
        "type": "conversations_select",
        "action_id": PLACE,
        "placeholder": {"type": "plain_text", "text": "No channel"[:PLACEHOLDER], "emoji": False},
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if company.notify and company.notify.team == team:
        pick["initial_conversation"] = company.notify.channel
    blocks = [
        input_block(
            PLACE,
            "Channel",
            pick,
            optional=True,
            hint="A test message is posted there. Without a channel, your admins are told in person.",
        ),
        context("Rollcall must be in the channel: type `/invite @Rollcall` there."),
        reader.account_line(),
    ]
    return form(CHANNEL, "Notification channel", blocks, submit="Save and test", metadata=metadata)


def code_form(reader: Reader, metadata: str) -> View:
    """Asks for a sold-to code."""
    blocks = [
        input_block(
            ALIAS,
            "Alias",
            text_input(ALIAS, longest=LONGEST_ALIAS, placeholder="main"),
            hint="What people pick when they upload.",
        ),
        input_block(NUMBER, "Sold-to code", text_input(NUMBER, longest=LONGEST_CODE, placeholder="1002003")),
        reader.account_line(),
    ]
    return form(CODE, "Add a sold-to code", blocks, submit="Add", metadata=metadata)


def reference_form(link: Link, reader: Reader, metadata: str) -> View:
    """Asks for a reseller's own reference of a customer."""
    text = text_input(TEXT, longest=LONGEST_REFERENCE, initial=link.internal_reference)
    blocks = [
        section(f"{bold(reader.company(link.customer))} {code(link.customer)}"),
        input_block(TEXT, "Your reference", text, optional=True, hint="The customer does not see it."),
        reader.account_line(),
    ]
    return form(REFERENCE, "Change a reference", blocks, submit="Save", metadata=metadata)


def rules_form(customer: Customer, usual: str, reader: Reader, metadata: str) -> View:
    """Asks for a customer's rules.

    Args:
        customer: as stored.
        usual: how long decisions can be undone where nothing is set, in words.
        reader: an admin.
        metadata: the account.
    """
    options = [option(f"As usual: {usual}", "0"), *(option(said, str(value)) for value, said in WINDOWS.items())]
    picked = str(customer.undo_seconds or 0)
    release = "A reseller can delete accepted devices only after we have released them"
    blocks = [
        input_block(
            UNDO,
            "A decision can be taken back for",
            menu(UNDO, options, placeholder="How long", initial=picked),
            hint="Of many devices, 24 hours at least. It holds for decisions from now on.",
        ),
        input_block(
            RELEASE,
            "Accepted devices",
            checkbox(RELEASE, release, "yes", ticked=customer.release_verified),
            optional=True,
        ),
        reader.account_line(),
    ]
    return form(RULES, "Rules", blocks, submit="Save", metadata=metadata)
