"""What can go wrong with accounts. Each text can be shown to the person who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rollcall.accounts import Person, Registration
    from rollcall.invitations import Refusal


#: Things that somebody else changes, or has; a name may stand in their place.
NAMED: Final = "{name}"
THE_CODE: Final = "The code {name}"
THE_INVITATION: Final = "The invitation"
THE_KEY: Final = "The key {name}"
THE_LIST: Final = "The list"
THE_NAME: Final = "The name {name}"
THIS_CUSTOMER: Final = "This customer"
THIS_KEY: Final = "This key"
THIS_MEMBER: Final = "This member"


class AccountsError(Exception):
    """The base of everything that can go wrong with accounts.

    Attributes:
        text: what is wrong, in English, with ``{names}`` for its parts; ``{what}`` is one of the things above.
        parts: what stands there; of ``{what}``, too.
        what: which thing; empty where the text has none.
    """

    def __init__(self, text: str = "", *, what: str = "", **parts: str) -> None:
        self.text, self.what, self.parts = text, what, parts
        super().__init__(text.format(**{**parts, "what": what.format(**parts)}))


class AccountUnknownError(AccountsError):
    """No account has this id.

    Attributes:
        account: the id that was asked for.
    """

    def __init__(self, account: str) -> None:
        self.account = account
        super().__init__("There is no account {account}.", account=account)


class LinkUnknownError(AccountsError):
    """The reseller does not reach the customer, neither by a link nor by an MSP id.

    Attributes:
        reseller: account id.
        customer: account id.
    """

    def __init__(self, reseller: str, customer: str) -> None:
        self.reseller = reseller
        self.customer = customer
        super().__init__("{reseller} is not linked to {customer}.", reseller=reseller, customer=customer)


class RegistrationChangedError(AccountsError):
    """Someone else decided about the reseller in the meantime.

    Attributes:
        registered: what was decided.
    """

    def __init__(self, registered: Registration) -> None:
        self.registered = registered
        super().__init__("This has been decided in the meantime: the reseller is {state}.", state=registered)


class LastAdminError(AccountsError):
    """The last admin of an account can neither leave nor take another role.

    Attributes:
        account: its id.
        person: who would have left it without an admin.
    """

    def __init__(self, account: str, person: Person) -> None:
        self.account = account
        self.person = person
        super().__init__("{account} has no other admin; name one first.", account=account)


class TakenError(AccountsError):
    """Something that only one account can have belongs to another one.

    Args:
        name: such as "MSP-CONTOSO".
        what: what that is the name of.
    """

    def __init__(self, name: str = "", what: str = NAMED) -> None:
        super().__init__("{what} is taken.", what=what, name=name)


class BusyError(AccountsError):
    """Others kept changing the same thing; trying again later is safe.

    Args:
        name: such as an account id.
        what: what that is the name of.
    """

    def __init__(self, name: str = "", what: str = NAMED) -> None:
        super().__init__("{what} is being changed by others; please try again.", what=what, name=name)


class NotAdminError(AccountsError):
    """Who wants to change an account is not, or no longer, one of its admins.

    Attributes:
        account: its id.
        person: who wanted to.
    """

    def __init__(self, account: str, person: Person) -> None:
        self.account = account
        self.person = person
        super().__init__("You are not an admin of {account} any more, so nothing was changed.", account=account)


class NotOperatorError(AccountsError):
    """Who wants to do something as an operator is not, or no longer, one.

    Attributes:
        person: who wanted to.
    """

    def __init__(self, person: Person) -> None:
        self.person = person
        super().__init__("You are not an operator any more, so nothing was done.")


class ChangedMeanwhileError(AccountsError):
    """What somebody wanted to change was changed or removed by somebody else since they saw it.

    Args:
        name: such as a person's.
        what: what that is the name of.
    """

    def __init__(self, name: str = "", what: str = NAMED) -> None:
        text = "{what} was changed in the meantime, so nothing was done. Look again."
        super().__init__(text, what=what, name=name)


class InvitationError(AccountsError):
    """A code lets nobody in, or not this person.

    Attributes:
        refusal: why.
    """

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__("The code is {refusal}.", refusal=refusal)


class AlreadyThereError(AccountsError):
    """An invitation was not used because what it brings is there already: a membership, or a link.

    Attributes:
        account: account id.
    """

    def __init__(self, account: str) -> None:
        self.account = account
        super().__init__("{account} has that already.", account=account)
