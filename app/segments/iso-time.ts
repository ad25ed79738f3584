// Moments as explanations show them: UTC, whatever zone the database session is in.
import { type Sql, sql } from './sql.ts'

/** The timestamptz expression as ISO 8601 text; null stays null. */
export const isoTime = (moment: Sql): Sql => sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
