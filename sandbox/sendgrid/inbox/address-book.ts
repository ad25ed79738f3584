// Names for recipients of whom the mail itself tells only an address, as a reader's address book has them.
import type { Mailbox, StoredMail } from '#sandbox/sendgrid/mailbox.ts'

export type NameOf = (address: string) => string | null

/** The same mailbox, in which every recipient has the name that the book knows. */
export function withNames(mailbox: Mailbox, nameOf: NameOf): Mailbox {
  const named = ({ mail, delivery }: StoredMail): StoredMail => ({
    mail: { ...mail, toName: mail.toName ?? nameOf(mail.to) },
    delivery,
  })
  return {
    ...mailbox,
    all: () => mailbox.all().map(named),
    find(id) {
      const found = mailbox.find(id)
      return found && named(found)
    },
  }
}
