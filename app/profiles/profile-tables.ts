// The tables that hold a profile's id: what a merge has to move. A test compares this list with the database.

/** Moved as they are. */
export const profileTables = [
  'profile_identity',
  'consent_entry',
  'cart',
  'checkout',
  'shop_order',
  'event',
  'inbox_archive',
  'data_request',
  'message',
  'audit_entry',
] as const

/** Unique per profile: where both profiles have a row, the survivor's stays. */
export const uniqueProfileTables = ['enrolment', 'absence_timer'] as const
