"""The form of a rule that somebody else was faster with: what was filled in is kept (row B16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.desk.sent_forms import again, instead
from rollcall.views import rule_forms as forms
from rollcall.views import rules as views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.desk.approvers import Seat
    from rollcall.rules import Rule

    View = dict[str, Any]

_GONE: Final = "This rule is not there, or not any more. Nothing was changed."
_MEANWHILE: Final = (
    "Nothing was saved yet: somebody changed this rule since you opened it. Now it says: {rule}\n"
    "What you filled in is still there; *Save* puts it in place of that."
)
_DELETED: Final = (
    "Nothing was saved yet: this rule is not there, or not any more. "
    "What you filled in is still there; *Save* makes it a new rule, which is off."
)


def over_that(view: Mapping[str, Any], rule: Rule, seat: Seat) -> View:
    """The form, for the version that there is now.

    Args:
        view: as Slack sent it.
        rule: as it is now.
        seat: who sent it.
    """
    told = seat.reader.say(_MEANWHILE, rule=views.rule_text(rule, seat.reader))
    return again(view, told, metadata=forms.metadata(rule.customer, rule.id, rule.version))


def as_new(view: Mapping[str, Any], seat: Seat) -> View:
    """The form of a rule that is gone, as that of a new one."""
    say, account = seat.reader.say, seat.approver.account
    if not view.get("blocks"):
        return instead(views.said(say(_GONE), seat.reader), say("Rule"))
    carried = forms.metadata(account, "", 0)
    return again(view, say(_DELETED), metadata=carried, callback=views.ADD, title=say("Add rule"))
