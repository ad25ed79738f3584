-- The root of what must outlive the encryption key (links in mails, hashes of addresses), sealed with that key.
create table keyring (
  id int primary key check (id = 1),
  root bytea not null
);
