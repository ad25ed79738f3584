// How long a call has to wait so that Shopify won't refuse it: each shop has a bucket of points that refills with time.

export interface ThrottleStatus {
  maximumAvailable: number
  currentlyAvailable: number
  restoreRate: number
}

/** What is known of a shop's bucket: the last answer's state, less what was asked for since. */
export interface Bucket extends ThrottleStatus {
  atMs: number
}

/** The points that should be there at `nowMs`. */
function availablePoints(bucket: Bucket, nowMs: number): number {
  const restored = (Math.max(0, nowMs - bucket.atMs) / 1000) * bucket.restoreRate
  return Math.min(bucket.maximumAvailable, bucket.currentlyAvailable + restored)
}

/** How long until `points` can be spent; a call that costs more than the bucket holds waits for a full one. */
export function waitMs(bucket: Bucket, points: number, nowMs: number): number {
  const missing = Math.min(points, bucket.maximumAvailable) - availablePoints(bucket, nowMs)
  return missing <= 0 ? 0 : Math.ceil((missing / bucket.restoreRate) * 1000)
}

/** The bucket after a call for `points` was sent; what it really cost the answer will say. */
export function reservePoints(bucket: Bucket, points: number, nowMs: number): Bucket {
  return { ...bucket, currentlyAvailable: availablePoints(bucket, nowMs) - points, atMs: nowMs }
}
