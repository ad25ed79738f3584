// The leaky bucket from which a shop's API calls are paid.

interface ThrottleStatus {
  maximumAvailable: number
  currentlyAvailable: number
  restoreRate: number
}

export interface CostBucket {
  status(now: Date): ThrottleStatus
  spend(cost: number, now: Date): void
}

export function costBucket(maximumAvailable = 2000, restoreRate = 100): CostBucket {
  let available = maximumAvailable
  let filledAt: number | undefined

  function refill(now: Date) {
    const nowMs = now.getTime()
    const elapsedMs = Math.max(0, nowMs - (filledAt ?? nowMs))
    available = Math.min(maximumAvailable, available + (elapsedMs / 1000) * restoreRate)
    filledAt = nowMs
  }

  return {
    status(now) {
      refill(now)
      return { maximumAvailable, currentlyAvailable: Math.floor(available), restoreRate }
    },
    spend(cost, now) {
      refill(now)
      available -= cost
    },
  }
}
