// A small line of daily counts, for a column of a table. Its numbers are said in its label.

export function Sparkline({ counts, label }: { counts: readonly number[]; label: string }) {
  const highest = Math.max(1, ...counts)
  const points = counts.map(
    (count, day) => `${(day / Math.max(1, counts.length - 1)) * 96 + 2},${22 - (count / highest) * 20}`,
  )
  return (
    <svg width="100" height="24" viewBox="0 0 100 24" role="img" aria-label={label}>
      <polyline points={points.join(' ')} fill="none" stroke="var(--p-color-border-emphasis)" strokeWidth="1.5" />
    </svg>
  )
}
