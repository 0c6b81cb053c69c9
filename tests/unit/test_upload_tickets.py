"""Tokens of upload links: long, never the same, kept as a digest alone."""

from rollcall.accounts import Person
from rollcall.store.upload_tickets import new_token
from rollcall.upload_tickets import VALID, Ticket, digest
from rollcall.wishes import Wish


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(100)}

    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}  # 256 bits
    assert all(token.replace("-", "").replace("_", "").isalnum() for token in tokens)


def test_a_digest_is_of_the_whole_token():
    assert digest("a") != digest("b")
    assert len(digest("\ud800 not even unicode")) == 64


def test_a_ticket_is_over_at_its_very_end():
    ticket = Ticket("U-1", "RSL-ACME", Person("T", "U"), Wish(), until=1000 + VALID)

    assert VALID == 900
    assert not ticket.is_over(1899.9)
    assert ticket.is_over(1900)
