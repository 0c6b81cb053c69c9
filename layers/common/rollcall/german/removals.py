"""Devices that a reseller deletes, in German."""

from __future__ import annotations

from typing import Final

REMOVALS: Final = {
    # -- devices that a reseller deletes ----------------------------------------------------------------------------
    "{company} deleted {devices} that it had uploaded for you.": (
        "{company} hat gelöscht, was für Sie hochgeladen war: {devices}."
    ),
    "{company} took upload {upload} back: {devices} deleted.": (
        "{company} hat Upload {upload} zurückgenommen: {devices} gelöscht."
    ),
    "None of them you had accepted.": "Nichts davon hatten Sie angenommen.",
    "{number} of them you had accepted.": "{number} davon hatten Sie angenommen.",
    "{number} of them you had accepted; {who} released them.": (
        "{number} davon hatten Sie angenommen; freigegeben von {who}."
    ),
    "By {who}": "Von {who}",
    "{company} wants to delete {devices} that you have accepted.": (
        "{company} möchte löschen, was Sie angenommen haben: {devices}."
    ),
    (
        "Released devices are deleted; they are yours again only when they are uploaded and accepted again. "
        "Without your release nothing happens."
    ): (
        "Freigegebene Geräte werden gelöscht; sie gehören erst wieder zu Ihnen, wenn sie noch einmal hochgeladen und "
        "angenommen werden. Ohne Ihre Freigabe geschieht nichts."
    ),
    ":hourglass: This was asked {when}.": ":hourglass: Gefragt wurde das {when}.",
    "Release {devices}?": "{devices} freigeben?",
    "They are deleted at once. That cannot be taken back.": (
        "Die Löschung beginnt sofort und lässt sich nicht rückgängig machen."
    ),
    "Release {devices}": "{devices} freigeben",
    "Keep": "Behalten",
    "Keep {devices}": "{devices} behalten",
    "Already answered.": "Bereits beantwortet.",
    "Kept by {who}": "Nicht freigegeben von {who}",
    "The reseller is told; nothing was deleted.": "Der Händler wird benachrichtigt; nichts wurde gelöscht.",
    "Released by {who}": "Freigegeben von {who}",
    "{devices} deleted. {stays} had changed in between.": "{devices} gelöscht. {stays} inzwischen geändert.",
    "{devices} deleted.": "{devices} gelöscht.",
    "They are being deleted.": "Die Löschung läuft.",
    (
        "You cannot decide on this. Approvers and admins of the customer that the devices are for can; "
        "nothing was changed."
    ): (
        "Darüber können Sie nicht entscheiden, nur Genehmiger und Admins des Kunden, für den die Geräte sind. "
        "Nichts wurde geändert."
    ),
}
