-- Which happenings are kept already, by what makes each the very same (an order is placed once, whoever tells of it).
-- No foreign key, as with the events themselves.
create table event_once (
  shop_id int not null,
  key text not null,
  primary key (shop_id, key)
);

grant select, insert, update, delete on event_once to tern_shop, tern_system;
alter table event_once enable row level security;
alter table event_once force row level security;
create policy of_shop on event_once to tern_shop using (shop_id = (select nullif(current_setting('app.shop_id', true), '')::int));
create policy of_system on event_once to tern_system using (true);
