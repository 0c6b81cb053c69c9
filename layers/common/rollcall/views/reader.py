"""The person for whom something is shown: which side they are on, and what they may see of the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rollcall import command_names
from rollcall.languages import Language
from rollcall.views.blocks import context
from rollcall.views.text import code, command_line, plain
from rollcall.views.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.acting import Acting
    from rollcall.views.blocks import Block

    #: Account id, or ``person:<team>:<user>`` as history entries have it → display name.
    Names = Mapping[str, str]

#: The slash command on which the whole grammar hangs. A deployment may give it a suffix: it is shown with that.
COMMAND: Final = command_names.COMMAND


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and the words for whom they read about.

    Attributes:
        acting: the person and the account they act for.
        names: display names of the accounts, and of the people, that are shown.
        command: name of the slash command: as they typed it, or without the suffix of the deployment.
        language: of the account that they act for.
    """

    acting: Acting
    names: Names = field(default_factory=dict, hash=False)
    command: str = COMMAND
    language: Language = Language.ENGLISH

    @property
    def say(self) -> Wording:
        """Says texts of ours in their language."""
        return Wording(self.language)

    @property
    def is_reseller(self) -> bool:
        """Whether they read as a reseller; otherwise as a customer."""
        return self.acting.is_reseller

    def company(self, account: str) -> str:
        """A company's display name as mrkdwn; its id where no name is known."""
        return plain(self.names.get(account) or account)

    def company_with_id(self, account: str) -> str:
        """Likewise, with the id behind it."""
        name = self.names.get(account)
        return f"{plain(name)} ({code(account)})" if name else code(account)

    def uploader(self, uploaded_by: str, reseller: str) -> str:
        """Who uploaded, as mrkdwn: to the reseller's own people by email, to others by company alone."""
        if not self.is_reseller:
            return self.company(reseller)
        return uploaded_by if uploaded_by == "S3" else code(uploaded_by)

    def uploader_text(self, uploaded_by: str, reseller: str) -> str:
        """Likewise as plain text, for a file."""
        return uploaded_by if self.is_reseller else self.names.get(reseller) or reseller

    def actor(self, by: str, *, of_reseller: bool, company: str) -> str:
        """Who did something, as mrkdwn.

        The other company's people are shown by name and company, never by email; the names of its keys not at all.

        Args:
            by: as history entries have it.
            of_reseller: the act is one of a reseller; otherwise of a customer.
            company: account id of those who acted.
        """
        if by == "rollcall":
            return "Rollcall"
        own = of_reseller == self.is_reseller
        name = self.names.get(by)
        if name:
            return plain(name) if own else f"{plain(name)} ({self.company(company)})"
        if not own:
            return self.company(company)
        kind, _, rest = by.partition(":")
        if by.lower() == "s3":
            return "S3"
        if kind == "api":
            return self.say("API key {name}", name=code(rest))
        words = {"rule": self.say("a rule"), "person": self.say("a colleague")}
        return words.get(kind) or code(by)

    def usage(self, text: str) -> str:
        """A whole command to type, as mrkdwn; ``text`` is in canonical form."""
        return command_line(self.command, text)

    def account_line(self) -> Block:
        """The account that an answer is for; every answer ends with it."""
        side = self.say("reseller") if self.is_reseller else self.say("customer")
        return context(f"{plain(self.acting.company)} · {side}")
