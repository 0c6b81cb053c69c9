"""The sample uploads, and the words in which Slack says what stands in the ``summary.json`` of each."""

from __future__ import annotations

from tests.corpora import UPLOADS

#: Names of the sample files.
FILES = sorted(path.name for path in UPLOADS.iterdir() if path.suffix != ".json")
#: The only one whose rows name their customers.
MANY = "many_customers.csv"


def sign(summary):
    """The sign beside the figures, which is never alone."""
    return {"COMPLETED": "✓", "COMPLETED_WITH_ERROR": "⚠", "ERROR": "✕"}[summary["status"]]


def said(summary):
    """What Slack says of the figures."""
    stored, refused, total = summary["stored"], summary["refused"], summary["total"]
    kind, would = ("Check only: ", "would be stored") if summary["check_only"] else ("", "stored")
    told = {
        "COMPLETED": f"Completed: all {total} rows {would}",
        "COMPLETED_WITH_ERROR": f"Completed with errors: {stored} of {total} rows {would}, {refused} refused",
        "ERROR": f"Failed: nothing {would}, all {total} rows refused",
    }[summary["status"]]
    return f"{kind}{told}"


def causes(summary):
    """The three largest causes, as they are counted in the message."""
    return sorted(summary["by_code"].values(), reverse=True)[:3]
