// Die Wörter der Seite zum Zustand.
import type { SameKeys } from '#app/ui/text/catalogues.ts'
import type en from '#app/ui/text/en/health.ts'

const text: SameKeys<typeof en> = {
  title: 'Zustand',
  sync: {
    title: 'Die Vergangenheit Ihres Shops',
    text: 'Kunden, Produkte und Bestellungen aus der Zeit vor Tern.',
    customers: 'Kunden',
    products: 'Produkte',
    orders: 'Bestellungen',
    waiting: 'Fragt bei Shopify an',
    exporting: 'Shopify stellt sie zusammen',
    importing: '{{done}} von {{total}}, noch etwa {{left}}',
    importingPlain: '{{done}} von {{total}}',
    done: '{{done}} gelesen. Auf dem Stand von {{when}}.',
    failed: 'Ließ sich nicht lesen: {{error}}',
    failedAction:
      'Tern versucht es wieder, wenn die App neu installiert wird. Schreiben Sie uns, wenn es weiter scheitert.',
    none: 'Noch nicht begonnen.',
  },
  topics: {
    title: 'Meldungen von Shopify und SendGrid',
    text: 'Wann die letzte jeder Art kam, unter den letzten 5.000.',
    none: 'Noch keine. Sie beginnen mit dem ersten Warenkorb, der ersten Bestellung oder Kundenänderung.',
  },
  queues: {
    title: 'Arbeit',
    events: 'Noch nicht abgearbeitet',
    ordersCurrent: 'Bestellungen sind auf dem neuesten Stand.',
    ordersBehind: 'Bestellungen hängen seit {{when}} zurück. Mails zu verlassenen Warenkörben warten so lange.',
    people: 'Personen in Abläufen',
    mails: 'Wartende Mails',
    unknown: 'Mails mit unklarem Verbleib',
  },
  setAside: {
    title: 'Beiseitegelegt',
    text: 'Was nicht verarbeitet werden konnte. Nichts anderes wartet darauf.',
    none: 'Nichts wurde beiseitegelegt.',
    retry: 'Noch einmal',
    retryAll: 'Alle noch einmal',
    since: 'Seit {{when}}',
    retried: 'Wieder eingereiht',
  },
  token: {
    title: 'Verbindung zu Shopify',
    good: 'Verbunden. Der Zugang erneuert sich von selbst; ungenutzt hielte er bis {{when}}.',
    lasting: 'Verbunden. Der Zugang endet nicht von selbst.',
  },
}

export default text
