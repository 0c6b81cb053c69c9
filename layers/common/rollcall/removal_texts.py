"""The texts of the codes with which a delete, the undo of an upload, an exchange or a tag is refused."""

from __future__ import annotations

from typing import Final

# title, cause, remedy
REMOVAL: Final = {
    "RELEASE_NEEDED": (
        "waits for the customer's release",
        "The customer has accepted the device, so it has to release it first.",
        "The customer is asked; the device is deleted as soon as it releases it.",
    ),
    "RELEASE_DENIED": (
        "kept by the customer",
        "The customer does not release the devices.",
        "Talk to the customer; it can be asked again by deleting the devices again.",
    ),
    "LIST_TOO_LONG": (
        "too many identifiers",
        "The list has more identifiers than one request may have[ ({limit})].",
        "Split it into several requests.",
    ),
    "UPLOAD_OF_OTHERS": (
        "somebody else's upload",
        "Uploaders can take back their own uploads only.",
        "Ask whoever uploaded it, or an admin of your company.",
    ),
    "UPLOAD_TOO_OLD": (
        "too late for an uploader",
        "Uploaders can take an upload back for 24 hours.",
        "Ask an admin of your company.",
    ),
    "UPLOAD_STORED_NOTHING": (
        "nothing to take back",
        "The upload stored no device, so there is nothing to take back.",
        "Look at its errors, or upload the file again.",
    ),
}

EXCHANGE: Final = {
    "EXCHANGE_NOT_IMEI": (
        "not an IMEI",
        "Only an IMEI can be exchanged for another IMEI[: {value} is none].",
        "Write the IMEI of the device, then the IMEI that it has from now on.",
    ),
    "EXCHANGE_FORMER": (
        "IMEI that was exchanged before",
        "The device does not have this IMEI any more[ ({value})].",
        "Look at its card for the IMEI that it has now, and exchange that one.",
    ),
    "IDENTIFIER_TAKEN": (
        "IMEI in use",
        "The new IMEI[ {value}] belongs to a device already.",
        "Compare it with the device in your hand; an IMEI belongs to one device only.",
    ),
}

TAGS: Final = {
    "TAG_CHARACTERS": (
        "tag not usable",
        "A tag cannot hold this character[: {character}].",
        "Use letters, digits, spaces, dots, dashes and underscores.",
    ),
    "TAG_LENGTH": (
        "tag too long",
        "A tag[ ({value})] can have at most 40 characters.",
        "Use a shorter one.",
    ),
    "TAG_TWICE": (
        "tag added and removed",
        "The tag[ {value}] is to be added and removed at once.",
        "Write it once, with + or with -.",
    ),
    "TAGS_TOO_MANY": (
        "too many tags",
        "A device can have at most 20 tags[; this one would have {count}].",
        "Remove some of its tags first.",
    ),
}
