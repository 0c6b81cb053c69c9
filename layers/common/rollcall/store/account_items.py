"""The items of the accounts table; `rollcall.store.account_places` says what lies under which key."""

from __future__ import annotations

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.models import Model


class Item(Model):
    """The two keys, which all items have. By itself it is a pointer.

    Attributes:
        target: of a pointer: an account id, or a key's digest.
    """

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    target = UnicodeAttribute(null=True)


class PersonItem(Item):
    """Whatever lies under a person: pointers to accounts, and their presence.

    Attributes:
        left: of the presence alone: Slack said that the person's account is deactivated.
    """

    left = BooleanAttribute(null=True)


class ProfileItem(Item):
    """A company of either side.

    Attributes:
        admins: persons' keys; a set, so that "never the last admin" is a condition on this one item.
        msp_ids: of a reseller; a set, so that "carries this MSP id" is a condition, too.
        msp_id: of a customer.
        sold_to_codes: list of [alias, code].
        notify: [team, channel].
        undo_seconds: of a customer: see `rollcall.accounts.Customer`; none: as the deployment has it.
        release_verified: likewise; none: yes.
        time_zone: IANA name; none: nobody has said.
        language: see `rollcall.languages`; none: English.
        digest: is told of quality once a week; none: yes.
        reminders: of a customer: hours, see `rollcall.reminder_books`; none: as usual.
    """

    account = UnicodeAttribute()
    name = UnicodeAttribute()
    msp_ids = UnicodeSetAttribute(null=True)
    msp_id = UnicodeAttribute(null=True)
    sold_to_codes = JSONAttribute(null=True)
    notify = JSONAttribute(null=True)
    admins = UnicodeSetAttribute(null=True)
    undo_seconds = NumberAttribute(null=True)
    release_verified = BooleanAttribute(null=True)
    time_zone = UnicodeAttribute(null=True)
    language = UnicodeAttribute(null=True)
    reminders = JSONAttribute(null=True)
    digest = BooleanAttribute(null=True)


class MemberItem(Item):
    """A person's place in an account, or among the operators."""

    account = UnicodeAttribute()
    person = UnicodeAttribute()
    name = UnicodeAttribute()
    email = UnicodeAttribute(default="")
    role = UnicodeAttribute()


class LinkItem(Item):
    """A link, in the customer's partition: what is most worth guarding in it is the customer's decision.

    Attributes:
        own: false where the reseller has no link of its own: then only the decision counts, for as long as the
            reseller carries the customer's MSP id.
        declared: what the accounts file said last; a decision taken since is kept until the file says something else.
    """

    reseller = UnicodeAttribute()
    customer = UnicodeAttribute()
    internal_reference = UnicodeAttribute(default="")
    registered = UnicodeAttribute()
    own = BooleanAttribute()
    declared = UnicodeAttribute(null=True)


class KeyItem(Item):
    """An API key, under its digest."""

    account = UnicodeAttribute()
    name = UnicodeAttribute()
    role = UnicodeAttribute()


class InvitationItem(Item):
    """An invitation; see `rollcall.invitations.Invitation`.

    Attributes:
        by: person's key; ``holder`` and ``used_by`` likewise.
        until: epoch seconds.
        expires: epoch seconds after which DynamoDB forgets it; until then an old code is told from a forged one.
    """

    kind = UnicodeAttribute()
    by = UnicodeAttribute()
    by_account = UnicodeAttribute(default="")
    until = NumberAttribute()
    company = UnicodeAttribute(default="")
    reseller = UnicodeAttribute(default="")
    reference = UnicodeAttribute(default="")
    role = UnicodeAttribute(default="")
    holder = UnicodeAttribute(null=True)
    note = UnicodeAttribute(default="")
    used_by = UnicodeAttribute(null=True)
    revoked_by = UnicodeAttribute(null=True)
    expires = NumberAttribute()


class InvitedItem(Item):
    """Pointer to an invitation, forgotten together with it."""

    expires = NumberAttribute()


class ChangeItem(Item):
    """What somebody changed; see `rollcall.account_changes.Change`."""

    account = UnicodeAttribute()
    by = UnicodeAttribute()
    at = UnicodeAttribute()
    what = UnicodeAttribute()
    about = UnicodeAttribute(default="")
    before = UnicodeAttribute(default="")
    after = UnicodeAttribute(default="")
    by_name = UnicodeAttribute(default="")
    operator = BooleanAttribute(default=False)


class InsightItem(Item):
    """An operator's leave to read; see `rollcall.insights.Insight`.

    Attributes:
        until: epoch seconds.
        expires: epoch seconds after which DynamoDB forgets it, some time after it is over.
    """

    account = UnicodeAttribute()
    insight = UnicodeAttribute()
    name = UnicodeAttribute()
    reason = UnicodeAttribute()
    at = UnicodeAttribute()
    until = NumberAttribute()
    expires = NumberAttribute()
