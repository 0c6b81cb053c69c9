"""Codes of decisions and of what resellers do with devices, in German, as in `rollcall.catalogue`."""

from __future__ import annotations

from typing import Final

DECISIONS: Final = {
    # -- decisions --------------------------------------------------------------------------------------------------
    "NOT_FOUND": (
        "nicht gefunden",
        "Unter dieser ID[ ({value})] gibt es nichts, das Sie sehen dürfen.",
        ("Vergleichen Sie die ID; handeln Sie für mehrere Unternehmen, nennen Sie das richtige mit as:<account>."),
    ),
    "NOT_PENDING": (
        "nicht offen",
        "Über das Gerät ist nicht mehr zu entscheiden[: Es ist {status}].",
        ("Seine Karte zeigt, wer wann entschieden hat; eine Entscheidung lässt sich eine Zeit lang rückgängig machen."),
    ),
    "RESELLER_NOT_REGISTERED": (
        "Händler nicht registriert",
        "Das Gerät kam von einem Händler, den Ihr Unternehmen nicht registriert hat[ ({reseller})].",
        "Registrieren Sie zuerst den Händler und senden Sie die Liste dann noch einmal.",
    ),
    "DECISION_NOT_ALLOWED": (
        "nicht erlaubt",
        "Ihre Rolle in diesem Konto erlaubt das nicht.",
        "Wenden Sie sich an einen Genehmiger oder Admin Ihres Unternehmens.",
    ),
    "SEVERAL_RESELLERS": (
        "mehrere Händler",
        "Über mehrere Geräte auf einmal kann nur entschieden werden, wenn ein Händler sie alle hochgeladen hat.",
        "Entscheiden Sie über die Geräte jedes Händlers für sich oder senden Sie eine Liste zur Annahme.",
    ),
    "APPROVAL_ID_SINGLE": (
        "Genehmigungs-ID für mehrere Geräte",
        "Eine Genehmigungs-ID[ ({value})] kann nur für ein einzelnes Gerät angegeben werden.",
        "Nehmen Sie dieses Gerät für sich an oder senden Sie eine Liste mit einer Genehmigungs-ID je Zeile.",
    ),
    "DECISION_GONE": (
        "Entscheidung gilt nicht mehr",
        "Die Entscheidung gilt nicht mehr[: Das Gerät ist jetzt {status}].",
        "Sein Verlauf zeigt, was danach kam; es gibt nichts mehr rückgängig zu machen.",
    ),
    "UNDO_TOO_LATE": (
        "zu spät zum Rückgängigmachen",
        "Die Entscheidung ist endgültig[: Sie konnte bis {until} rückgängig gemacht werden].",
        "Bitten Sie den Händler, das Gerät zu löschen und noch einmal hochzuladen.",
    ),
    "DEVICE_EXCHANGING": (
        "Austausch läuft",
        "Die Kennung des Geräts wird gerade ausgetauscht.",
        "Versuchen Sie es nach dem Austausch noch einmal, spätestens nach 24 Stunden.",
    ),
    "NOT_EXCHANGEABLE": (
        "nicht austauschbar",
        "Nur die Kennung eines offenen oder angenommenen Geräts kann ausgetauscht werden[: Dieses ist {status}].",
        "Seine Karte zeigt, was mit ihm geschah.",
    ),
    "UPLOAD_CHANGED": (
        "Upload verändert",
        "Was vom Upload offen ist, ist nicht mehr das, was gezeigt wurde; deshalb wurde nichts entschieden.",
        "Sehen Sie sich die jetzigen Zahlen an und entscheiden Sie darüber.",
    ),
    "UPLOAD_BEING_DECIDED": (
        "wird von jemand anderem entschieden",
        "Über den ganzen Upload entscheidet gerade jemand aus Ihrem Unternehmen.",
        "Warten Sie, bis das fertig ist, und sehen Sie dann nach, was übrig ist.",
    ),
    "UPLOAD_IN_PROGRESS": (
        "Upload in Arbeit",
        "Der Upload wird noch gespeichert.",
        "Versuchen Sie es noch einmal, wenn sein Ergebnis da ist.",
    ),
    "HISTORY_FULL": (
        "Verlauf voll",
        "Mit dem Gerät ist so viel geschehen, dass nichts mehr darüber festgehalten werden kann.",
        "Bitten Sie den Händler, das Gerät zu löschen und noch einmal hochzuladen.",
    ),
    "GRANT_INVALID": (
        "Erlaubnis nicht gültig",
        "Die Liste kam ohne Erlaubnis, oder mit einer, die schon benutzt wurde oder älter als 15 Minuten ist.",
        "Holen Sie mit approvals bulk eine neue und senden Sie die Liste damit noch einmal.",
    ),
    # -- deletes, exchanges, tags -----------------------------------------------------------------------------------
    "RELEASE_NEEDED": (
        "wartet auf die Freigabe des Kunden",
        "Der Kunde hat das Gerät angenommen und muss es zuerst freigeben.",
        "Der Kunde wird gefragt; das Gerät wird gelöscht, sobald er es freigibt.",
    ),
    "RELEASE_DENIED": (
        "vom Kunden nicht freigegeben",
        "Der Kunde gibt die Geräte nicht frei.",
        "Sprechen Sie mit dem Kunden; löschen Sie die Geräte noch einmal, wird er wieder gefragt.",
    ),
    "LIST_TOO_LONG": (
        "zu viele Kennungen",
        "Die Liste hat mehr Kennungen, als eine Anfrage haben darf[ ({limit})].",
        "Teilen Sie sie in mehrere Anfragen.",
    ),
    "UPLOAD_OF_OTHERS": (
        "Upload von jemand anderem",
        "Uploader können nur ihre eigenen Uploads zurücknehmen.",
        "Wenden Sie sich an den, der ihn hochgeladen hat, oder an einen Admin Ihres Unternehmens.",
    ),
    "UPLOAD_TOO_OLD": (
        "zu spät für einen Uploader",
        "Uploader können einen Upload 24 Stunden lang zurücknehmen.",
        "Wenden Sie sich an einen Admin Ihres Unternehmens.",
    ),
    "UPLOAD_STORED_NOTHING": (
        "nichts zurückzunehmen",
        "Der Upload hat kein Gerät gespeichert, also gibt es nichts zurückzunehmen.",
        "Sehen Sie sich seine Fehler an oder laden Sie die Datei noch einmal hoch.",
    ),
    "EXCHANGE_NOT_IMEI": (
        "keine IMEI",
        "Nur eine IMEI kann gegen eine andere IMEI ausgetauscht werden[: {value} ist keine].",
        "Schreiben Sie die IMEI des Geräts und dann die IMEI, die es künftig hat.",
    ),
    "EXCHANGE_FORMER": (
        "IMEI, die früher ausgetauscht wurde",
        "Das Gerät hat diese IMEI nicht mehr[ ({value})].",
        "Seine Karte zeigt die IMEI, die es jetzt hat; tauschen Sie diese aus.",
    ),
    "IDENTIFIER_TAKEN": (
        "IMEI vergeben",
        "Die neue IMEI[ {value}] gehört schon zu einem Gerät.",
        "Vergleichen Sie sie mit dem Gerät in Ihrer Hand; eine IMEI gehört zu einem Gerät allein.",
    ),
    "TAG_CHARACTERS": (
        "Tag nicht möglich",
        "Ein Tag kann dieses Zeichen nicht enthalten[: {character}].",
        "Verwenden Sie Buchstaben, Ziffern, Leerzeichen, Punkte, Bindestriche und Unterstriche.",
    ),
    "TAG_LENGTH": (
        "Tag zu lang",
        "Ein Tag[ ({value})] kann höchstens 40 Zeichen haben.",
        "Verwenden Sie einen kürzeren.",
    ),
    "TAG_TWICE": (
        "Tag gesetzt und entfernt",
        "Der Tag[ {value}] soll zugleich gesetzt und entfernt werden.",
        "Schreiben Sie ihn einmal, mit + oder mit -.",
    ),
    "TAGS_TOO_MANY": (
        "zu viele Tags",
        "Ein Gerät kann höchstens 20 Tags haben[; dieses hätte {count}].",
        "Entfernen Sie zuerst einige seiner Tags.",
    ),
}
