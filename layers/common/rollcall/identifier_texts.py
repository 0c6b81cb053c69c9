"""The texts of what can be wrong with an identifier, or mended in one: title, cause, remedy by code.

How they are written stands in `catalogue.py`.
"""

from __future__ import annotations

from typing import Final

#: These refuse the row.
REFUSED: Final = {
    "IMEI_LENGTH": (
        "IMEI has the wrong length",
        "An IMEI has 15 digits[, this value has {count}].",
        "Copy the whole number from the device (dial *#06#) or its box; put only one identifier into a cell.",
    ),
    "IMEI_NOT_DIGITS": (
        "IMEI has other characters than digits",
        "An IMEI has only the digits 0 to 9, this value has other characters.",
        "Copy the number from the device (dial *#06#) or its box; a MEID or serial number goes into its own column.",
    ),
    "IMEI_CHECK_DIGIT": (
        "IMEI check digit wrong",
        (
            "The check digit of this IMEI is wrong, so a digit of it was mistyped or lost"
            "[; if all the others are right, the last one is {expected}]."
        ),
        (
            "Compare it with the device (dial *#06#) or its box and correct it."
            "[ Networks show the last digit as 0: if it was copied from one, the IMEI is {network_form}.]"
        ),
    ),
    "IMEI_REPEATED_DIGIT": (
        "IMEI is one digit repeated",
        "This is one digit repeated, which stands for no real device.",
        "Put the number that the device itself shows (dial *#06#).",
    ),
    "IMEI_SCIENTIFIC": (
        "number shortened by a spreadsheet",
        (
            "A spreadsheet has shortened this number to[ {value}, that is] its first digits and a power of ten; the "
            "rest is lost."
        ),
        "Go back to the original list, format the column as Text before you paste the numbers into it, and save again.",
    ),
    "MEID_FORMAT": (
        "not a MEID",
        "A MEID has 14 characters 0-9 and A-F, the first of them A to F, or 18 digits in its decimal form.",
        "Copy the whole number from the device or its box; 14 or 15 digits without letters go into the imei column.",
    ),
    "MEID_CHECK_DIGIT": (
        "MEID check digit wrong",
        (
            "The check digit of this MEID is wrong, so a character of it was mistyped or lost"
            "[; if all the others are right, the last one is {expected}]."
        ),
        "Compare it with the device or its box and correct it, or leave the check digit out.",
    ),
    "MEID_DECIMAL_RANGE": (
        "decimal MEID out of range",
        "This is not a decimal MEID: its first 10 digits go up to 4294967295, its last 8 up to 16777215.",
        "Copy all 18 digits again, or use the form of 14 characters that begins with a letter.",
    ),
    "SERIAL_FORMAT": (
        "not a serial number",
        "A serial number has 8 to 20 letters A-Z and digits, with nothing between them.",
        "Copy it from the device (Settings, About phone) or its box.",
    ),
    "ID_MISSING": (
        "no identifier",
        "The row has no IMEI, MEID or serial number.",
        "Add one of them, or delete the row.",
    ),
    "ID_REPEATED": (
        "same identifier twice in a row",
        "The same identifier stands twice in this row.",
        "Leave one of the two out, or put the second IMEI of the device in its place.",
    ),
    "ID_AMBIGUOUS": (
        "kind of identifier unclear",
        "This may be more than one kind of identifier: a serial number, or an IMEI or MEID with something wrong.",
        "Put it into a column that names its kind: imei, imei2, meid or serial.",
    ),
    "DUPLICATE_IN_FILE": (
        "repeated in the file",
        "An identifier of this row stands on an earlier line of the same file[, line {first_line}].",
        "Keep one line for each device, with both IMEIs of a dual-SIM device on it.",
    ),
    "DUPLICATE_SAME_CUSTOMER": (
        "already uploaded to this customer",
        "The same device(s) has/have been uploaded by the same reseller to the same customer.",
        (
            "[It came with your upload {upload}. ][It is on line {line} there. ]Leave the row out, or have an admin "
            "delete the device and upload it again."
        ),
    ),
    "DUPLICATE_OTHER_CUSTOMER": (
        "already uploaded to another customer",
        "The same device(s) has/have been uploaded by the same reseller to a different customer.",
        (
            "[It is with customer {customer}. ][It came with your upload {upload}. ]If it was resold, have an admin "
            "delete the device there first and upload it again."
        ),
    ),
    "HELD_BY_OTHER_RESELLER": (
        "held through another reseller",
        "This device is already held through another reseller.",
        "Compare the identifier with the device; if it is right, ask whoever sold you the device to release it.",
    ),
}

_READ_AS: Final = "Nothing to do, unless the value it was read as[, {read_as},] is not the one you meant."

#: These only say what was done; the row is stored.
REPAIRED: Final = {
    "ID_SEPARATORS": (
        "spaces, dashes or quotes removed",
        "Spaces, dashes or quotation marks in the identifier were removed.",
        _READ_AS,
    ),
    "ID_FULLWIDTH": (
        "full-width characters converted",
        "Full-width characters in the identifier were converted to plain ones.",
        _READ_AS,
    ),
    "ID_FORMULA": (
        "spreadsheet marks removed",
        'What a spreadsheet puts around a number to keep it as text (an apostrophe, or ="…") was removed.',
        _READ_AS,
    ),
    "IMEI_CHECK_DIGIT_ADDED": (
        "IMEI check digit added",
        "The IMEI had 14 digits; its check digit was computed and added.",
        _READ_AS,
    ),
    "IMEISV_SHORTENED": (
        "16-digit IMEISV read as an IMEI",
        "The value had 16 digits, an IMEI with a software version; the IMEI of the same device was computed from it.",
        _READ_AS,
    ),
    "MEID_FROM_DECIMAL": (
        "decimal MEID converted",
        "The MEID stood in its decimal form and was converted to the usual one.",
        _READ_AS,
    ),
    "MEID_CHECK_DIGIT_DROPPED": (
        "MEID check digit left out",
        "The MEID had a check digit, which is right and is not part of it, and was left out.",
        _READ_AS,
    ),
}
