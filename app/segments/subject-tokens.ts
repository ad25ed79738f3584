// Which cart or checkout a question is about, read from its subject's prefix.
import { type Sql, verbatim } from './sql.ts'

/** The token of the question's cart; SQL null when it is about something else. */
export const cartTokenOfSubject: Sql = verbatim(`case when q.subject like 'cart:%' then substr(q.subject, 6) end`)

/** The token of the question's checkout; SQL null when it is about something else. */
export const checkoutTokenOfSubject: Sql = verbatim(
  `case when q.subject like 'checkout:%' then substr(q.subject, 10) end`,
)
