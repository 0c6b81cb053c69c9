"""The words of ``/approvals``."""

from __future__ import annotations

from typing import Final

from rollcall.word import MOST_IDS, Takes, Word

APPROVAL_WORDS: Final[tuple[Word, ...]] = (
    Word(
        area="approvals",
        name="list",
        usage="[list]",
        help="For customers: devices that wait for your decision, by reseller and upload",
        example="approvals list",
    ),
    Word(
        area="approvals",
        name="accept",
        usage="accept <id>… [approval:<text>]",
        help="Accept devices of one reseller; an approval ID is for a single device",
        example="approvals accept 490154203237518",
        takes=Takes.DEVICES,
        least=1,
        most=MOST_IDS,
        options=("approval",),
    ),
    Word(
        area="approvals",
        name="reject",
        usage='reject <id>… reason:"…"',
        help="Reject devices; the reseller reads the reason",
        example='approvals reject 490154203237518 reason:"not ordered"',
        takes=Takes.DEVICES,
        least=1,
        most=MOST_IDS,
        options=("reason",),
    ),
    Word(
        area="approvals",
        name="bulk",
        usage="bulk",
        help="Accept by a list: a CSV file, a pasted list, or a file put into the bucket",
        example="approvals bulk",
    ),
    Word(
        area="approvals",
        name="resellers",
        usage="resellers",
        help="From whom devices are taken: register a reseller, block it, let it in again",
        example="approvals resellers",
    ),
    Word(
        area="approvals",
        name="history",
        usage="history",
        help="What your company decided, newest first, and whether it still stands; the whole audit as a CSV file",
        example="approvals history",
    ),
    Word(
        area="approvals",
        name="rules",
        usage="rules",
        help="Rules that accept by themselves within guard rails: add one, try it, switch it on or off",
        example="approvals rules",
    ),
    Word(
        area="approvals",
        name="orders",
        usage="orders",
        help="Orders that you expect: announce one, see what came of it, close it",
        example="approvals orders",
    ),
    Word(area="approvals", name="help", usage="help", help="These lines", example="approvals help"),
)
