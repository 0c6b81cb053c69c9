"""The forms in which admins change their account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.invitations import LONGEST_NAME
from rollcall.views.blocks import actions, confirmation, context, section
from rollcall.views.inputs import PLACEHOLDER, checkbox, form, input_block, menu, option, text_input
from rollcall.views.invitation_forms import LONGEST_REFERENCE
from rollcall.views.setup import CHANNEL, CODE, INVITE, MEMBER, REFERENCE, REMOVE, RULES, opens
from rollcall.views.text import bold, code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.accounts import Customer, Link, Member, Reseller, Role
    from rollcall.views.blocks import Element
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

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


def roles_menu(roles: Iterable[Role], initial: str = "", say: Wording = ENGLISH) -> Element:
    """A menu of roles, each with what it means."""
    options = [option(f"{say(role.value)}: {say(_MEANS[role.value])}", role.value) for role in roles]
    return menu(ROLE, options, placeholder=say("What they may do"), initial=initial)


def invite_form(reader: Reader, roles: Iterable[Role], metadata: str) -> View:
    """Asks whom to invite into the company."""
    say = reader.say
    pick: Element = {
        "type": "users_select",
        "action_id": PERSON,
        "placeholder": {"type": "plain_text", "text": say("Somebody here"), "emoji": False},
    }
    blocks = [
        input_block(ROLE, say("Role"), roles_menu(roles, say=say)),
        input_block(
            PERSON,
            say("Person"),
            pick,
            optional=True,
            hint=say(
                "They get a message with a button. Leave it empty for a code only, such as for another workspace."
            ),
        ),
        input_block(
            NOTE,
            say("For whom the code is"),
            text_input(NOTE, longest=LONGEST_NAME),
            optional=True,
            hint=say("Only you and your admins see this, in the list of open invitations."),
        ),
        reader.account_line(),
    ]
    return form(INVITE, say("Invite a person"), blocks, submit=say("Invite"), metadata=metadata, say=say)


def member_form(member: Member, roles: Iterable[Role], reader: Reader, metadata: str) -> View:
    """Changes a member, or removes them."""
    say = reader.say
    remove = {
        **opens(
            say("Remove from the company"), REMOVE, reader, style="danger", p=member.person.key, r=member.role.value
        ),
        "confirm": confirmation(
            say("Remove {name}?", name=member.name),
            say("They lose their rights at once. What they did stays in the history, with their name."),
            confirm=say("Remove"),
            say=say,
        ),
    }
    blocks = [
        section(
            say(
                "{name} · user {user} of team {team}",
                name=bold(plain(member.name)),
                user=code(member.user),
                team=code(member.team),
            )
        ),
        input_block(ROLE, say("Role"), roles_menu(roles, member.role.value, say=say)),
        input_block(
            NAME,
            say("Name"),
            text_input(NAME, longest=LONGEST_NAME, initial=member.name),
            hint=say("As it is shown to the companies that you work with, too."),
        ),
        input_block(
            EMAIL,
            say("Email"),
            text_input(EMAIL, longest=LONGEST_EMAIL, initial=member.email),
            optional=True,
            hint=say("Only your own company sees it. Files in S3 name their uploader by it."),
        ),
        *actions([remove]),
        reader.account_line(),
    ]
    return form(MEMBER, say("Change a member"), blocks, submit=say("Save"), metadata=metadata, say=say)


def channel_form(company: Reseller | Customer, reader: Reader, metadata: str, *, team: str) -> View:
    """Asks for the channel.

    Args:
        company: the account.
        reader: an admin.
        metadata: the account.
        team: the workspace that the form is shown in; only its own channels can be picked.
    """
    say = reader.say
    pick: Element = {
        "type": "conversations_select",
        "action_id": PLACE,
        "placeholder": {"type": "plain_text", "text": say("No channel")[:PLACEHOLDER], "emoji": False},
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if company.notify and company.notify.team == team:
        pick["initial_conversation"] = company.notify.channel
    blocks = [
        input_block(
            PLACE,
            say("Channel"),
            pick,
            optional=True,
            hint=say("A test message is posted there. Without a channel, your admins are told in person."),
        ),
        context(say("Rollcall must be in the channel: type `/invite @Rollcall` there.")),
        reader.account_line(),
    ]
    return form(CHANNEL, say("Notification channel"), blocks, submit=say("Save and test"), metadata=metadata, say=say)


def code_form(reader: Reader, metadata: str) -> View:
    """Asks for a sold-to code."""
    say = reader.say
    blocks = [
        input_block(
            ALIAS,
            say("Alias"),
            text_input(ALIAS, longest=LONGEST_ALIAS, placeholder=say("main")),
            hint=say("What people pick when they upload."),
        ),
        input_block(NUMBER, say("Sold-to code"), text_input(NUMBER, longest=LONGEST_CODE, placeholder="1002003")),
        reader.account_line(),
    ]
    return form(CODE, say("Add a sold-to code"), blocks, submit=say("Add"), metadata=metadata, say=say)


def reference_form(link: Link, reader: Reader, metadata: str) -> View:
    """Asks for a reseller's own reference of a customer."""
    say = reader.say
    text = text_input(TEXT, longest=LONGEST_REFERENCE, initial=link.internal_reference)
    blocks = [
        section(f"{bold(reader.company(link.customer))} {code(link.customer)}"),
        input_block(TEXT, say("Your reference"), text, optional=True, hint=say("The customer does not see it.")),
        reader.account_line(),
    ]
    return form(REFERENCE, say("Change a reference"), blocks, submit=say("Save"), metadata=metadata, say=say)


def rules_form(customer: Customer, usual: str, reader: Reader, metadata: str) -> View:
    """Asks for a customer's rules.

    Args:
        customer: as stored.
        usual: how long decisions can be undone where nothing is set, in words.
        reader: an admin.
        metadata: the account.
    """
    say = reader.say
    options = [
        option(say("As usual: {usual}", usual=usual), "0"),
        *(option(say(said), str(value)) for value, said in WINDOWS.items()),
    ]
    picked = str(customer.undo_seconds or 0)
    release = say("A reseller can delete accepted devices only after we have released them")
    blocks = [
        input_block(
            UNDO,
            say("A decision can be taken back for"),
            menu(UNDO, options, placeholder=say("How long"), initial=picked),
            hint=say("Of many devices, 24 hours at least. It holds for decisions from now on."),
        ),
        input_block(
            RELEASE,
            say("Accepted devices"),
            checkbox(RELEASE, release, "yes", ticked=customer.release_verified),
            optional=True,
        ),
        reader.account_line(),
    ]
    return form(RULES, say("Rules"), blocks, submit=say("Save"), metadata=metadata, say=say)
