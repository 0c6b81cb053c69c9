"""What can go wrong with accounts. Each text can be shown to the person who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.accounts import Person, Registration
    from rollcall.invitations import Refusal


class AccountsError(Exception):
    """The base of everything that can go wrong with accounts."""


class AccountUnknownError(AccountsError):
    """No account has this id.

    Attributes:
        account: the id that was asked for.
    """

    def __init__(self, account: str) -> None:
        self.account = account
        super().__init__(f"There is no account {account}.")


class LinkUnknownError(AccountsError):
    """The reseller does not reach the customer, neither by a link nor by an MSP id.

    Attributes:
        reseller: account id.
        customer: account id.
    """

    def __init__(self, reseller: str, customer: str) -> None:
        self.reseller = reseller
        self.customer = customer
        super().__init__(f"{reseller} is not linked to {customer}.")


class RegistrationChangedError(AccountsError):
    """Someone else decided about the reseller in the meantime.

    Attributes:
        registered: what was decided.
    """

    def __init__(self, registered: Registration) -> None:
        self.registered = registered
        super().__init__(f"This has been decided in the meantime: the reseller is {registered}.")


class LastAdminError(AccountsError):
    """The last admin of an account can neither leave nor take another role.

    Attributes:
        account: its id.
        person: who would have left it without an admin.
    """

    def __init__(self, account: str, person: Person) -> None:
        self.account = account
        self.person = person
        super().__init__(f"{account} has no other admin; name one first.")


class TakenError(AccountsError):
    """Something that only one account can have belongs to another one.

    Attributes:
        what: such as "MSP-CONTOSO".
    """

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} is taken.")


class BusyError(AccountsError):
    """Others kept changing the same thing; trying again later is safe.

    Attributes:
        what: such as an account id.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} is being changed by others; please try again.")


class NotAdminError(AccountsError):
    """Who wants to change an account is not, or no longer, one of its admins.

    Attributes:
        account: its id.
        person: who wanted to.
    """

    def __init__(self, account: str, person: Person) -> None:
        self.account = account
        self.person = person
        super().__init__(f"You are not an admin of {account} any more, so nothing was changed.")


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

    Attributes:
        what: such as a person's name.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} was changed in the meantime, so nothing was done. Look again.")


class InvitationError(AccountsError):
    """A code lets nobody in, or not this person.

    Attributes:
        refusal: why.
    """

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(f"The code is {refusal}.")


class AlreadyThereError(AccountsError):
    """An invitation was not used because what it brings is there already: a membership, or a link.

    Attributes:
        account: account id.
    """

    def __init__(self, account: str) -> None:
        self.account = account
        super().__init__(f"{account} has that already.")
