-- Tern's tables. Every tenant table has shop_id first in its key, so that the schema can be distributed by shop.
-- Partitions live in their own schema, where neither Prisma nor a reader of `public` trips over them.
create schema if not exists partitions;

-- ── shops ────────────────────────────────────────────────────────────────────────────────────────────────────────
create table shop (
  id serial primary key,
  public_id uuid not null unique,
  domain text not null unique,
  shopify_id text,
  name text not null default '',
  email text,
  url text,
  currency char(3) not null default 'USD',
  timezone text not null default 'UTC',
  country_code char(2),
  locale text not null default 'en',
  address text,
  scopes text not null default '',
  settings jsonb not null default '{}',
  installed_at timestamptz not null,
  uninstalled_at timestamptz,
  redacted_at timestamptz
);

create table session (
  id text primary key,
  shop text not null,
  state text not null,
  "isOnline" boolean not null default false,
  scope text,
  expires timestamptz(3),
  "accessToken" text not null,
  "userId" bigint,
  "firstName" text,
  "lastName" text,
  email text,
  "accountOwner" boolean not null default false,
  locale text,
  collaborator boolean default false,
  "emailVerified" boolean default false,
  "refreshToken" text,
  "refreshTokenExpires" timestamptz(3)
);
create index session_shop on session (shop);

create table sender (
  shop_id int primary key references shop on delete cascade,
  from_email text not null,
  from_name text not null,
  reply_to text,
  postal_address text not null,
  sendgrid_key bytea,
  webhook_public_key text,
  updated_at timestamptz not null
);

create table sync_run (
  shop_id int not null references shop on delete cascade,
  resource text not null,
  state text not null,
  operation_id text,
  result_url text,
  byte_offset bigint not null default 0,
  rows_done bigint not null default 0,
  rows_total bigint,
  watermark timestamptz,
  error text,
  started_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  primary key (shop_id, resource)
);

-- A lane is one shop's turn at one kind of work: 'work' (inbox, enrolments) or 'send' (outgoing messages).
create table shop_lane (
  shop_id int not null references shop on delete cascade,
  lane text not null,
  next_due_at timestamptz not null default 'infinity',
  last_served timestamptz not null default '-infinity',
  lease_owner uuid,
  lease_until timestamptz,
  primary key (shop_id, lane)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);
create index shop_lane_due on shop_lane (lane, next_due_at);

-- ── intake ───────────────────────────────────────────────────────────────────────────────────────────────────────
-- The queue of what has arrived and is not worked off, plus what was set aside. No foreign key: it is the hottest table.
create table inbox (
  shop_id int not null,
  id bigserial not null,
  source text not null,
  topic text not null,
  delivery_id text not null,
  triggered_at timestamptz,
  received_at timestamptz not null,
  body bytea not null,
  set_aside_at timestamptz,
  error text,
  primary key (shop_id, id)
) with (autovacuum_vacuum_scale_factor = 0.01);
alter table inbox alter column body set storage external;
create index inbox_set_aside on inbox (shop_id, set_aside_at) where set_aside_at is not null;

-- Which deliveries are known. Partitioned by the day that the source states, which is the same on every retry.
create table inbox_seen (
  shop_id int not null,
  source text not null,
  delivery_id text not null,
  day date not null,
  primary key (shop_id, source, delivery_id, day)
) partition by range (day);
create table partitions.inbox_seen_default partition of inbox_seen default;

create table inbox_archive (
  shop_id int not null,
  id bigint not null,
  profile_id bigint,
  source text not null,
  topic text not null,
  delivery_id text not null,
  received_at timestamptz not null,
  processed_at timestamptz not null,
  body bytea not null,
  primary key (shop_id, id, received_at)
) partition by range (received_at);
alter table inbox_archive alter column body set storage external;
create index inbox_archive_profile on inbox_archive (shop_id, profile_id);
create table partitions.inbox_archive_default partition of inbox_archive default;

create table event (
  shop_id int not null,
  id bigserial not null,
  profile_id bigint,
  type text not null,
  subject text,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  value_minor bigint,
  currency char(3),
  props jsonb not null default '{}',
  primary key (shop_id, id, occurred_at)
) partition by range (occurred_at);
create index event_profile on event (shop_id, profile_id, occurred_at);
create index event_received on event using brin (received_at);
create table partitions.event_default partition of event default;

-- ── profiles ─────────────────────────────────────────────────────────────────────────────────────────────────────
create table profile (
  shop_id int not null references shop on delete cascade,
  id bigserial not null,
  shopify_customer_id text,
  email text,
  email_hash text,
  phone text,
  first_name text,
  last_name text,
  locale text,
  country_code char(2),
  timezone text,
  tags text[] not null default '{}',
  attributes jsonb not null default '{}',
  consent text not null default 'unknown',
  consent_level text,
  consent_at timestamptz,
  order_count int not null default 0,
  total_spent_minor bigint not null default 0,
  first_order_at timestamptz,
  last_order_at timestamptz,
  customer_updated_at timestamptz,
  tags_updated_at timestamptz,
  merged_into bigint,
  erased_at timestamptz,
  created_at timestamptz not null,
  primary key (shop_id, id)
) with (fillfactor = 85);
create index profile_email_hash on profile (shop_id, email_hash);

create table profile_identity (
  shop_id int not null,
  kind text not null,
  value text not null,
  profile_id bigint not null,
  primary key (shop_id, kind, value),
  foreign key (shop_id, profile_id) references profile on delete cascade
);
create index profile_identity_profile on profile_identity (shop_id, profile_id);

create table profile_merge (
  shop_id int not null,
  id bigserial not null,
  from_profile_id bigint not null,
  into_profile_id bigint not null,
  reason text not null,
  merged_at timestamptz not null,
  primary key (shop_id, id),
  foreign key (shop_id, into_profile_id) references profile on delete cascade
);

create table consent_entry (
  shop_id int not null,
  id bigserial not null,
  profile_id bigint not null,
  channel text not null,
  state text not null,
  level text,
  source text not null,
  wording text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (shop_id, id),
  foreign key (shop_id, profile_id) references profile on delete cascade
);
create index consent_entry_profile on consent_entry (shop_id, profile_id, occurred_at);

-- Addresses that no mail may go to, by keyed hash: a suppression outlives the person's erasure and tells nothing.
create table suppression (
  shop_id int not null references shop on delete cascade,
  email_hash text not null,
  reason text not null,
  message_id uuid,
  created_at timestamptz not null,
  primary key (shop_id, email_hash)
);

create table tombstone (
  shop_id int not null references shop on delete cascade,
  identity_hash text not null,
  erased_at timestamptz not null,
  primary key (shop_id, identity_hash)
);

create table data_request (
  shop_id int not null references shop on delete cascade,
  id bigserial not null,
  request_id text not null,
  kind text not null,
  profile_id bigint,
  requested_at timestamptz not null,
  due_at timestamptz not null,
  completed_at timestamptz,
  export bytea,
  primary key (shop_id, id),
  unique (shop_id, kind, request_id)
);

-- ── catalogue ────────────────────────────────────────────────────────────────────────────────────────────────────
create table product (
  shop_id int not null references shop on delete cascade,
  shopify_id text not null,
  title text not null,
  handle text,
  image_url text,
  product_type text,
  vendor text,
  tags text[] not null default '{}',
  collection_ids text[] not null default '{}',
  status text not null default 'active',
  source_updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (shop_id, shopify_id)
);

create table variant (
  shop_id int not null,
  shopify_id text not null,
  product_id text not null,
  title text not null,
  sku text,
  price_minor bigint not null,
  compare_at_minor bigint,
  stock int,
  source_updated_at timestamptz not null,
  primary key (shop_id, shopify_id),
  foreign key (shop_id, product_id) references product on delete cascade
);
create index variant_product on variant (shop_id, product_id);

-- ── carts, checkouts, orders ─────────────────────────────────────────────────────────────────────────────────────
create table cart (
  shop_id int not null references shop on delete cascade,
  token text not null,
  profile_id bigint,
  items jsonb not null default '[]',
  item_count int not null default 0,
  total_minor bigint not null default 0,
  currency char(3) not null,
  created_at timestamptz not null,
  source_updated_at timestamptz not null,
  primary key (shop_id, token),
  foreign key (shop_id, profile_id) references profile
) with (fillfactor = 85);
create index cart_profile on cart (shop_id, profile_id);

create table checkout (
  shop_id int not null references shop on delete cascade,
  token text not null,
  cart_token text,
  profile_id bigint,
  url text,
  items jsonb not null default '[]',
  item_count int not null default 0,
  total_minor bigint not null default 0,
  currency char(3) not null,
  locale text,
  created_at timestamptz not null,
  completed_at timestamptz,
  deleted_at timestamptz,
  source_updated_at timestamptz not null,
  primary key (shop_id, token),
  foreign key (shop_id, profile_id) references profile
) with (fillfactor = 85);
create index checkout_profile on checkout (shop_id, profile_id);
create index checkout_cart on checkout (shop_id, cart_token);

create table shop_order (
  shop_id int not null references shop on delete cascade,
  shopify_id text not null,
  profile_id bigint,
  name text,
  cart_token text,
  checkout_token text,
  currency char(3) not null,
  total_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  is_test boolean not null default false,
  placed_at timestamptz not null,
  paid_at timestamptz,
  fulfilled_at timestamptz,
  delivered_at timestamptz,
  cancelled_at timestamptz,
  deleted_at timestamptz,
  source_updated_at timestamptz not null,
  primary key (shop_id, shopify_id),
  foreign key (shop_id, profile_id) references profile
) with (fillfactor = 80);
create index shop_order_profile on shop_order (shop_id, profile_id, placed_at);
create index shop_order_placed on shop_order (shop_id, placed_at);

create table order_line (
  shop_id int not null,
  order_id text not null,
  line_id text not null,
  product_id text,
  variant_id text,
  title text not null,
  variant_title text,
  quantity int not null,
  price_minor bigint not null,
  line_minor bigint not null,
  refunded_quantity int not null default 0,
  primary key (shop_id, order_id, line_id),
  foreign key (shop_id, order_id) references shop_order on delete cascade
);
create index order_line_product on order_line (shop_id, product_id);

create table refund (
  shop_id int not null,
  shopify_id text not null,
  order_id text not null,
  amount_minor bigint not null,
  refunded_at timestamptz not null,
  lines jsonb not null default '[]',
  primary key (shop_id, shopify_id)
);
create index refund_order on refund (shop_id, order_id);

create table fulfilment (
  shop_id int not null,
  shopify_id text not null,
  order_id text not null,
  status text,
  shipped_at timestamptz not null,
  delivered_at timestamptz,
  source_updated_at timestamptz not null,
  primary key (shop_id, shopify_id)
);
create index fulfilment_order on fulfilment (shop_id, order_id);

-- ── flows ────────────────────────────────────────────────────────────────────────────────────────────────────────
create table flow (
  shop_id int not null references shop on delete cascade,
  id serial not null,
  key text not null,
  name text not null,
  state text not null default 'draft',
  priority int not null,
  draft jsonb not null,
  live_version int,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (shop_id, id),
  unique (shop_id, key)
);

create table flow_version (
  shop_id int not null,
  flow_id int not null,
  version int not null,
  definition jsonb not null,
  published_at timestamptz not null,
  primary key (shop_id, flow_id, version),
  foreign key (shop_id, flow_id) references flow on delete cascade
);

-- A template never changes: an edit makes a new row, so a published version keeps the words it was published with.
create table message_template (
  shop_id int not null references shop on delete cascade,
  id uuid not null,
  source jsonb not null,
  compiled jsonb not null,
  proved_at timestamptz not null,
  primary key (shop_id, id)
);

create table enrolment (
  shop_id int not null,
  id bigserial not null,
  flow_id int not null,
  version int not null,
  profile_id bigint not null,
  subject text not null,
  state text not null default 'active',
  step text not null,
  occurrence int not null default 1,
  wake_at timestamptz not null,
  waits_for text,
  context jsonb not null default '{}',
  revision int not null default 0,
  attempts smallint not null default 0,
  entered_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  primary key (shop_id, id),
  foreign key (shop_id, profile_id) references profile,
  foreign key (shop_id, flow_id, version) references flow_version on delete cascade
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01);
create index enrolment_wake on enrolment (shop_id, wake_at) where state = 'active';
create unique index enrolment_running on enrolment (shop_id, flow_id, profile_id, subject) where state = 'active';
create index enrolment_subject on enrolment (shop_id, subject) where state = 'active';
create index enrolment_profile on enrolment (shop_id, profile_id, flow_id);

create table visit (
  shop_id int not null,
  enrolment_id bigint not null,
  step text not null,
  occurrence int not null,
  at timestamptz not null,
  verdict text not null,
  seen jsonb not null default '{}',
  primary key (shop_id, enrolment_id, step, occurrence),
  foreign key (shop_id, enrolment_id) references enrolment on delete cascade
);

-- When a profile will have been without an order for long enough, per flow with an absence trigger.
create table absence_timer (
  shop_id int not null,
  flow_id int not null,
  profile_id bigint not null,
  due_at timestamptz not null,
  primary key (shop_id, flow_id, profile_id),
  foreign key (shop_id, flow_id) references flow on delete cascade,
  foreign key (shop_id, profile_id) references profile on delete cascade
) with (fillfactor = 80);
create index absence_timer_due on absence_timer (shop_id, due_at);

-- ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────
create table message (
  shop_id int not null,
  id uuid not null,
  profile_id bigint not null,
  flow_id int,
  flow_version int,
  enrolment_id bigint,
  step text,
  template_id uuid not null,
  channel text not null,
  class text not null,
  subject_ref text not null,
  state text not null,
  reason text,
  created_at timestamptz not null,
  due_at timestamptz not null,
  first_due_at timestamptz not null,
  attempts smallint not null default 0,
  lease_until timestamptz,
  claimed_at timestamptz,
  handed_over_at timestamptz,
  provider_id text,
  subject_line text,
  delivered_at timestamptz,
  opened_at timestamptz,
  machine_opened_at timestamptz,
  clicked_at timestamptz,
  failed_at timestamptz,
  unsubscribed_at timestamptz,
  complained_at timestamptz,
  primary key (shop_id, id),
  foreign key (shop_id, profile_id) references profile,
  foreign key (shop_id, enrolment_id) references enrolment on delete cascade,
  foreign key (shop_id, template_id) references message_template
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01);
create index message_due on message (shop_id, due_at) where state in ('queued', 'deferred');
create index message_claimed on message (lease_until) where state = 'claimed';
create index message_profile on message (shop_id, profile_id, created_at);
create index message_enrolment on message (shop_id, enrolment_id);

-- ── who may see what ─────────────────────────────────────────────────────────────────────────────────────────────
-- tern_shop sees the one shop named by `app.shop_id` (set per transaction); tern_system works across shops.
do $$
begin
  if not exists (select from pg_roles where rolname = 'tern_shop') then create role tern_shop nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$
begin
  if not exists (select from pg_roles where rolname = 'tern_system') then create role tern_system nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin execute format('grant tern_shop, tern_system to %I', current_user); end $$;

grant usage on schema public, partitions to tern_shop, tern_system;
grant select, insert, update, delete on all tables in schema public to tern_shop, tern_system;
grant usage on all sequences in schema public to tern_shop, tern_system;
revoke all on session from tern_shop;

do $$
declare tenant_table text;
begin
  for tenant_table in
    select c.relname from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id'
    where n.nspname = 'public' and c.relkind in ('r', 'p')
  loop
    execute format('alter table %I enable row level security', tenant_table);
    execute format('alter table %I force row level security', tenant_table);
    execute format('create policy of_shop on %I to tern_shop using (shop_id = (select nullif(current_setting(''app.shop_id'', true), '''')::int))', tenant_table);
    execute format('create policy of_system on %I to tern_system using (true)', tenant_table);
  end loop;
end $$;
alter table shop enable row level security;
alter table shop force row level security;
create policy of_shop on shop to tern_shop using (id = (select nullif(current_setting('app.shop_id', true), '')::int));
create policy of_system on shop to tern_system using (true);
