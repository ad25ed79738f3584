// What the log of messages can be narrowed to: what a merchant calls it, and the states that it stands for.
export const messageStates = {
  waiting: ['queued', 'deferred'],
  sending: ['claimed'],
  sent: ['handed_over', 'delivered'],
  skipped: ['skipped'],
  failed: ['failed', 'blocked', 'dropped', 'bounced'],
  unknown: ['unknown'],
} as const

export const messageStateGroups = ['waiting', 'sending', 'sent', 'skipped', 'failed', 'unknown'] as const
