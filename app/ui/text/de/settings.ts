// Die Wörter der Einstellungen.
import type { SameKeys } from '#app/ui/text/catalogues.ts'
import type en from '#app/ui/text/en/settings.ts'

const text: SameKeys<typeof en> = {
  title: 'Einstellungen',
  sender: {
    title: 'Absender',
    text: 'Steht in jeder Mail. Das Gesetz verlangt Name und Anschrift.',
    fromName: 'Name',
    fromEmail: 'Adresse',
    fromEmailHelp:
      'Eine Adresse Ihrer eigenen Domain: Mail von gmail.com und ähnlichen lehnen die Postfachanbieter ab.',
    replyTo: 'Antworten gehen an',
    replyToHelp: 'Leer lassen, um Antworten an der Adresse oben zu bekommen.',
    postalAddress: 'Anschrift',
  },
  sendgrid: {
    title: 'SendGrid',
    text: 'Tern verschickt über Ihr eigenes SendGrid-Konto. Der Schlüssel liegt verschlüsselt.',
    connected: 'Verbunden',
    notConnected: 'Nicht verbunden',
    key: 'API-Schlüssel',
    keyHelp: 'SendGrid zeigt ihn einmal, unter „Settings“, „API Keys“. Er beginnt mit SG.',
    check: 'Prüfen und speichern',
    saved: 'Der Schlüssel funktioniert und wurde gespeichert.',
    missing: 'Ihm fehlen diese Rechte, manches ist deshalb von Hand in SendGrid zu tun: {{scopes}}',
    events: 'Zustellberichte',
    eventsOn: 'SendGrid meldet Zustellungen, Klicks und Rückläufer an Tern, mit Unterschrift.',
    eventsOff: 'Ohne sie erfährt Tern nicht, was aus einer Mail wurde.',
    setUpEvents: 'Einrichten',
    setUpEventsAgain: 'Neu einrichten',
  },
  domain: {
    title: 'Ihre Domain',
    text: 'Postfachanbieter vertrauen Mails, deren Domain sagt, dass SendGrid sie verschicken darf.',
    begin: 'Beginnen',
    beginText:
      'SendGrid erstellt drei DNS-Einträge für {{domain}}. Sie tragen sie dort ein, wo Ihre Domain verwaltet wird.',
    valid: 'Bestätigt',
    waiting: 'Wartet auf DNS',
    waitingText:
      'Tragen Sie diese Einträge für {{domain}} ein. Tern sieht alle 30 Sekunden nach, solange diese Seite offen ist; DNS kann bis zu zwei Tage brauchen.',
    type: 'Typ',
    host: 'Host',
    value: 'Wert',
    state: 'Stand',
    seen: 'Gefunden',
    notSeen: 'Noch nicht gefunden',
    checkNow: 'Jetzt nachsehen',
    dmarc:
      'Legen Sie auch einen DMARC-Eintrag an, wenn es keinen gibt. Gmail und Yahoo verlangen ihn von allen, die viel verschicken. Beginnen Sie mit diesem; er ändert nichts und bittet nur um Berichte:',
  },
  rules: {
    title: 'Wann Mails hinausgehen',
    text: 'Nur Werbemails. Mails zu einer Bestellung gehen immer hinaus.',
    hasQuietHours: 'Ruhezeit',
    quietHelp: 'In der Zeitzone des Lesers, sonst in der des Shops. Mails warten, bis sie endet.',
    quietFrom: 'Von',
    quietTo: 'Bis',
    hasCap: 'Begrenzen, wie viele Mails eine Person bekommt',
    capMessages: 'Höchstens so viele Mails',
    capHours: 'in so vielen Stunden',
    deferLimitHours: 'Eine Mail fallen lassen, die so viele Stunden gewartet hat',
    attributionDays: 'Tage, in denen eine Bestellung zu einem Klick zählt',
    attributionHelp: 'Der letzte Klick in einer Mail vor der Bestellung bekommt sie.',
  },
  data: {
    title: 'Daten',
    text: 'Tern richtet sich nach der Zeitzone Ihres Shops: {{timeZone}}. Ändern lässt sie sich in Shopify.',
    rawRetentionDays: 'Meldungen von Shopify so viele Tage im Original behalten',
    rawHelp: 'Nur nötig, um einem Problem nachzugehen. 0 behält keine.',
  },
  audit: {
    title: 'Änderungen',
    text: 'Wer von Hand geändert hat, was verschickt wird oder an wen.',
    empty: 'Noch wurde nichts geändert.',
  },
  error: {
    keyForm: 'Ein Schlüssel beginnt mit SG. und hat drei Teile mit Punkten dazwischen.',
    quietHours: 'Muss sich vom Beginn unterscheiden.',
    senderFirst: 'Speichern Sie zuerst den Absender.',
    key_refused: 'SendGrid kennt diesen Schlüssel nicht. Erstellen Sie einen neuen und kopieren Sie ihn ganz.',
    cannotSend: 'Dieser Schlüssel darf keine Mails verschicken. Geben Sie ihm das Recht „Mail Send“.',
    scope_missing:
      'Der Schlüssel darf das nicht. Geben Sie ihm in SendGrid das Recht dazu, oder tun Sie es dort von Hand.',
    unavailable: 'SendGrid hat nicht geantwortet. Versuchen Sie es in einer Minute noch einmal.',
    refused: 'SendGrid hat das abgelehnt.',
  },
}

export default text
