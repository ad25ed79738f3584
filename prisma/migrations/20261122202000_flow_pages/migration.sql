-- Two people may draw one flow: who saves says which draft they began from.
alter table flow add column draft_revision int not null default 0;

-- The flows' pages list who entered, newest first, and count a month of entries, mails and clicks.
create index enrolment_entered on enrolment (shop_id, flow_id, entered_at, id);
create index message_handed_over on message (shop_id, flow_id, handed_over_at) where handed_over_at is not null;
create index message_clicked on message (shop_id, flow_id, clicked_at) where clicked_at is not null;

-- A draft played on stored events: one run per flow is kept, the latest.
create table flow_replay (
  shop_id int not null,
  flow_id int not null,
  run_id uuid not null,
  days int not null,
  definition jsonb not null,
  state text not null,
  begun_at timestamptz not null,
  updated_at timestamptz not null,
  progress double precision not null default 0,
  report jsonb,
  primary key (shop_id, flow_id),
  foreign key (shop_id, flow_id) references flow on delete cascade
);
alter table flow_replay enable row level security;
alter table flow_replay force row level security;
grant select, insert, update, delete on flow_replay to tern_shop, tern_system;
create policy of_shop on flow_replay to tern_shop using (shop_id = (select nullif(current_setting('app.shop_id', true), '')::int));
create policy of_system on flow_replay to tern_system using (true);
