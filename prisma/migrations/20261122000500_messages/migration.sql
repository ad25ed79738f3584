-- The address a message went to, by keyed hash, written at its claim: a bounce that comes back is about that address,
-- not about the one that the profile has by then.
alter table message add column email_hash text;

-- What the last word on a message that was not sent has seen.
alter table message add column seen jsonb;

-- No due time: nothing more happens to the message by itself.
alter table message alter column due_at drop not null;

-- `unknown` messages have a due time too: when SendGrid's log is asked about them.
drop index message_due;
create index message_due on message (shop_id, due_at) where state in ('queued', 'deferred', 'unknown');
