"""Accepting by a list, in German."""

from __future__ import annotations

from typing import Final

BULK: Final = {
    # -- Accepting by a list ------------------------------------------------------------------------------------------
    (
        "Accept devices by their IMEIs, MEIDs or serial numbers. A list may mix resellers, each of which you have "
        "registered; what cannot be accepted is told line by line."
    ): (
        "Nehmen Sie Geräte nach ihren IMEIs, MEIDs oder Seriennummern an. Eine Liste kann Händler mischen, die Sie "
        "alle registriert haben; was nicht angenommen werden kann, wird Zeile für Zeile genannt."
    ),
    "Any of the columns imei, meid or serial, and approval_id if you have one for each. Up to 10 MB.": (
        "Eine der Spalten imei, meid oder serial, dazu approval_id, wenn Sie je Gerät eine haben. Bis 10 MB."
    ),
    "Or a pasted list": "Oder eine eingefügte Liste",
    "One a line, or with commas": "Je Zeile eine, oder mit Kommas",
    "About {most_pasted} IMEIs fit; Slack takes no more in a field. Send a longer list as a file.": (
        "Etwa {most_pasted} IMEIs passen; mehr nimmt Slack in ein Feld nicht auf. Senden Sie eine längere Liste als "
        "Datei."
    ),
    "Send me a template": "Vorlage senden",
    "Larger than 10 MB, or from a system": "Größer als 10 MB, oder aus einem System",
    "Accept by list": "Nach Liste annehmen",
    "For one file, until": "Für eine Datei, bis",
    (
        "{once} {until}\nPut it under {key} with the metadata {name} = {grant}, for example\n{command}\nIt speaks "
        "for you: whoever has it can accept devices in your name, once."
    ): (
        "{once} {until}\nLegen Sie sie unter {key} ab, mit den Metadaten {name} = {grant}, zum Beispiel\n{command}\n"
        "Das spricht für Sie: Wer es hat, kann einmal in Ihrem Namen Geräte annehmen."
    ),
    "Accept many devices at once: send a CSV file, paste a list, or put a file into the bucket.": (
        "Nehmen Sie viele Geräte auf einmal an: CSV-Datei senden, Liste einfügen oder Datei in den Bucket legen."
    ),
    "The form took too long to open, and Slack waits three seconds only. Press once more.": (
        "Das Formular hat zu lange gebraucht, und Slack wartet nur drei Sekunden. Drücken Sie noch einmal."
    ),
    "Accept by list…": "Nach Liste annehmen…",
    "{lines}: job {job}. How far it is, and what came of each line, comes by itself into your messages with me.": (
        "{lines}: Auftrag {job}. Wie weit er ist und was aus jeder Zeile wurde, kommt von selbst in Ihre Nachrichten "
        "mit mir."
    ),
    "{lines} taken": "{lines} übernommen",
    (
        "{name} is on the way in. How far it is, and what came of each line, comes by itself into your messages with "
        "me."
    ): (
        "{name} wird übernommen. Wie weit es ist und was aus jeder Zeile wurde, kommt von selbst in Ihre Nachrichten "
        "mit mir."
    ),
    (
        "The list {name} could not be read: {why}. Nothing was accepted for {company}. Send it again, or paste the "
        "list."
    ): (
        "Die Liste {name} konnte nicht gelesen werden: {why}. Für {company} wurde nichts angenommen. Senden Sie sie "
        "noch einmal oder fügen Sie die Liste ein."
    ),
    (
        "Fill in one device a line: imei or serial, and approval_id if your billing has one. Then send it with "
        "{command}."
    ): (
        "Tragen Sie je Zeile ein Gerät ein: imei oder serial, und approval_id, wenn Ihre Abrechnung eine hat. Senden "
        "Sie die Datei dann mit {command}."
    ),
    # -- answers ------------------------------------------------------------------------------------------------------
    "The template comes as a CSV file into your messages with me in a moment.": (
        "Die Vorlage kommt gleich als CSV-Datei in Ihre Nachrichten mit mir."
    ),
    "There is a file as well. Send one of the two; empty this field, or take the file out.": (
        "Es gibt auch eine Datei. Senden Sie eines von beiden; leeren Sie dieses Feld oder entfernen Sie die Datei."
    ),
    "Add a CSV file, or paste the list here.": "Fügen Sie eine CSV-Datei hinzu oder die Liste hier ein.",
    (
        "These are {length} characters, as many as Slack takes here, so the end may be missing. About {most} IMEIs "
        "fit; send a longer list as a CSV file."
    ): (
        "Das sind {length} Zeichen, so viele nimmt Slack hier an; das Ende fehlt vielleicht. Etwa {most} IMEIs "
        "passen; senden Sie eine längere Liste als CSV-Datei."
    ),
    "None of these is an IMEI, MEID or serial number.": "Nichts davon ist eine IMEI, MEID oder Seriennummer.",
    "it is larger than {most} MB": "sie ist größer als {most} MB",
    "Slack did not hand it over in several tries": "Slack hat sie in mehreren Versuchen nicht übergeben",
}
