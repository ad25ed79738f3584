// The words of the page that says why.
export default {
  title: 'Why: {{flow}}',
  inShort: {
    running: '{{name}} is in this flow since {{date}}.',
    over: '{{name}} was in this flow from {{date}}; it is over.',
    refused: '{{name}} never entered. The last time, this stood in the way: {{gate}}.',
    nothing: '{{name}} never entered: nothing that begins this flow is known to have happened.',
    notLive: '{{name}} never entered: the flow was never published.',
  },
  version: 'Version {{version}}',
  ahead: 'In the next 7 days, if nothing else happens',
  noAhead: 'No mail.',
  mailAt: 'Mail “{{step}}” on {{date}}; what is asked before sending is asked then.',
  log: 'What happened',
  refusals: 'Triggers that led to no entry, asked of the newest version',
  gate: {
    in_time: 'It was told in time',
    newest: 'Nothing newer was running',
    not_over: 'It was not over already',
    entry: 'The entry condition',
    reentry: 'The rule for entering again',
  },
  passed: 'Passed',
  stopped: 'Stopped',
}
