"""What people do about their companies and colleagues: join, invite, set up; on top of the office."""

from __future__ import annotations

import json
import re

from local.slack.blockkit import problems
from rollcall.accounts import Person
from rollcall.invitations import code_digest
from tests.office import elements, words
from tests.stock import ROLES

RAE, UMA, VIC = ROLES["reseller admin"], ROLES["reseller uploader"], ROLES["reseller viewer"]
NED, NIA, NAT = ROLES["customer admin"], ROLES["customer approver"], ROLES["customer viewer"]
OPS, GUEST, TAM = ROLES["operator"], ROLES["stranger"], ROLES["in two accounts"]
#: Strangers, each in the workspace of a company.
ACME_GUEST, NORTHWIND_GUEST, FABRIKAM_GUEST = (Person(team, "U0GUEST") for team in ("T0ACME", "T0NW", "T0FABRIKAM"))
BEA, FIN = Person("T0BOLT", "U0BEA"), Person("T0FABRIKAM", "U0FIN")
CODE = re.compile(r"J(?:-[0-9A-Z]{4}){4}")


class Hall:
    """The office, as those see it who let people in."""

    def __init__(self, office):
        self.office, self.slack, self.accounts = office, office.slack, office.cloud.accounts

    def ask(self, person, typed):
        """Types a command; what can be read in the answer, which nobody else sees and Slack takes."""
        return words(self.message(person, typed)["blocks"])

    def message(self, person, typed):
        answer = self.office.command(person, f"/rollcall {typed}")
        assert "blocks" in answer, (answer, self.office.gateway.crashes)
        assert answer["only_for"] == person.user
        assert answer["text"].strip()
        assert not problems(answer, "message"), typed
        assert "Something went wrong" not in answer["text"], self.office.lines
        return answer

    def invite(self, person, typed):
        """Invites a company by a command; the code."""
        return self.code(self.ask(person, f"invite {typed}"))

    def code(self, text):
        (found,) = set(CODE.findall(text))
        return found

    def press(self, person, shown, action_id, *, nth=0):
        """Presses a button of a message or a modal; what only that person sees of what follows, as text.

        What follows is a message, or a modal, which `form` gives.
        """
        named = [one for one in elements(shown) if one[1]["action_id"] == action_id]
        block, element = named[nth]
        where = {"block_id": block["block_id"], "action_id": element["action_id"]}
        if "ts" in shown:
            channel = shown["channel"]
            before = len(self.office.messages(person, channel))
            at = {**where, "channel": channel, "ts": shown["ts"]}
            assert self.slack.desk.click(person.team, person.user, at, None, {}) == ""
            new = self.office.messages(person, channel)[before:]
            now = [one for one in self.office.messages(person, channel) if one["ts"] == shown["ts"]]
            for one in (*new, *now):
                assert not problems(one, "message")
            return words((new or now)[-1]["blocks"])
        at = {**where, "view_id": shown["id"]}
        assert self.slack.modals.click(person.team, person.user, at, None, {}) == ""
        return words(self.form(person)["blocks"]) if self.form(person) else ""

    def form(self, person):
        """The topmost modal; None if there is none."""
        views = self.office.modals(person)
        if not views:
            return None
        shown = {key: views[-1][key] for key in ("type", "title", "blocks", "close", "submit") if views[-1].get(key)}
        assert not problems(shown, "modal")
        return views[-1]

    def fill(self, person, /, **fields):
        """Fills the topmost form in and sends it; errors by field, or what is shown in its place, as text."""
        view = self.form(person)
        picks = {name: {name: value} for name, value in fields.items()}
        answer = self.slack.modals.submit(person.team, person.user, view["id"], picks)
        if answer.get("errors"):
            return answer["errors"]
        assert not answer.get("notice"), (answer, self.office.lines)
        shown = self.form(person)
        return words(shown["blocks"]) if shown else ""

    def close(self, person):
        """Closes all modals."""
        while self.office.modals(person):
            view = self.office.modals(person)[-1]
            self.slack.modals.close(person.team, person.user, view["id"])

    def told(self, person):
        """What is delivered into somebody's messages with the bot, as text."""
        before = len(self.office.messages(person))
        assert all(self.office.drain())
        return "\n".join(words(one["blocks"]) for one in self.office.messages(person)[before:])

    def places(self, person):
        """Account → role of a person."""
        return {member.account: member.role.value for member in self.accounts.memberships(person)}

    def stored(self):
        """What is stored of accounts; not that somebody was seen in Slack, which every request may note."""
        items = self.office.cloud.scan("AccountsTable")
        kept = [item for item in items if item["sk"]["S"] != "presence" and item["pk"]["S"] != "workspaces"]
        return sorted(json.dumps(item, default=str, sort_keys=True) for item in kept)

    def lapse(self, code, seconds):
        """Moves the end of an invitation so many seconds nearer."""
        item = self.accounts._table.invitations.get(f"invitation#{code_digest(code)}", "invitation")
        item.until -= seconds
        item.save()

    def calm(self):
        """Whether nothing crashed, and no log has a code or key in it."""
        logs = self.office.out.getvalue() + "".join(self.office.others)
        assert not CODE.search(logs)
        assert "rollcall_" not in logs.replace("rollcall_notice", "")
        assert not self.office.gateway.crashes, self.office.gateway.crashes
        return True
