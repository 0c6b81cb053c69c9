"""The words of ``/rollcall`` alone, which belong to no area."""

from __future__ import annotations

from typing import Final

from rollcall.word import Takes, Word

COMMON_WORDS: Final[tuple[Word, ...]] = (
    Word(
        area="",
        name="help",
        usage="help",
        help="What you can ask for",
        example="help",
    ),
    Word(area="", name="me", usage="me", help="Who you are here, and what you may do", example="me"),
    Word(
        area="",
        name="join",
        usage="join <code>",
        help="Join a company, or bring yours in, with the code you were given; it works once",
        example="join J-7K3F-9QMC-2V5R-8TXA",
        takes=Takes.TEXTS,
        least=1,
        most=6,
    ),
    Word(
        area="",
        name="setup",
        usage="setup [members|channel|hours|language|codes|references|rules|reminders|history]",
        help="For admins: people and roles, your channel, sold-to codes, references, rules, and who changed what",
        example="setup members",
        takes=Takes.TEXTS,
        most=3,
    ),
    Word(
        area="",
        name="keys",
        usage="keys",
        help="For admins: keys of the HTTP API; make one, revoke one",
        example="keys",
    ),
    Word(
        area="",
        name="invite",
        usage='invite reseller|customer "<name>" [reference:<yours>] [reseller:<id>]',
        help="For operators, and for resellers' admins who bring in a customer: a code that lets its first admin in",
        example='invite customer "Northwind Logistics"',
        takes=Takes.TEXTS,
        most=2,
        options=("reference", "reseller"),
    ),
    Word(
        area="",
        name="customers",
        usage="customers",
        help="For resellers: your customers, with your own reference for each",
        example="customers",
    ),
)
