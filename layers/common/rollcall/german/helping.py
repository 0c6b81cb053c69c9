"""The help, in German. The words of the commands themselves are English everywhere."""

from __future__ import annotations

from typing import Final

#: Area and name of a word → what it does.
WORDS: Final = {
    "devices find": (
        "Ein Gerät als Karte oder der Stand vieler: IMEIs, MEIDs oder Seriennummern einfügen; find darf fehlen"
    ),
    "devices list": (
        "Geräte nach Upload-Datum, die neuesten zuerst; Filter sind kombinierbar, sort:uploaded dreht die Folge um"
    ),
    "devices history": "Was mit einem Gerät geschah: hochgeladen, entschieden, ausgetauscht, von wem und wann",
    "devices export": "Dieselbe Liste als CSV-Datei in Ihren Nachrichten, beliebig lang",
    "devices delete": "Für Admins von Händlern: Geräte löschen, nach einer Vorschau; angenommene gibt der Kunde frei",
    "devices tag": "Für Uploader von Händlern: Tags setzen und entfernen, mit denen sich Listen eingrenzen lassen",
    "devices exchange": "Für Admins von Händlern: eine IMEI gegen eine andere tauschen; Verlauf und Status bleiben",
    "devices refresh": "Für Händler: das Herstellerverzeichnis noch einmal nach Geräten in MPTS_ERROR fragen",
    "devices help": "Diese Zeilen",
    "uploads list": "Uploads, die neuesten zuerst, mit ihren Zahlen; list darf fehlen",
    "uploads open": "Ein Upload; die ersten sechs Zeichen seiner ID genügen",
    "uploads errors": "Warum Zeilen abgelehnt wurden, nach Ursache, und was jeweils zu tun ist",
    "uploads new": "Für Händler: ein Formular, das CSV-Dateien sendet oder nur prüft",
    "uploads link": "Für Händler: eine Seite für eine große Datei, auch vom Telefon; customer:many für mehrere Kunden",
    "uploads export": "Die Liste der Uploads als CSV-Datei in Ihren Nachrichten",
    "uploads undo": (
        "Einen Upload zurücknehmen, soweit nichts entschieden ist; eigene einen Tag lang, alle für Admins des Händlers"
    ),
    "uploads quality": "Wie gut Uploads sind: Fehler nach Ursache, auf Anhieb richtige Zeilen, Zeit bis zur Annahme",
    "uploads help": "Diese Zeilen",
    "approvals list": "Für Kunden: Geräte, die auf Ihre Entscheidung warten, nach Händler und Upload",
    "approvals accept": "Geräte eines Händlers annehmen; eine Genehmigungs-ID gilt für ein einzelnes Gerät",
    "approvals reject": "Geräte ablehnen; der Händler liest den Grund",
    "approvals bulk": "Nach einer Liste annehmen: CSV-Datei, eingefügte Liste oder Datei im Bucket",
    "approvals resellers": "Von wem Geräte kommen dürfen: Händler registrieren, sperren, wieder zulassen",
    "approvals history": (
        "Was Ihr Unternehmen entschieden hat, das Neueste zuerst, und ob es noch gilt; alles auch als CSV-Datei"
    ),
    "approvals rules": "Regeln, die in festen Grenzen von selbst annehmen: anlegen, erproben, ein- und ausschalten",
    "approvals orders": "Bestellungen, die Sie erwarten: ankündigen, ihren Stand sehen, abschließen",
    "approvals help": "Diese Zeilen",
    "help": "Was Sie fragen können",
    "me": "Wer Sie hier sind und was Sie dürfen",
    "join": "Mit dem Code, den Sie bekommen haben, beitreten oder Ihr Unternehmen anmelden; er gilt einmal",
    "setup": "Für Admins: Personen und Rollen, Kanal, Sprache, Sold-to-Codes, Referenzen, Regeln, Änderungen",
    "keys": "Für Admins: Schlüssel der HTTP-API anlegen und widerrufen",
    "invite": "Für Betreiber und Admins von Händlern, die Kunden einladen: ein Code für den ersten Admin",
    "customers": "Für Händler: Ihre Kunden, mit Ihrer eigenen Referenz für jeden",
}

#: What stands around them.
HELPING: Final = {
    "Devices": "Geräte",
    "Uploads": "Uploads",
    "Approvals": "Entscheidungen",
    "For operators": "Für Betreiber",
    "More": "Mehr",
    (
        "Add `as:<account>` to act for another of your companies. A value with spaces stands in quotation marks: "
        '`order:"PO 17"`. Small and capital letters are the same.'
    ): (
        "Mit `as:<account>` handeln Sie für ein anderes Ihrer Unternehmen. Ein Wert mit Leerzeichen steht in "
        'Anführungszeichen: `order:"PO 17"`. Groß- und Kleinschreibung ist gleich. Die Befehle selbst sind englisch.'
    ),
    "Help: {area}": "Hilfe: {area}",
    "What you can ask for": "Was Sie fragen können",
    "For example {command}": "Zum Beispiel {command}",
    "{alias} is short for {command}": "{alias} ist kurz für {command}",
}
