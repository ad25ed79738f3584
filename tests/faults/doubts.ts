// Watches in the database how messages fall into doubt and how the doubt is settled.
import type { Database } from '#app/platform/database.server.ts'

/** From now on every change of a message's state is kept. */
export async function watchStates(db: Database): Promise<void> {
  await db.pool.query(`
    create table state_change (
      n bigserial, message_id uuid, from_state text, from_reason text, to_state text, to_reason text
    );
    create function keep_state_change() returns trigger language plpgsql security definer as $$
      begin
        insert into public.state_change (message_id, from_state, from_reason, to_state, to_reason)
        values (old.id, old.state, old.reason, new.state, new.reason);
        return null;
      end $$;
    create trigger keep_state_change after update of state on message for each row
      when (old.state is distinct from new.state) execute function keep_state_change()`)
}

export interface Doubts {
  /** Messages whose worker died between the claim and the answer. */
  workersLost: number
  /** Messages whose answer a living worker did not get. */
  answersLost: number
  settledByEvent: number
  foundInLog: number
  /** Proved by the log not to have arrived, and sent after all. */
  absentFromLog: number
}

export async function countDoubts(db: Database): Promise<Doubts> {
  const isSent = `to_state in ('handed_over', 'delivered')`
  const { rows } = await db.pool.query<Doubts>(
    `select count(*) filter (where to_reason = 'worker_lost') as "workersLost",
       count(*) filter (where to_state = 'unknown' and to_reason <> 'worker_lost') as "answersLost",
       count(*) filter (where from_state = 'unknown' and from_reason <> 'looked_up' and ${isSent}) as "settledByEvent",
       count(*) filter (where from_state = 'unknown' and from_reason = 'looked_up' and ${isSent}) as "foundInLog",
       count(*) filter (where to_reason = 'not_in_sendgrid_log') as "absentFromLog"
     from state_change`,
  )
  return rows[0]!
}
