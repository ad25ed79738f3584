-- What makes the order of arrival irrelevant: when each thing about a person was last stated, and by when it counts.
alter table profile
  add column stated_at jsonb not null default '{}',
  add column tag_changes jsonb not null default '{}';
alter table profile_identity add column stated_at timestamptz not null default '1970-01-01T00:00:00Z';

-- The sync tells how much of an order was given back by some time; refunds after it come on top.
alter table shop_order
  add column refunds_stated_minor bigint not null default 0,
  add column refunds_stated_at timestamptz;

-- A cart's events wait without a profile until a checkout or an order says whose cart it was.
create index event_untied on event (shop_id, subject) where profile_id is null;
-- A checkout that arrives after its order must find it.
create index shop_order_checkout on shop_order (shop_id, checkout_token);
