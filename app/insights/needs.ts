// What only the merchant can put right, the gravest first, each with the page where it is done.
import type { Results } from './results.ts'

export interface Need {
  kind: 'sender' | 'key' | 'sync' | 'setAside' | 'unknown' | 'refused' | 'complaints'
  count: number
  to: string
}

export interface Situation {
  hasSender: boolean
  hasKey: boolean
  sync: readonly { state: string }[]
  setAside: number
  unknown: number
  refused: number
  results: Results
}

/** Mailbox providers begin to refuse a sender at three complaints in a thousand; one is the time to look. */
const complaintLimit = 0.001
const fewestDelivered = 500

export function needsOf({ hasSender, hasKey, sync, setAside, unknown, refused, results }: Situation): Need[] {
  const failedSyncs = sync.filter(({ state }) => state === 'failed').length
  const { complained, delivered } = results
  const hasComplaints = delivered >= fewestDelivered && complained / delivered > complaintLimit
  const all: (Need | false)[] = [
    !hasSender && { kind: 'sender', count: 1, to: '/app/settings' },
    !hasKey && { kind: 'key', count: 1, to: '/app/settings' },
    refused > 0 && { kind: 'refused', count: refused, to: '/app/messages?state=failed' },
    unknown > 0 && { kind: 'unknown', count: unknown, to: '/app/messages?state=unknown' },
    failedSyncs > 0 && { kind: 'sync', count: failedSyncs, to: '/app/health' },
    setAside > 0 && { kind: 'setAside', count: setAside, to: '/app/health' },
    hasComplaints && { kind: 'complaints', count: complained, to: '/app/messages' },
  ]
  return all.filter((need) => need !== false)
}
