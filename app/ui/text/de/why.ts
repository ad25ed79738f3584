// Die Worte der Seite, die sagt, warum.
import type { SameKeys } from '#app/ui/text/catalogues.ts'
import type en from '#app/ui/text/en/why.ts'

const text: SameKeys<typeof en> = {
  title: 'Warum: {{flow}}',
  inShort: {
    running: '{{name}} ist seit {{date}} in diesem Ablauf.',
    over: '{{name}} war ab {{date}} in diesem Ablauf; es ist vorbei.',
    refused: '{{name}} ist nie eingetreten. Beim letzten Mal stand das im Weg: {{gate}}.',
    nothing: '{{name}} ist nie eingetreten: Nichts, womit dieser Ablauf beginnt, ist bekannt.',
    notLive: '{{name}} ist nie eingetreten: Der Ablauf wurde nie veröffentlicht.',
  },
  version: 'Version {{version}}',
  ahead: 'In den nächsten 7 Tagen, wenn sonst nichts geschieht',
  noAhead: 'Keine Mail.',
  mailAt: 'Mail „{{step}}“ am {{date}}; was vor dem Senden gefragt wird, wird dann gefragt.',
  log: 'Was geschah',
  refusals: 'Auslöser ohne Eintritt, der neuesten Version vorgelegt',
  gate: {
    in_time: 'Es wurde rechtzeitig berichtet',
    newest: 'Nichts Neueres lief',
    not_over: 'Es war nicht schon vorbei',
    entry: 'Die Bedingung zum Eintritt',
    reentry: 'Die Regel für neuen Eintritt',
  },
  passed: 'Bestanden',
  stopped: 'Gestoppt',
}
export default text
