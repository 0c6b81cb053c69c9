"""Codes of files and of what was noted in rows, in German: title, cause and remedy as in `rollcall.catalogue`."""

from __future__ import annotations

from typing import Final

_READ: Final = "Nichts zu tun, außer der gelesene Wert[, {read_as},] ist nicht der gemeinte."

FILES: Final = {
    # -- files ------------------------------------------------------------------------------------------------------
    "FILE_EMPTY": (
        "Datei ist leer",
        "Die Datei hat keine Zeilen.",
        "Prüfen Sie, ob Sie die richtige Datei gewählt haben und ob sie vor dem Senden gespeichert war.",
    ),
    "FILE_TOO_LARGE": (
        "Datei zu groß",
        "Die Datei ist größer, als ein Upload sein darf[ ({limit})].",
        "Teilen Sie sie in mehrere Dateien und senden Sie diese nacheinander.",
    ),
    "FILE_GONE": (
        "Datei nicht mehr da",
        "Die Datei wurde gelöscht oder ersetzt, bevor sie gelesen werden konnte.",
        "Senden Sie sie noch einmal und lassen Sie sie liegen, bis das Ergebnis da ist.",
    ),
    "FILE_NOT_FETCHED": (
        "Datei konnte nicht geholt werden",
        "Die Datei konnte nicht aus Slack geholt werden[: {reason}].",
        "Senden Sie sie noch einmal; ein Upload-Link braucht Slack für die Datei nicht.",
    ),
    "FILE_CHANGED": (
        "nicht die geprüfte Datei",
        "Die Datei ist nicht die, die geprüft wurde.",
        "Prüfen Sie sie noch einmal und importieren Sie dann, was diese Prüfung zeigt.",
    ),
    "ROW_LIMIT": (
        "zu viele Zeilen",
        "Die Datei hat mehr Zeilen, als ein Upload haben darf[ ({limit})].",
        "Teilen Sie sie in mehrere Dateien und senden Sie diese nacheinander.",
    ),
    "HEADER_UNKNOWN": (
        "keine Spalte mit Kennungen",
        "In der ersten Zeile wurde keine Spalte mit einer Gerätekennung gefunden[ ({value})].",
        (
            "Beginnen Sie die Datei mit einer Zeile aus Spaltennamen, darunter imei, meid oder serial; nur eine "
            "einzelne "
            "Spalte braucht keinen."
        ),
    ),
    "CUSTOMER_COLUMN_MISSING": (
        "keine Kundenspalte",
        (
            "Eine Datei für mehrere Kunden braucht in jeder Zeile eine Kunden-ID, und keine Spalte enthält eine[ "
            "({value})]."
        ),
        "Fügen Sie eine Spalte customer_id hinzu oder senden Sie die Datei für einen einzelnen Kunden.",
    ),
    "ENCODING": (
        "nicht als Text lesbar",
        "Die Datei kann nicht als CSV-Textdatei gelesen werden[: Sie sieht aus wie {looks_like}].",
        (
            "Öffnen Sie sie in Ihrer Tabellenkalkulation, wählen Sie „Speichern unter“ und dann „CSV UTF-8“, und "
            "senden "
            "Sie die neue Datei."
        ),
    ),
    "STC_UNKNOWN": (
        "Sold-to-Code unbekannt",
        "Der Sold-to-Code[ {value}] gehört nicht zu Ihrem Unternehmen.",
        "Wählen Sie einen aus Ihrer Liste oder bitten Sie einen Admin Ihres Kontos, ihn hinzuzufügen.",
    ),
    # -- warnings and repairs ---------------------------------------------------------------------------------------
    "SERIAL_UNUSUAL": (
        "ungewöhnliche Seriennummer",
        "Die meisten Seriennummern sind ein R und zehn Buchstaben oder Ziffern; diese nicht.",
        "Vergleichen Sie sie mit dem Gerät; stimmt sie, ist nichts zu tun.",
    ),
    "COLUMN_UNKNOWN": (
        "unbekannte Spalte",
        "Die Spalte[ {column}] wird nicht gelesen.",
        "Nichts zu tun, außer sie enthält etwas, das gelesen werden sollte: Dann benennen Sie sie um.",
    ),
    "HEADER_REPEATED": (
        "Spalte doppelt",
        "Die Spalte[ {column}] steht zweimal in der Kopfzeile; nur die erste wurde gelesen.",
        "Benennen Sie die zweite um, falls sie gelesen werden sollte, oder entfernen Sie sie.",
    ),
    "TAC_UNKNOWN": (
        "nicht im Herstellerkatalog",
        "Das Herstellerverzeichnis kennt diese Art von Gerät nicht.",
        "Vergleichen Sie die Kennung mit dem Gerät; gespeichert ist es trotzdem.",
    ),
    "NOT_RECOGNISED": (
        "vom Herstellerverzeichnis nicht erkannt",
        (
            "Das Herstellerverzeichnis erkennt das Gerät nicht; es ist als MPTS_ERROR gespeichert und kann nicht "
            "angenommen "
            "werden."
        ),
        (
            "Vergleichen Sie die Kennung mit dem Gerät; wenn das Verzeichnis es kennt, fragen Sie mit devices "
            "refresh noch "
            "einmal."
        ),
    ),
    "REGISTRY_UNAVAILABLE": (
        "Herstellerverzeichnis hat nicht geantwortet",
        "Das Herstellerverzeichnis hat auf die Frage nach dem Gerät nicht geantwortet.",
        "Fragen Sie später mit devices refresh noch einmal; das Gerät ist gespeichert.",
    ),
    "MODEL_MISMATCH": (
        "anderes Modell als im Herstellerkatalog",
        "Das Modell[ {value}] ist nicht das, was das Herstellerverzeichnis für diese Art von Gerät nennt[: {models}].",
        (
            "Vergleichen Sie das Modell mit dem Gerät; Modelllisten sind nicht vollständig, vielleicht ist also "
            "nichts zu "
            "tun."
        ),
    ),
    "ID_SEPARATORS": (
        "Leerzeichen, Striche oder Anführungszeichen entfernt",
        "Leerzeichen, Striche oder Anführungszeichen in der Kennung wurden entfernt.",
        _READ,
    ),
    "ID_FULLWIDTH": (
        "vollbreite Zeichen umgewandelt",
        "Vollbreite Zeichen in der Kennung wurden in gewöhnliche umgewandelt.",
        _READ,
    ),
    "ID_FORMULA": (
        "Zeichen der Tabellenkalkulation entfernt",
        (
            'Was eine Tabellenkalkulation um eine Nummer setzt, um sie als Text zu erhalten (ein Apostroph oder ="…"), '
            "wurde entfernt."
        ),
        _READ,
    ),
    "IMEI_CHECK_DIGIT_ADDED": (
        "IMEI-Prüfziffer ergänzt",
        "Die IMEI hatte 14 Ziffern; ihre Prüfziffer wurde berechnet und ergänzt.",
        _READ,
    ),
    "IMEISV_SHORTENED": (
        "16-stellige IMEISV als IMEI gelesen",
        "Der Wert hatte 16 Ziffern, eine IMEI mit Softwareversion; daraus wurde die IMEI desselben Geräts berechnet.",
        _READ,
    ),
    "MEID_FROM_DECIMAL": (
        "dezimale MEID umgewandelt",
        "Die MEID stand in ihrer Dezimalform und wurde in die übliche umgewandelt.",
        _READ,
    ),
    "MEID_CHECK_DIGIT_DROPPED": (
        "MEID-Prüfziffer weggelassen",
        "Die MEID hatte eine Prüfziffer, die stimmt und nicht zu ihr gehört; sie wurde weggelassen.",
        _READ,
    ),
    "MODEL_ADDED": (
        "Modell aus dem Herstellerkatalog ergänzt",
        "Die Zeile nennt kein Modell; das Herstellerverzeichnis kennt es[: {model}].",
        "Nichts zu tun; um es anders zu nennen, tragen Sie ein Modell in die Zeile ein.",
    ),
}
