-- What a person may have of their data, in sealed pieces: made and handed on piece by piece, however much it is.
create table data_export_chunk (
  shop_id int not null,
  data_request_id bigint not null,
  place int not null,
  sealed bytea not null,
  primary key (shop_id, data_request_id, place),
  foreign key (shop_id, data_request_id) references data_request on delete cascade
);
alter table data_export_chunk alter column sealed set storage external;

grant select, insert, update, delete on data_export_chunk to tern_shop, tern_system;
alter table data_export_chunk enable row level security;
alter table data_export_chunk force row level security;
create policy of_shop on data_export_chunk to tern_shop using (shop_id = (select nullif(current_setting('app.shop_id', true), '')::int));
create policy of_system on data_export_chunk to tern_system using (true);

-- Whom an open request is about, and what its erasure has found; the answer has a table of its own.
alter table data_request rename column export to pending;
