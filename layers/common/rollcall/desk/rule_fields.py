"""What was filled into the forms of rules and orders, read strictly: a field that is not right names itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rollcall.desk.sent_forms import FieldError
from rollcall.layout import parse_order_date
from rollcall.model_names import models_problem, read_models
from rollcall.orders import LARGEST_QUANTITY, LONGEST_NUMBER, Order
from rollcall.rules import LARGEST_CAP, LONGEST_NAME, MOST_RESELLERS, Rule
from rollcall.typed_numbers import read_whole
from rollcall.views import order_forms, rule_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_TICKED: Final = "yes"


def rule_of(fields: Mapping[str, str], resellers: tuple[str, ...], allowed: Collection[str]) -> Rule:
    """The rule that a form asks for, without what it does not say.

    Args:
        fields: by block.
        resellers: those that were picked.
        allowed: those that may be.

    Raises:
        FieldError: a field is not right.
    """
    name = " ".join(fields.get(rule_forms.NAME, "").split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise FieldError(rule_forms.NAME, "Give the rule a name of up to {most} characters.", most=LONGEST_NAME)
    if not resellers or len(resellers) > MOST_RESELLERS or not set(resellers) <= set(allowed):
        raise FieldError(rule_forms.RESELLERS, "Pick up to {most} of your registered resellers.", most=MOST_RESELLERS)
    per_upload = _number(fields, rule_forms.PER_UPLOAD, LARGEST_CAP)
    per_day = _number(fields, rule_forms.PER_DAY, LARGEST_CAP)
    if per_day < per_upload:
        raise FieldError(
            rule_forms.PER_DAY, "This is less than of one upload ({least}); it must be as many.", least=per_upload
        )
    return Rule(
        id="",
        customer="",
        name=name,
        resellers=resellers,
        models=_models(fields, rule_forms.MODELS),
        needs_order=fields.get(rule_forms.ORDER) == _TICKED,
        per_upload=per_upload,
        per_day=per_day,
    )


def order_of(fields: Mapping[str, str], allowed: Collection[str]) -> Order:
    """The order that a form announces, without what it does not say.

    Args:
        fields: by block.
        allowed: resellers of which orders may be announced.

    Raises:
        FieldError: a field is not right.
    """
    reseller = fields.get(order_forms.RESELLER, "")
    if reseller not in allowed:
        raise FieldError(order_forms.RESELLER, "Pick the reseller that sends the devices.")
    number = " ".join(fields.get(order_forms.NUMBER, "").split())
    if not 0 < len(number) <= LONGEST_NUMBER:
        raise FieldError(order_forms.NUMBER, "Write the order number, up to {most} characters.", most=LONGEST_NUMBER)
    quantity = _number(fields, order_forms.QUANTITY, LARGEST_QUANTITY)
    due = fields.get(order_forms.DUE, "").strip()
    parsed = parse_order_date(due) if due else None
    if due and parsed is None:
        raise FieldError(order_forms.DUE, "This is no date; write it like 2026-03-01.")
    return Order(
        id="",
        customer="",
        reseller=reseller,
        number=number,
        quantity=quantity,
        models=_models(fields, order_forms.MODELS),
        due=parsed.isoformat() if parsed else "",
    )


def _number(fields: Mapping[str, str], block: str, most: int) -> int:
    number = read_whole(fields.get(block, ""))
    if number is None or not 1 <= number <= most:
        raise FieldError(block, "Write a whole number from 1 to {most}.", most=most)
    return number


def _models(fields: Mapping[str, str], block: str) -> tuple[str, ...]:
    models = read_models(fields.get(block, ""))
    problem, parts = models_problem(models)
    if problem:
        raise FieldError(block, problem, **parts)
    return models
