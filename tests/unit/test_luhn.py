"""The check digits, against a second way of computing them and the examples of the standards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.luhn import check_digit, hex_check_digit, is_valid, is_valid_hex

DIGITS = st.text(alphabet="0123456789", min_size=1, max_size=40)
HEX_DIGITS = st.text(alphabet="0123456789ABCDEF", min_size=1, max_size=40)


def digit_by_digit(number, base):
    """Whether a number is valid, computed as the standard words it."""
    total = 0
    for place, character in enumerate(reversed(number)):
        value = int(character, base) * (2 if place % 2 else 1)
        total += value // base + value % base
    return total % base == 0


@pytest.mark.parametrize(
    ("payload", "digit"),
    [
        ("49015420323751", "8"),
        ("35677910367406", "4"),
        ("26053179311383", "7"),
        ("00000000000000", "0"),
        ("7992739871", "3"),
    ],
)
def test_known_decimal_check_digits(payload, digit):
    assert check_digit(payload) == digit


@pytest.mark.parametrize(("payload", "digit"), [("AF0123450ABCDE", "C"), ("00000000000000", "0")])
def test_known_base_16_check_digits(payload, digit):
    assert hex_check_digit(payload) == digit


@given(DIGITS)
def test_decimal_agrees_with_the_words_of_the_standard(number):
    assert is_valid(number) == digit_by_digit(number, 10)


@given(HEX_DIGITS)
def test_base_16_agrees_with_the_same_words(number):
    assert is_valid_hex(number) == digit_by_digit(number, 16)


@given(DIGITS)
def test_exactly_one_digit_completes_a_payload(payload):
    assert [digit for digit in "0123456789" if is_valid(payload + digit)] == [check_digit(payload)]


@given(HEX_DIGITS)
def test_exactly_one_base_16_digit_completes_a_payload(payload):
    assert [digit for digit in "0123456789ABCDEF" if is_valid_hex(payload + digit)] == [hex_check_digit(payload)]


@given(DIGITS, st.data())
def test_any_one_mistyped_digit_is_noticed(payload, data):
    number = payload + check_digit(payload)
    place = data.draw(st.integers(0, len(number) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    assert not is_valid(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize("text", ["", " ", "12 34", "A", "\u0664", "\uff14", "\u00b2", "-1"])
def test_other_text_is_not_valid_and_has_no_check_digit(text):
    assert not is_valid(text)
    with pytest.raises(ValueError, match="digits 0 to 9"):
        check_digit(text)


@pytest.mark.parametrize("text", ["", "af", "G", "F F", "\uff21"])
def test_other_text_has_no_base_16_check_digit(text):
    assert not is_valid_hex(text)
    with pytest.raises(ValueError, match="A-F"):
        hex_check_digit(text)
