// The query language of SendGrid's log, as far as its document allows it: conditions joined by AND, nothing nested.

/** One mail as queries see it. */
export type LogFields = {
  sg_message_id: string
  subject: string
  to_email: string
  status: string
  reason: string
  categories: string[]
  createdAt: Date
}

export type LogQuery = (fields: LogFields) => boolean

/** The test that a query stands for, or null when it is not one. */
export function parseLogQuery(query: string): LogQuery | null {
  const tests: LogQuery[] = []
  let rest = query.trim()
  while (rest !== '') {
    const condition = CONDITION.exec(rest)
    const test = condition && testOf(condition)
    if (!test) return null
    tests.push(test)
    rest = rest.slice(condition[0].length)
    const joint = /^\s+AND\s+(?=\S)/i.exec(rest)
    if (rest.trim() !== '' && !joint) return null
    rest = rest.slice(joint?.[0].length ?? rest.length)
  }
  return (fields) => tests.every((test) => test(fields))
}

const CONDITION =
  /^(?:(?<same>sg_message_id|subject|to_email|reason)\s*=\s*(?<text>'[^']*'|"[^"]*")|(?<among>status|categories)\s+IN\s*\((?<list>[^()]*)\)|sg_message_id_created_at\s*(?<order>[<>]=?)\s*TIMESTAMP\s+"(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)")/i

function testOf({ groups = {} }: RegExpExecArray): LogQuery | null {
  const { same, text, among, list, order, time } = groups
  if (same && text) return equals(same.toLowerCase(), text.slice(1, -1))
  if (among) return isAmong(among.toLowerCase(), list ?? '')
  return order && time ? isOrdered(order, new Date(time).getTime()) : null
}

function equals(field: string, value: string): LogQuery {
  if (field === 'to_email') return ({ to_email }) => to_email.toLowerCase() === value.toLowerCase()
  return (fields) => fields[field as 'subject'] === value
}

function isAmong(field: string, list: string): LogQuery | null {
  const values = list.split(',').map((value) => /^'([^']*)'$/.exec(value.trim())?.[1])
  if (values.includes(undefined)) return null
  if (field === 'status') return ({ status }) => values.includes(status)
  return ({ categories }) => categories.some((category) => values.includes(category))
}

function isOrdered(order: string, timeMs: number): LogQuery | null {
  if (Number.isNaN(timeMs)) return null
  return ({ createdAt }) => {
    // The log counts in whole seconds.
    const createdMs = Math.floor(createdAt.getTime() / 1000) * 1000
    if (order === '>') return createdMs > timeMs
    if (order === '<') return createdMs < timeMs
    return order === '>=' ? createdMs >= timeMs : createdMs <= timeMs
  }
}
