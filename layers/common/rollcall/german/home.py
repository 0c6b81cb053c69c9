"""The first page, in German."""

from __future__ import annotations

from typing import Final

HOME: Final = {
    # -- The first page -----------------------------------------------------------------------------------------------
    "Counted in {newest}, without checks. What was mended and sent again since still counts.": (
        "In {newest} gezählt, ohne Prüfungen. Was seitdem korrigiert und noch einmal gesendet wurde, zählt weiter mit."
    ),
    "{devices} waiting for customers": "{devices} warten auf Kunden",
    ", in {newest}": ", in {newest}",
    "No device waits for a customer's decision.": "Kein Gerät wartet auf die Entscheidung eines Kunden.",
    "No device of {newest} waits for a customer's decision.": (
        "Aus {newest} wartet kein Gerät auf die Entscheidung eines Kunden."
    ),
    "Older uploads were not looked at: {command}": "Ältere Uploads wurden nicht angesehen: {command}",
    "Upload a CSV file here, or put one into S3.": "Laden Sie hier eine CSV-Datei hoch oder legen Sie eine in S3 ab.",
    "Ask an uploader to send one.": "Bitten Sie einen Uploader, eine zu senden.",
    "No uploads yet. {send}": "Noch keine Uploads. {send}",
    "Recent uploads": "Letzte Uploads",
    "{devices} waiting for you": "{devices} warten auf Sie",
    "more than {devices} waiting for you": "mehr als {devices} warten auf Sie",
    "These uploads have waited longest; there are more.": "Diese Uploads warten am längsten; es gibt noch mehr.",
    "Nothing waits for you. New devices appear here when they are uploaded.": (
        "Für Sie ist nichts offen. Neue Geräte erscheinen hier, wenn sie hochgeladen werden."
    ),
    "No uploads yet. When a reseller uploads devices for you, they appear here.": (
        "Noch keine Uploads. Wenn ein Händler Geräte für Sie hochlädt, erscheinen sie hier."
    ),
    "⚠ {missing} {command} gives people roles.": "⚠ {missing} {command} gibt Personen Rollen.",
    "Your company: {missing}.": "Ihr Unternehmen: {missing}.",
    "many customers": "mehrere Kunden",
    "{uploads} with refused rows": "{uploads} mit abgelehnten Zeilen",
    "{files} refused as a whole": "{files} im Ganzen abgelehnt",
    "Needs you: {parts}": "Braucht Sie: {parts}",
    "your newest {uploads}": "Ihren neuesten {uploads}",
    "your newest upload": "Ihrem neuesten Upload",
    "And {more}: {command}": "Und {more}: {command}",
    "For {company}": "Für {company}",
    "· order {order}": "· Bestellung {order}",
    "{devices} of {upload}{order} · since {since}": "{devices} aus {upload}{order} · seit {since}",
    "Updated {when}": "Stand {when}",
    "{command} says what else you can ask for.": "{command} sagt, was Sie noch fragen können.",
    # -- what a company lacks -----------------------------------------------------------------------------------------
    "nobody is left": "niemand ist mehr da",
    "nobody is left who may do its daily work": "niemand ist mehr da, der die tägliche Arbeit tun darf",
    "nobody is left who may upload": "niemand ist mehr da, der hochladen darf",
    "nobody is left who may accept or reject": "niemand ist mehr da, der annehmen oder ablehnen darf",
    "no admin is left": "kein Admin ist mehr da",
}
