"""Channels and workspaces, in German."""

from __future__ import annotations

from typing import Final

CHANNELS: Final = {
    # -- Channels and workspaces --------------------------------------------------------------------------------------
    "Open in Rollcall": "In Rollcall öffnen",
    "Open in Rollcall; only you see the answer": "In Rollcall öffnen; die Antwort sehen nur Sie",
    "Rollcall can post to {named} again.": "Rollcall kann wieder in {named} schreiben.",
    "Rollcall cannot post to {named}, the channel of {company}.": (
        "Rollcall kann nicht in {named} schreiben, den Kanal von {company}."
    ),
    "{mend} Slack's code is {trouble}.": "{mend} Der Code von Slack ist {trouble}.",
    "Until then, what would be said there goes to its admins.": "Bis dahin geht an die Admins, was dort gesagt würde.",
    "A channel cannot be posted to": "Kanal nicht erreichbar",
    "Rollcall is not in it. Type `/invite @Rollcall` in that channel.": (
        "Rollcall ist nicht darin. Geben Sie in diesem Kanal `/invite @Rollcall` ein."
    ),
    "It is archived. Take it out of the archive, or name another channel.": (
        "Er ist archiviert. Holen Sie ihn aus dem Archiv oder nennen Sie einen anderen Kanal."
    ),
    (
        "Slack does not show it to Rollcall: it was deleted, or it is private. If it is private, type `/invite "
        "@Rollcall` in it, else name another channel."
    ): (
        "Slack zeigt ihn Rollcall nicht: Er wurde gelöscht oder ist privat. Ist er privat, geben Sie dort `/invite "
        "@Rollcall` ein, sonst nennen Sie einen anderen Kanal."
    ),
    "Rollcall is not installed in that workspace. Install it there, or name a channel of another one.": (
        "Rollcall ist in diesem Workspace nicht installiert. Installieren Sie es dort oder nennen Sie einen Kanal "
        "eines anderen."
    ),
    "A rule of the workspace keeps apps from posting. Ask its admins, or name another channel.": (
        "Eine Regel des Workspace lässt Apps nicht schreiben. Fragen Sie dessen Admins oder nennen Sie einen anderen "
        "Kanal."
    ),
    "Rollcall was taken out of that workspace. Install it again, or name a channel of another one.": (
        "Rollcall wurde aus diesem Workspace entfernt. Installieren Sie es wieder oder nennen Sie einen Kanal eines "
        "anderen."
    ),
    "Rollcall's access to that workspace has ended. Install it again.": (
        "Der Zugang von Rollcall zu diesem Workspace ist beendet. Installieren Sie es noch einmal."
    ),
    "Name another channel, or ask whoever runs Rollcall; tell them the code.": (
        "Nennen Sie einen anderen Kanal oder fragen Sie die Betreiber von Rollcall; nennen Sie ihnen den Code."
    ),
    (
        "Until it is back, what Rollcall has to say to {company} goes to the people and channels that are elsewhere; "
        "what nobody takes waits. Devices and uploads are as they were."
    ): (
        "Bis es zurück ist, geht, was Rollcall {company} zu sagen hat, an die Personen und Kanäle anderswo; was "
        "niemand annimmt, wartet. Geräte und Uploads sind, wie sie waren."
    ),
    "To bring it back, an admin of that workspace opens {install_url}.": (
        "Um es zurückzuholen, öffnet ein Admin dieses Workspace {install_url}."
    ),
    "To bring it back, an admin of that workspace installs Rollcall again.": (
        "Um es zurückzuholen, installiert ein Admin dieses Workspace Rollcall noch einmal."
    ),
    "Rollcall is out of a workspace": "Rollcall fehlt in einem Workspace",
    "Rollcall is in the workspace {name} again. What waited for it is told now.": (
        "Rollcall ist wieder im Workspace {name}. Was darauf gewartet hat, wird jetzt gesagt."
    ),
    "Rollcall was removed from the workspace {name}, and its access there has ended.": (
        "Rollcall wurde aus dem Workspace {name} entfernt, und der Zugang dort ist beendet."
    ),
    "Rollcall could not renew its access to the workspace {name}.": (
        "Rollcall konnte seinen Zugang zum Workspace {name} nicht erneuern."
    ),
    "Rollcall's access to the workspace {name} was taken back.": (
        "Der Zugang von Rollcall zum Workspace {name} wurde zurückgenommen."
    ),
    "Rollcall has no access to the workspace {name} any more.": "Rollcall hat keinen Zugang zum Workspace {name} mehr.",
    ("This works: Rollcall tells {company} here what happens to its uploads and devices. {name} named this channel."): (
        "Es klappt: Hier sagt Rollcall {company}, was mit Uploads und Geräten geschieht. {name} hat diesen Kanal "
        "benannt."
    ),
}
