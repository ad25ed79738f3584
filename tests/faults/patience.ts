// How long the processes of a kill test wait for each other: real time passes in seconds there, not in minutes.
import type { Patience } from '#app/server/compose.server.ts'

/** A call must be over, and a killed worker's request have arrived, long before SendGrid's log is asked about it. */
export const shortPatience: Patience = { callMs: 1_500, claimLeaseMs: 2_000, laneLeaseMs: 500 }
