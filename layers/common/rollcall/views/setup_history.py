"""What was changed about an account, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.account_changes import INSIGHTS, What
from rollcall.views.blocks import header, paragraphs, section
from rollcall.views.message import compose
from rollcall.views.setup import back, turns
from rollcall.views.text import code, plain
from rollcall.views.wording import ENGLISH

if TYPE_CHECKING:
    from rollcall.account_changes import Change
    from rollcall.queries import Page
    from rollcall.views.message import Message
    from rollcall.views.reader import Reader
    from rollcall.views.wording import Wording

#: Texts with ``{about}``, ``{before}`` and ``{after}`` in them, which are names and values made harmless.
_TEXTS: Final = {
    What.ACCOUNT_MADE: "made the account, as the admin of {about}",
    What.LINKED: "linked {about} by an invitation",
    What.PERSON_INVITED: "invited {about} as {after}",
    What.COMPANY_INVITED: "invited the customer {about}",
    What.INVITATION_REVOKED: "took an invitation for {about} back",
    What.MEMBER_JOINED: "joined as {after}",
    What.MEMBER_CHANGED: "changed {about}: {before} → {after}",
    What.MEMBER_REMOVED: "removed {about}, {before}",
    What.CHANNEL_SET: "set the channel: {before} → {after}",
    What.CHANNEL_REMOVED: "removed the channel {before}",
    What.CODE_ADDED: "added the sold-to code {about}: {after}",
    What.CODE_REMOVED: "removed the sold-to code {about}: {before}",
    What.REFERENCE_SET: "changed the reference of {about}: {before} → {after}",
    What.UNDO_WINDOW_SET: "changed how long decisions can be undone: {before} → {after}",
    What.RELEASE_SET: "changed whether accepted devices must be released: {before} → {after}",
    What.TIME_ZONE_SET: "changed the time zone: {before} → {after}",
    What.LANGUAGE_SET: "changed the language: {before} → {after}",
    What.DIGEST_SET: "changed the weekly digest: {before} → {after}",
    What.REMINDERS_SET: "changed the reminders: {before} → {after}",
    What.KEY_MADE: "made the API key {about}, {after}",
    What.KEY_REVOKED: "revoked the API key {about}, {before}",
    What.CONTENT_OPENED: "began to look into your company: {about}",
    What.CONTENT_SEEN: "looked at {about}, because: {after}",
}


#: Characters of a reason, or of what was looked at.
_LOOK: Final = 300


def history(page: Page[Change], reader: Reader, command_text: str) -> Message:
    """A page of changes.

    Args:
        page: newest first.
        reader: an admin; names the companies that were linked.
        command_text: the page's own command.
    """
    say = reader.say
    title = say("Changes")
    foot = [*turns(page, command_text, say=say), *back(reader), reader.account_line()]
    if not page.items:
        text = say("Nothing was changed in Slack yet.")
        return compose(text, [header(title), section(text)], foot, say=say)
    lines = [f"{say.date(one.at)} · {_who(one, say=say)} {_what(one, reader)}" for one in page.items]
    return compose("\n".join([title, *lines]), [header(title), *paragraphs(lines)], foot, say=say)


def _who(change: Change, say: Wording = ENGLISH) -> str:
    name = (
        plain(change.by_name)
        if change.by_name
        else say("{user} of {team}", user=code(change.by.user), team=code(change.by.team))
    )
    return say("{name} (operator)", name=name) if change.operator else name


def _what(change: Change, reader: Reader) -> str:
    linked = change.what is What.LINKED
    about = (
        reader.company_with_id(change.about)
        if linked
        else plain(change.about)
        if change.about
        else reader.say("somebody")
    )
    if change.what in INSIGHTS:
        about = code(change.about, _LOOK)
        return reader.say(_TEXTS[change.what], about=about, after=code(change.after, _LOOK))
    return reader.say(
        _TEXTS[change.what],
        about=about,
        before=_value(change.before, reader.say),
        after=_value(change.after, reader.say),
    )


def _value(text: str, say: Wording) -> str:
    return code(text) if text else say("none")
