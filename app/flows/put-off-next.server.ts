// For a pass that failed and was narrowed down to one item: puts that item out of the way, so that the others go on.
import type { ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import { enrolmentColumns, toEnrolment } from './enrolment-rows.server.ts'
import { putOff } from './put-off.ts'
import { writeChanges } from './write-enrolments.server.ts'

/**
 * Puts off the shop's next due enrolment, and ends it when that has happened too often. When none is due, the next due
 * absence is dropped: the person's next order sets a new one.
 */
export async function putOffNext(tx: SystemTx, shopId: ShopId, problem: string, now: Date): Promise<void> {
  const [row] = await tx.rows(
    `select ${enrolmentColumns} from enrolment e where e.shop_id = $1 and e.state = 'active' and e.wake_at <= $2
     order by e.wake_at, e.id limit 1`,
    [shopId, now],
  )
  if (!row) return dropNextAbsence(tx, shopId, now)
  const enrolment = toEnrolment(row)
  const change = { before: enrolment, enrolment, visits: [], effects: [] }
  await writeChanges(tx, [putOff(change, problem, now)], now)
}

async function dropNextAbsence(tx: SystemTx, shopId: ShopId, now: Date) {
  await tx.rows(
    `delete from absence_timer a using (
       select shop_id, flow_id, profile_id from absence_timer where shop_id = $1 and due_at <= $2
       order by due_at, flow_id, profile_id limit 1
     ) d
     where a.shop_id = d.shop_id and a.flow_id = d.flow_id and a.profile_id = d.profile_id`,
    [shopId, now],
  )
}
