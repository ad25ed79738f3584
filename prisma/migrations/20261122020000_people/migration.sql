-- People are searched for by the beginning of their address or name, and picked by their consent.
create index profile_by_email on profile (shop_id, lower(email) text_pattern_ops);
create index profile_by_first_name on profile (shop_id, lower(first_name) text_pattern_ops);
create index profile_by_last_name on profile (shop_id, lower(last_name) text_pattern_ops);

-- The log of messages, newest first.
create index message_log on message (shop_id, created_at, id);

alter table message
  -- When the last word on the message was spoken: sent, skipped or put off.
  add column decided_at timestamptz,
  -- What its template was filled with when it was handed over: with both, the mail can be made again as it was.
  add column content jsonb;

-- Who changed by hand what Tern sends, or to whom. Free of personal data, so that it outlives an erasure.
create table audit_entry (
  shop_id int not null references shop on delete cascade,
  id bigserial not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  details jsonb not null default '{}',
  primary key (shop_id, id)
);
create index audit_entry_subject on audit_entry (shop_id, subject, at);
grant select, insert, update, delete on audit_entry to tern_shop, tern_system;
grant usage on sequence audit_entry_id_seq to tern_shop, tern_system;
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy of_shop on audit_entry to tern_shop using (shop_id = (select nullif(current_setting('app.shop_id', true), '')::int));
create policy of_system on audit_entry to tern_system using (true);
