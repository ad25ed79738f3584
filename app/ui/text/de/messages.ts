// Die Worte der Seiten über Mails.
import type { SameKeys } from '#app/ui/text/catalogues.ts'
import type en from '#app/ui/text/en/messages.ts'

const text: SameKeys<typeof en> = {
  title: 'Mails',
  one: 'Mail',
  many: 'Mails',
  column: { mail: 'Mail', to: 'An', flow: 'Ablauf', state: 'Stand', at: 'Wann' },
  filter: {
    flow: 'Ablauf',
    state: 'Stand',
    reason: 'Grund',
    waiting: 'Wartet',
    sending: 'Wird gesendet',
    sent: 'Gesendet',
    skipped: 'Nicht gesendet',
    failed: 'Fehlgeschlagen',
    unknown: 'Unklar',
  },
  noSubject: 'Eine Mail von „{{flow}}“',
  notKnown: 'Eine Mail',
  empty: {
    title: 'Noch keine Mail',
    text: 'Jede Mail, für die sich ein Ablauf entscheidet, steht hier: gesendet, wartend und nicht gesendet mit dem Grund.',
  },
  summary: 'Was daraus wurde',
  to: 'An',
  person: 'Person',
  flow: 'Ablauf',
  version: 'Version {{version}}, Schritt „{{step}}“',
  kind: 'Art',
  marketing: 'Werbung: braucht eine Anmeldung, hält Ruhezeiten und Obergrenzen ein',
  transactional: 'Zu einer Bestellung: braucht keine Anmeldung',
  decided: 'Entschieden',
  lastWord: 'Zuletzt gefragt',
  sentAt: 'An SendGrid übergeben',
  dueAt: 'Wird wieder gefragt',
  reason: 'Warum',
  tries: 'Versuche',
  gates: 'Was vor dem Senden gefragt wurde',
  noGates: 'Noch wurde nichts gefragt, oder es ist nicht aufbewahrt.',
  events: 'Was mit ihr geschah',
  noEvents: 'SendGrid hat noch nichts berichtet.',
  mail: {
    title: 'Die Mail',
    asSent:
      'Noch einmal gemacht aus den Worten und Angaben, mit denen sie gesendet wurde. Links tun hier nichts, und der Abmeldelink fehlt.',
    notSent: 'Diese Mail wurde nicht gesendet; es gibt nichts zu zeigen.',
    gone: 'Womit diese Mail gefüllt war, ist nicht aufbewahrt: Sie ging hinaus, bevor Tern es aufbewahrte, oder die Person wurde gelöscht.',
    from: 'Von',
    to: 'An',
    subject: 'Betreff',
    html: 'Ansicht',
    text: 'Nur Text',
    frame: 'Die Mail, wie sie gesendet wurde',
  },
}
export default text
