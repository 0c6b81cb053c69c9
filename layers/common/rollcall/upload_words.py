"""The words of ``/uploads``."""

from __future__ import annotations

from typing import Final

from rollcall.word import Takes, Word

UPLOAD_WORDS: Final[tuple[Word, ...]] = (
    Word(
        area="uploads",
        name="list",
        usage="list [customer:<id>]",
        help="Uploads, newest first, with their figures; list may be left out",
        example="uploads list customer:CUST-NORTHWIND",
        options=("customer",),
    ),
    Word(
        area="uploads",
        name="open",
        usage="<upload_id>",
        help="One upload; the first six characters of its id are enough",
        example="uploads U-7K3F-9QMC",
        takes=Takes.UPLOAD,
        least=1,
        most=1,
        bare=True,
    ),
    Word(
        area="uploads",
        name="errors",
        usage="errors <upload_id>",
        help="Why rows were refused, grouped by cause, and what to do about each",
        example="uploads errors U-7K3F-9QMC",
        takes=Takes.UPLOAD,
        least=1,
        most=1,
    ),
    Word(
        area="uploads",
        name="new",
        usage="new",
        help="For resellers: a form that sends CSV files, or checks them only",
        example="uploads new",
    ),
    Word(
        area="uploads",
        name="link",
        usage="link [customer:<id>] [order:<n>] [date:<day>] [stc:<alias>] [check:yes]",
        help="For resellers: a page that takes one large file, also from a phone; customer:many for many customers",
        example="uploads link customer:CUST-NORTHWIND",
        options=("customer", "order", "date", "stc", "check"),
    ),
    Word(
        area="uploads",
        name="export",
        usage="export [customer:<id>]",
        help="The list of uploads as a CSV file in your messages",
        example="uploads export",
        options=("customer",),
    ),
    Word(
        area="uploads",
        name="undo",
        usage="undo <upload_id>",
        help="Take an upload back as far as nothing was decided; your own for a day, any for admins of the reseller",
        example="uploads undo U-7K3F-9QMC",
        takes=Takes.UPLOAD,
        least=1,
        most=1,
    ),
    Word(
        area="uploads",
        name="quality",
        usage="quality [period:week|month|quarter] [csv:yes]",
        help="How good uploads are: error rate by cause, first-time-right rate, median time to approval",
        example="uploads quality period:month",
        options=("period", "csv"),
    ),
    Word(area="uploads", name="help", usage="help", help="These lines", example="uploads help"),
)
