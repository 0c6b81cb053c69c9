"""How good uploads are, in German."""

from __future__ import annotations

from typing import Final

QUALITY: Final = {
    # -- How good uploads are -----------------------------------------------------------------------------------------
    "Your uploads": "Ihre Uploads",
    "Your resellers' uploads": "Uploads Ihrer Händler",
    "{whose}, {span}, since {since}": "{whose}, {span}, seit {since}",
    "Nothing was uploaded, and nothing accepted, in {span}.": "Nichts wurde hochgeladen oder angenommen: {span}.",
    "{whose} in the week of {week}": "{whose} in der Woche vom {week}",
    "Once a week, on Mondays. Admins can switch it off: {command}": (
        "Einmal in der Woche, montags. Admins können das abschalten: {command}"
    ),
    "and {more}: see the CSV file": "und {more}: siehe CSV-Datei",
    "Quality": "Qualität",
    "{quality}, the last 4 weeks: {rates}": "{quality}, letzte 4 Wochen: {rates}",
    "median time to approval: {median}": "mittlere Zeit bis zur Annahme: {median}",
    "Show the quality of uploads": "Qualität der Uploads zeigen",
    "No period {asked}. There are {periods}: {command}": (
        "Keinen Zeitraum {asked} gibt es. Möglich sind {periods}: {command}"
    ),
    "nothing in this time": "nichts in dieser Zeit",
    "in {files}": "in {files}",
    "{files} could not be read at all": "{files} überhaupt nicht lesbar",
    "nothing was accepted yet": "noch nichts angenommen",
    "{hours} (of {devices})": "{hours} (aus {devices})",
    "more than {hours}": "mehr als {hours}",
    "between {above} and {hours}": "zwischen {above} und {hours}",
    "no file sent first": "keine Datei zum ersten Mal gesendet",
    "error rate {percent}, first-time-right {right}": "Fehlerquote {percent}, auf Anhieb richtig {right}",
    "CSV file": "CSV-Datei",
    (
        "First-time-right: rows stored of all rows in files that were sent for the first time; files of mended rows "
        "(resend.csv) do not count. A row counts under each of its causes. The median is counted in steps of hours, "
        "from the upload of a device to its acceptance. Weeks run from Monday to Sunday, UTC."
    ): (
        "Auf Anhieb richtig: gespeicherte Zeilen unter allen Zeilen der zum ersten Mal gesendeten Dateien; Dateien "
        "mit korrigierten Zeilen (resend.csv) zählen nicht. Eine Zeile zählt unter jeder ihrer Ursachen. Der Median "
        "wird in Schritten von Stunden gezählt, vom Hochladen eines Geräts bis zu seiner Annahme. Wochen gehen von "
        "Montag bis Sonntag, UTC."
    ),
    "this week": "diese Woche",
    "the last 4 weeks": "letzte 4 Wochen",
    "the last 13 weeks": "letzte 13 Wochen",
}
