import { expect, test } from 'vitest'
import { pauseFlow } from '#app/flows/pause-flow.server.ts'
import { putBack, takeOut } from '#app/flows/take-out.server.ts'
import { enrolmentId, type FlowId, flowId } from '#app/lib/ids.ts'
import { type ShopTx, withShop } from '#app/platform/database.server.ts'
import { addFlow, beginStory } from '#tests/builders/flow-story.ts'
import { checkoutSaid, minute } from '#tests/builders/observations.ts'
import { createTestDatabase } from '#tests/database.ts'
import { listFlows } from './flow-list.server.ts'
import { findFlowPage } from './flow-page.server.ts'
import { findPerson, listPeople, type PeopleQuery } from './people.server.ts'
import { readPersonLog } from './person-log.server.ts'
import { countSteps } from './step-counts.server.ts'

const db = await createTestDatabase()
const hour = (hours: number) => minute(hours * 60)

/** A flow that mails after an hour and waits two more; three people began a checkout, one mail is decided. */
async function threeInFlow() {
  const story = await beginStory(db, [])
  const id = await addFlow(db, story.shopId, 'mine', (template) => ({
    trigger: { kind: 'checkout-started' },
    entry: { kind: 'checkout-open', which: 'subject' },
    filter: null,
    reentry: 'always',
    exits: [],
    start: 'pause',
    steps: {
      pause: { kind: 'wait', duration: { hours: 1 }, next: 'mail' },
      mail: { kind: 'send-email', template, class: 'marketing', next: 'rest' },
      rest: { kind: 'wait', duration: { hours: 2 }, next: 'done' },
      done: { kind: 'end' },
    },
  }))
  for (const [index, name] of ['ann', 'ben', 'cleo'].entries())
    await story.tell(
      checkoutSaid('checkouts/create', {
        at: minute(index * 30),
        token: name,
        cart: `cart-${name}`,
        email: `${name}@x.example`,
        customer: index + 1,
      }),
    )
  await story.until(minute(75))
  const inShop = <Result>(work: (tx: ShopTx) => Promise<Result>) => withShop(db, story.shopId, work)
  return { story, id, inShop }
}

const everyone = (id: FlowId, changes: Partial<PeopleQuery> = {}): PeopleQuery => ({
  flowId: id,
  state: null,
  step: null,
  email: null,
  cursor: { direction: 'after', keys: null },
  size: 50,
  ...changes,
})

test('the list of flows counts who entered and who waits, and knows which drafts are not live', async () => {
  const { story, id, inShop } = await threeInFlow()
  const flows = await inShop((tx) => listFlows(tx, story.shopId, hour(2)))
  const mine = flows.find((flow) => flow.id === id)
  expect(mine).toMatchObject({
    state: 'live',
    hasChanges: false,
    entered: 3,
    waiting: 3,
    trigger: { kind: 'checkout-started' },
  })
  expect(mine!.perDay.at(-1)).toBe(3)
  expect(flows.filter((flow) => flow.id !== id).every((flow) => flow.hasChanges && flow.state === 'draft')).toBe(true)
})

test('each step tells how many wait there, how many passed, and what became of its mails', async () => {
  const { story, id, inShop } = await threeInFlow()
  const { enrolments, steps } = await inShop((tx) => countSteps(tx, story.shopId, id))
  expect(enrolments).toBe(3)
  expect(steps.pause).toMatchObject({ waiting: 2, passed: { waited: 1 } })
  expect(steps.mail).toMatchObject({ waiting: 0, passed: { queued: 1 }, mails: { queued: 1 } })
  expect(steps.rest).toMatchObject({ waiting: 1 })
})

test('people are listed page by page, the latest first, and found by their address', async () => {
  const { story, id, inShop } = await threeInFlow()
  const list = (changes: Partial<PeopleQuery>) => inShop((tx) => listPeople(tx, story.shopId, everyone(id, changes)))
  const [cleo, ben, ann] = await list({})
  expect([cleo!.email, ben!.email, ann!.email]).toEqual(['cleo@x.example', 'ben@x.example', 'ann@x.example'])
  expect(ann).toMatchObject({ step: 'rest', since: minute(60), nextAt: minute(180) })
  const keys = [cleo!.enteredAt.toISOString(), cleo!.enrolmentId] as const
  expect(await list({ cursor: { direction: 'after', keys } })).toEqual([ben, ann])
  expect(await list({ email: ' Ben@X.example ' })).toEqual([ben])
  expect(await list({ step: 'pause' })).toHaveLength(2)
  expect(await list({ state: 'completed' })).toEqual([])
})

test('the log of a person has the entry with what was seen, each step, and the mail', async () => {
  const { story, id, inShop } = await threeInFlow()
  const people = await inShop((tx) => listPeople(tx, story.shopId, everyone(id)))
  const log = await inShop((tx) => readPersonLog(tx, story.shopId, people.at(-1)!.enrolmentId))
  expect(log.map(({ step, verdict, mail }) => [step, verdict ?? mail?.state])).toEqual([
    ['@entry', 'entered'],
    ['mail', 'queued'],
    ['pause', 'waited'],
    ['mail', 'queued'],
  ])
})

test('4.6 who is taken out gets nothing more, and goes on where they were when they are put back', async () => {
  const { story, id, inShop } = await threeInFlow()
  const [cleo] = await inShop((tx) => listPeople(tx, story.shopId, everyone(id)))
  const place = { flowId: id, enrolmentId: cleo!.enrolmentId }
  expect(await inShop((tx) => takeOut(tx, story.shopId, place, minute(80)))).toBe(true)
  expect(await inShop((tx) => takeOut(tx, story.shopId, place, minute(80)))).toBe(false)
  await story.until(minute(150))
  expect(await story.mails()).toHaveLength(2)
  expect(await inShop((tx) => putBack(tx, story.shopId, place, minute(160)))).toBe('back')
  await story.until(minute(161))
  expect((await story.mails()).at(-1)).toEqual({ mail: 'mail', at: minute(160) })
  expect(await inShop((tx) => putBack(tx, story.shopId, place, minute(170)))).toBe('not_taken_out')
})

test('4.6 who is in the flow again about the same thing is not put back, and a paused flow waits', async () => {
  const { story, id, inShop } = await threeInFlow()
  const [cleo, ben] = await inShop((tx) => listPeople(tx, story.shopId, everyone(id)))
  const placeOf = (person: typeof cleo) => ({ flowId: id, enrolmentId: person!.enrolmentId })
  await inShop((tx) => takeOut(tx, story.shopId, placeOf(cleo), minute(80)))
  const again = {
    at: minute(85),
    createdAt: minute(60),
    token: 'cleo',
    cart: 'cart-cleo',
    email: 'cleo@x.example',
    customer: 3,
  }
  await story.tell(checkoutSaid('checkouts/update', again))
  expect(await inShop((tx) => putBack(tx, story.shopId, placeOf(cleo), minute(90)))).toBe('runs_already')
  await inShop((tx) => takeOut(tx, story.shopId, placeOf(ben), minute(80)))
  await inShop((tx) => pauseFlow(tx, story.shopId, id, minute(95)))
  expect(await inShop((tx) => putBack(tx, story.shopId, placeOf(ben), minute(96)))).toBe('back')
  expect(await inShop((tx) => findPerson(tx, story.shopId, placeOf(ben)))).toMatchObject({
    state: 'active',
    nextAt: null,
  })
})

test('what another shop has is not there', async () => {
  const { story, id, inShop } = await threeInFlow()
  const other = await beginStory(db, [])
  const inOther = <Result>(work: (tx: ShopTx) => Promise<Result>) => withShop(db, other.shopId, work)
  const [cleo] = await inShop((tx) => listPeople(tx, story.shopId, everyone(id)))
  const place = { flowId: id, enrolmentId: cleo!.enrolmentId }
  expect(await inOther((tx) => findFlowPage(tx, other.shopId, id))).toBeNull()
  expect(await inOther((tx) => listPeople(tx, other.shopId, everyone(id)))).toEqual([])
  expect(await inOther((tx) => takeOut(tx, other.shopId, place, minute(80)))).toBe(false)
  expect(await inOther((tx) => putBack(tx, other.shopId, place, minute(80)))).toBe('unknown')
  expect(
    await inShop((tx) => findPerson(tx, story.shopId, { flowId: flowId(id + 1), enrolmentId: enrolmentId(1) })),
  ).toBeNull()
})
