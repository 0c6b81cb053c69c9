"""Reading an accounts file: from its raw mappings to a checked `Directory`, or to every fault in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rollcall.account_errors import AccountsError
from rollcall.accounts import (
    CUSTOMER_ID,
    MSP_ID,
    RESELLER_ID,
    ApiKey,
    Customer,
    CustomerRole,
    Directory,
    Link,
    Member,
    NotifyTarget,
    Operator,
    Registration,
    Reseller,
    ResellerRole,
    SoldToCode,
    key_digest,
)
from rollcall.document import Node, Unique

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.document import DocumentFault

_TEAM: Final = re.compile(r"[TE][A-Z0-9]{1,30}")
_USER: Final = re.compile(r"[UW][A-Z0-9]{1,30}")
_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{1,30}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
_KEY: Final = re.compile(r"[!-~]{8,200}")
_KEY_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")

_TOP: Final = ("operators", "resellers", "customers")
_OPERATOR: Final = ("team", "user", "name")
_RESELLER: Final = ("id", "name", "msp_ids", "sold_to_codes", "members", "notify", "api_keys")
_CUSTOMER: Final = ("id", "name", "msp_id", "resellers", "members", "notify", "api_keys")
_MEMBER: Final = ("team", "user", "name", "email", "role")


class DirectoryError(AccountsError):
    """An accounts file cannot be used.

    Attributes:
        faults: every one of them; each as text is one line, such as
            "resellers[0].members[1].role: 'boss' is not one of viewer, uploader, admin".
    """

    def __init__(self, faults: Sequence[DocumentFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("{faults}", faults="\n".join(str(fault) for fault in faults))


def parse_directory(raw: object) -> Directory:
    """Reads an accounts file that YAML or JSON has already made into mappings and lists.

    Raises:
        DirectoryError: with every fault: missing, unknown and misshapen entries, what stands twice, and resellers
            in a customer's list that the file does not have.
    """
    return _Parser(raw).parse()


class _Parser:
    """One pass over the file; what must be unique in all of it is remembered here."""

    def __init__(self, raw: object) -> None:
        self.faults: list[DocumentFault] = []
        self.raw = raw
        self.ids = Unique()
        self.msp_ids = Unique()
        self.digests = Unique()
        self.members: list[Member] = []
        self.keys: list[ApiKey] = []
        self.links: list[tuple[Node, Link]] = []

    def parse(self) -> Directory:
        top = Node(self.raw, "", self.faults, _TOP)
        seen = Unique()
        operators = [_operator(node, seen) for node in top.nodes("operators", _OPERATOR)]
        resellers = [self.reseller(node) for node in top.nodes("resellers", _RESELLER)]
        customers = [self.customer(node) for node in top.nodes("customers", _CUSTOMER)]
        known = {reseller.id for reseller in resellers}
        for node, link in self.links:
            if link.reseller and link.reseller not in known:
                node.fault("id", f"there is no reseller {link.reseller} in this file")
        if self.faults:
            raise DirectoryError(self.faults)
        return Directory(
            tuple(operators),
            tuple(resellers),
            tuple(customers),
            tuple(link for _, link in self.links),
            tuple(self.members),
            tuple(self.keys),
        )

    def reseller(self, node: Node) -> Reseller:
        account = node.text("id", RESELLER_ID, like="RSL-ACME")
        self.ids.first(account, node, "id", account)
        aliases = Unique()
        codes = [_sold_to_code(item, aliases) for item in node.nodes("sold_to_codes", ("alias", "code"))]
        self.people_and_keys(node, account, ResellerRole)
        return Reseller(
            account,
            node.text("name"),
            node.texts("msp_ids", MSP_ID, like="MSP-CONTOSO"),
            tuple(codes),
            _notify(node),
        )

    def customer(self, node: Node) -> Customer:
        account = node.text("id", CUSTOMER_ID, like="CUST-NORTHWIND")
        self.ids.first(account, node, "id", account)
        msp_id = node.optional_text("msp_id", MSP_ID, like="MSP-CONTOSO")
        self.msp_ids.first(msp_id, node, "msp_id", msp_id)
        resellers = Unique()
        for item in node.nodes("resellers", ("id", "internal_reference", "registered")):
            self.links.append((item, _link(item, account, resellers)))
        self.people_and_keys(node, account, CustomerRole)
        return Customer(account, node.text("name"), msp_id or None, _notify(node))

    def people_and_keys(self, node: Node, account: str, roles: type[ResellerRole | CustomerRole]) -> None:
        people = Unique()
        for item in node.nodes("members", _MEMBER):
            member = Member(
                account=account,
                team=item.text("team", _TEAM, like="T0ACME"),
                user=item.text("user", _USER, like="U0RAE"),
                name=item.text("name"),
                role=item.choice("role", roles),
                email=item.optional_text("email", _EMAIL, like="an email address"),
            )
            _once(people, item, member)
            self.members.append(member)
        names = Unique()
        for item in node.nodes("api_keys", ("name", "key", "role")):
            name = item.text("name", _KEY_NAME, like="a name of letters, digits, dots and dashes")
            names.first(name, item, "name", name)
            secret = item.text("key", _KEY, like="a key: at least 8 characters, no spaces")
            digest = key_digest(secret)
            self.digests.first(digest if secret else "", item, "key", "the same key")
            self.keys.append(ApiKey(account, name, digest, item.choice("role", roles)))


def _operator(node: Node, seen: Unique) -> Operator:
    operator = Operator(
        team=node.text("team", _TEAM, like="T0OPS"),
        user=node.text("user", _USER, like="U0OPS"),
        name=node.text("name"),
    )
    _once(seen, node, operator)
    return operator


def _once(seen: Unique, node: Node, who: Member | Operator) -> None:
    if who.team and who.user:
        seen.first(who.person, node, "user", f"{who.user} of {who.team}")


def _sold_to_code(node: Node, aliases: Unique) -> SoldToCode:
    alias = node.text("alias")
    aliases.first(alias, node, "alias", alias)
    return SoldToCode(alias, node.text("code"))


def _link(node: Node, customer: str, resellers: Unique) -> Link:
    reseller = node.text("id", RESELLER_ID, like="RSL-ACME")
    resellers.first(reseller, node, "id", reseller)
    registered = node.flag("registered")
    return Link(
        reseller=reseller,
        customer=customer,
        internal_reference=node.optional_text("internal_reference"),
        registered=Registration.REGISTERED if registered else Registration.UNREGISTERED,
    )


def _notify(node: Node) -> NotifyTarget | None:
    target = node.node("notify", ("team", "channel"))
    if target is None:
        return None
    return NotifyTarget(
        team=target.text("team", _TEAM, like="T0ACME"), channel=target.text("channel", _CHANNEL, like="C0ACME")
    )
