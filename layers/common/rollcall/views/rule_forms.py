"""The form in which a rule is set (row B16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rollcall.rules import LARGEST_CAP, LONGEST_NAME, MOST_RESELLERS
from rollcall.views.blocks import section, value_of
from rollcall.views.inputs import checkbox, form, input_block, text_input
from rollcall.views.reseller_menus import reseller_menu
from rollcall.views.rules import ADD, EDIT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rollcall.rules import Rule
    from rollcall.views.reader import Reader

#: Blocks of the form.
NAME, RESELLERS, MODELS = "rule_name", "rule_resellers", "rule_models"
ORDER, PER_UPLOAD, PER_DAY = "rule_order", "rule_per_upload", "rule_per_day"
LONGEST_MODELS: Final = 2_000
_DIGITS: Final = 7


def rule_form(resellers: Sequence[str], reader: Reader, metadata: str, *, rule: Rule | None = None) -> dict[str, Any]:
    """Asks for a rule.

    Args:
        resellers: account ids of those that the customer has registered, and those that the rule names.
        reader: an approver.
        metadata: the account, and of a rule that is changed its id and version.
        rule: as it is; None for a new one.
    """
    say = reader.say
    pick = reseller_menu(
        RESELLERS,
        resellers,
        reader,
        placeholder=say("Registered resellers"),
        picked=rule.resellers if rule else (),
        most=MOST_RESELLERS,
    )
    blocks = [
        section(
            say("A rule accepts by itself what it may, in your name. What it does not take waits for a person as ever.")
        ),
        input_block(NAME, say("Name"), text_input(NAME, longest=LONGEST_NAME, initial=rule.name if rule else "")),
        input_block(
            RESELLERS,
            say("From"),
            pick,
            hint=say("It decides nothing about a reseller until one of you has accepted devices of theirs, for good."),
        ),
        input_block(
            MODELS,
            say("Models"),
            {
                **text_input(MODELS, longest=LONGEST_MODELS, initial="\n".join(rule.models) if rule else ""),
                "multiline": True,
            },
            hint=say(
                "Whole names as in the lists, or TACs (the first 8 digits of the IMEI), one a line. Empty: any model."
            ),
            optional=True,
        ),
        input_block(
            ORDER,
            say("Orders"),
            checkbox(
                ORDER,
                say("Only devices of an order that we announced and that has room"),
                "yes",
                ticked=rule.needs_order if rule else True,
            ),
            optional=True,
        ),
        input_block(PER_UPLOAD, say("At most, of one upload"), _number(PER_UPLOAD, rule.per_upload if rule else 100)),
        input_block(
            PER_DAY,
            say("At most, in one day (UTC)"),
            _number(PER_DAY, rule.per_day if rule else 500),
            hint=say(
                "Up to {number}. What is above waits for a person. What is taken back counts, too.",
                number=say.count(LARGEST_CAP),
            ),
        ),
        reader.account_line(),
    ]
    title = say("Edit rule") if rule else say("Add rule")
    return form(EDIT if rule else ADD, title, blocks, submit=say("Save"), metadata=metadata, say=say)


def metadata(account: str, id_: str, version: int) -> str:
    """What the form carries: the account, and of a rule that is changed its id and the version that was shown."""
    return value_of({"a": account, **({"r": id_, "v": version} if id_ else {})})


def picked_resellers(view: Mapping[str, Any]) -> tuple[str, ...]:
    """The resellers that were picked in a form that was sent."""
    values = (view.get("state") or {}).get("values") or {}
    chosen = ((values.get(RESELLERS) or {}).get(RESELLERS) or {}).get("selected_options") or ()
    return tuple(dict.fromkeys(str(one.get("value", "")) for one in chosen))


def _number(block: str, initial: int) -> dict[str, Any]:
    return text_input(block, longest=_DIGITS, initial=str(initial))
