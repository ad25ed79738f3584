// One simulated run: a story, what goes wrong in it, and a verdict on what is left when nothing is due any more.
import { createHmac } from 'node:crypto'
import { redactCustomer } from '#app/jobs/compliance/redact-customer.server.ts'
import { randomFor } from '#sandbox/lib/random.ts'
import { type InjectedRequest, inject } from './inject.ts'
import type { Mischief } from './mischief.ts'
import { type SimulatedProcess, startProcess } from './processes.ts'
import { createScheduler, type Process, type SchedulerOptions } from './scheduler.ts'
import { eventPost, simulatedSendGrid, type TakenMail } from './sendgrid.ts'
import { appSecret, domain, horizonMs, type ShopDatabase, startAt } from './shop-database.ts'
import { type Stop, type Story, type Told, tell } from './story.ts'

export interface Delivery extends InjectedRequest {
  id: string
  dueMs: number
  stop: Stop | null
  /** Whose address must get no more mail when it is known. */
  stops: string | null
}

/** What was seen from outside. */
export interface Run {
  told: Told[]
  taken: TakenMail[]
  /** Deliveries that were answered with 200, and the step before which that was. */
  accepted: { delivery: Delivery; step: number }[]
  /** How often each event was logged. */
  logged: Map<string, number>
  steps: number
  kills: number
}

const minuteMs = 60_000
const mostIdle = 2_000
const pollEveryMs = 10_000
/** Longer than the lease of a claim and the time for which evidence is waited for. */
const frozenMs = 50 * minuteMs

export async function simulate(shop: ShopDatabase, story: Story, mischief: Mischief): Promise<Run> {
  const clock = await shop.reset()
  await shop.tellTime(startAt)
  const logged = new Map<string, number>()
  const accepted: Run['accepted'] = []
  const queue: Delivery[] = []
  const told = tell(story, startAt)
  let posted = 0
  let kills = 0

  const scheduler = createScheduler({
    random: randomFor(String(mischief.order), 'steps'),
    harmOf: harmIn(mischief),
    kill,
    freeze,
  })
  const sendgrid = simulatedSendGrid({
    scheduler,
    now: () => clock.now(),
    fateOf: (call) => mischief.calls.find((each) => each.call === call)?.fate ?? null,
    onTaken: report,
  })
  const world = { shop, clock, scheduler, sendgrid, log: countingLog(logged) }
  const crew = [
    { name: 'web 1', role: 'web' },
    { name: 'web 2', role: 'web' },
    { name: 'worker 1', role: 'worker' },
    { name: 'worker 2', role: 'worker', aheadMs: -20_000 },
  ] as const
  const processes = crew.map((each) => startProcess(world, each))
  const frozen = new Map<Process, number>()
  const underWay = new Map<Process, Delivery>()

  async function kill(victim: Process) {
    const place = processes.findIndex(({ name }) => name === victim.name)
    victim.isDead = true
    kills += 1
    const { database, tern } = processes[place]!
    processes[place] = startProcess(world, crew[place]!)
    tern.close()
    const delivery = underWay.get(victim)
    // The source heard nothing and comes again.
    if (delivery) queue.push({ ...delivery, dueMs: clock.now().getTime() + minuteMs })
    await database.cut()
  }

  async function freeze(victim: Process) {
    victim.isFrozen = true
    frozen.set(victim, clock.now().getTime() + frozenMs)
    // PostgreSQL ends transactions in which nothing happens.
    await processes.find((each) => each === victim)?.database.cut()
  }

  /** On its way to Tern, unless mischief has it come late, or twice. */
  function post(delivery: Delivery) {
    const trouble = mischief.deliveries.find(({ nth }) => nth === posted)
    posted += 1
    const late = { ...delivery, dueMs: delivery.dueMs + (trouble?.lateMinutes ?? 0) * minuteMs }
    queue.push(...(trouble?.twice ? [delivery, late] : [late]))
  }

  function report(mail: TakenMail) {
    const nowMs = clock.now().getTime()
    const number = sendgrid.taken.length
    const reaction = mischief.readers.find((reader) => reader.mail === number)?.event
    const fate = reaction === 'bounce' ? 'bounce' : 'delivered'
    const tell = (kinds: string[], afterMinutes: number, stops: string | null) => {
      const dueMs = nowMs + afterMinutes * minuteMs
      post({ ...eventPost(mail, kinds, new Date(dueMs)), id: `${kinds}-${number}`, dueMs, stop: null, stops })
    }
    tell(['processed', fate], 1, fate === 'bounce' ? mail.to : null)
    if (reaction && reaction !== 'bounce') tell([reaction], 5, mail.to)
  }

  for (const each of told)
    post({ ...webhookPost(each), dueMs: each.at.getTime(), id: each.id, stop: each.stop, stops: null })

  function beginIntake() {
    for (const process of processes.filter(({ role }) => role === 'web')) {
      const place = queue.findIndex(({ dueMs }) => dueMs <= clock.now().getTime())
      if (place < 0 || scheduler.isBusy(process, 'intake')) continue
      const [delivery] = queue.splice(place, 1)
      underWay.set(process, delivery!)
      scheduler.begin(process, 'intake', () => take(process, delivery!))
    }
  }

  async function take(process: SimulatedProcess, delivery: Delivery) {
    const status = await inject(process.server, delivery)
    if (process.isDead) return
    underWay.delete(process)
    if (status === 200) accepted.push({ delivery, step: scheduler.steps() })
    else queue.push({ ...delivery, dueMs: clock.now().getTime() + minuteMs })
  }

  function beginWork(lane: 'work' | 'send' | 'sweep') {
    for (const process of processes.filter(({ role }) => role === 'worker'))
      if (!scheduler.isBusy(process, lane)) {
        const { workDue, deliverDue, sweep } = process.tern
        scheduler.begin(process, lane, { work: () => workDue(20), send: () => deliverDue(8), sweep }[lane])
      }
  }

  let commits = -1
  for (let idle = 0; idle < mostIdle; idle += 1) {
    beginIntake()
    while (await scheduler.next()) beginIntake()
    const due = await listDue(shop)
    const isDue = ({ at }: Due) => at <= clock.now()
    let hasThawed = false
    for (const [process, untilMs] of frozen)
      if (untilMs <= clock.now().getTime() || process.isDead) {
        process.isFrozen = false
        frozen.delete(process)
        hasThawed = true
      }
    if (hasThawed) continue
    for (const { id } of due.filter((each) => each.lane === 'erase' && isDue(each)))
      await redactCustomer(shop.tern.jobDeps, { shopId: shop.shopId, requestId: id }, AbortSignal.timeout(5_000))
    const lanes = new Set(due.filter(isDue).map(({ lane }) => lane))
    for (const lane of lanes) if (lane !== 'erase') beginWork(lane)
    const isPolledOnly = scheduler.commits() === commits
    commits = scheduler.commits()
    if (lanes.size > 0 && !isPolledOnly) continue
    // Who could do it is stopped, or has a clock that is behind.
    const pollMs = lanes.size > 0 ? [clock.now().getTime() + pollEveryMs] : []
    const next = Math.min(
      ...pollMs,
      ...[...due.map(({ at }) => at.getTime()), ...queue.map(({ dueMs }) => dueMs), ...frozen.values()].filter(
        (ms) => ms > clock.now().getTime() || lanes.size === 0,
      ),
    )
    if (next > startAt.getTime() + horizonMs) {
      for (const process of processes) process.isDead = true
      await Promise.all(processes.map(({ database }) => database.cut()))
      return { told, taken: sendgrid.taken, accepted, logged, steps: scheduler.steps(), kills }
    }
    clock.advanceTo(new Date(Math.max(next, clock.now().getTime())))
    await shop.tellTime(clock.now())
  }
  throw new Error(`due for ever, and nobody does it: ${JSON.stringify(await listDue(shop))}`)
}

interface Due {
  lane: 'work' | 'send' | 'sweep' | 'erase'
  at: Date
  id: number
}

/** What a worker would find to do, and when. What somebody holds is due when that lease is over. */
async function listDue({ watcher }: ShopDatabase): Promise<Due[]> {
  const { rows } = await watcher.pool.query<Due>(`
    select lane, greatest(next_due_at, lease_until + interval '1 ms') as at, 0 as id
    from shop_lane where next_due_at < 'infinity'
    union all select 'sweep', lease_until + interval '1 ms', 0 from message where state = 'claimed'
    union all select 'erase', coalesce((select lease_until from shop_lane where lane = 'work'), 'epoch'), id
      from data_request where completed_at is null`)
  return rows
}

const harmIn =
  ({ harms }: Mischief): SchedulerOptions['harmOf'] =>
  (taken, step) =>
    harms.find(({ kind, nth }) => (kind === 'any' || kind === step.kind) && taken[kind] === nth)?.harm ?? null

function webhookPost({ topic, body, at, id }: Told): InjectedRequest {
  const text = JSON.stringify(body)
  return {
    path: '/webhooks/shopify',
    body: text,
    headers: {
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': domain,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': id,
      'x-shopify-triggered-at': at.toISOString(),
      'x-shopify-hmac-sha256': createHmac('sha256', appSecret).update(text).digest('base64'),
    },
  }
}

function countingLog(logged: Map<string, number>) {
  const count = (first: unknown, message?: string) => {
    const name = message ?? String(first)
    logged.set(name, (logged.get(name) ?? 0) + 1)
  }
  return { debug: count, info: count, warn: count, error: count }
}
