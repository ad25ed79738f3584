// How much CPU this process and PostgreSQL's processes have used, read from /proc; load generators don't count.
import { readdirSync, readFileSync } from 'node:fs'
import type { Database } from '#app/platform/database.server.ts'

/** Linux counts in hundredths of a second, on every machine that Node runs on. */
const ticksPerSecond = 100

export interface CpuMeter {
  /** Milliseconds used so far, by this process and by the database's. */
  usedMs(): number
}

/** A meter for this process and the server of `db`, which has to run on this machine. */
export async function createCpuMeter(db: Database): Promise<CpuMeter> {
  const { rows } = await db.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = readProcess(rows[0]!.pid)?.parent
  if (postmaster === undefined) throw new Error('the database has to run on this machine, under Linux, to be measured')
  return {
    usedMs() {
      const own = process.cpuUsage()
      return (own.user + own.system) / 1000 + serverMs(postmaster)
    },
  }
}

function serverMs(postmaster: number) {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  const ticks = pids.map((pid) => {
    const seen = readProcess(pid)
    if (!seen) return 0
    // What ended processes had used is kept by their parent.
    if (pid === postmaster) return seen.ticks + seen.endedChildrenTicks
    return seen.parent === postmaster ? seen.ticks : 0
  })
  return (ticks.reduce((sum, each) => sum + each, 0) * 1000) / ticksPerSecond
}

/** Null when the process is gone. See proc_pid_stat(5); the fields after the name in brackets count from the third. */
function readProcess(pid: number) {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null
    throw error
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3])
  return { parent: field(4), ticks: field(14) + field(15), endedChildrenTicks: field(16) + field(17) }
}
