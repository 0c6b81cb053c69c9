"""What is told of rows that the manufacturer's registry has something to say about; see `catalogue`."""

from __future__ import annotations

from typing import Final

# title, cause, remedy
NOTED: Final = {
    "TAC_UNKNOWN": (
        "not in the manufacturer's catalogue",
        "The manufacturer's registry does not know this kind of device.",
        "Compare the identifier with the device; the device is stored all the same.",
    ),
    "NOT_RECOGNISED": (
        "not recognised by the manufacturer's registry",
        "The manufacturer's registry does not recognise the device; it is stored as MPTS_ERROR and cannot be accepted.",
        "Compare the identifier with the device; when the registry has learnt of it, ask again with devices refresh.",
    ),
    "REGISTRY_UNAVAILABLE": (
        "manufacturer's registry did not answer",
        "The manufacturer's registry did not answer when it was asked about the device.",
        "Ask again later with devices refresh; the device is stored.",
    ),
    "MODEL_MISMATCH": (
        "another model than in the manufacturer's catalogue",
        "The model[ {value}] is not what the manufacturer's registry says of this kind of device[: {models}].",
        "Compare the model with the device; lists of models are not complete, so there may be nothing to do.",
    ),
}

ADDED: Final = {
    "MODEL_ADDED": (
        "model added from the manufacturer's catalogue",
        "The row names no model; the manufacturer's registry knows it[: {model}].",
        "Nothing to do; to name it otherwise, put a model into the row.",
    ),
}
