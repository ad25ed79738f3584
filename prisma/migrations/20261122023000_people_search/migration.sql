-- People are searched for by the beginning of an address or name. Behind row-level security an index serves only
-- comparisons that can't leak, which `like` and `lower` are not: so the lowered texts are columns, compared by bytes.
drop index profile_by_email;
drop index profile_by_first_name;
drop index profile_by_last_name;
alter table profile
  add column email_key text collate "C" generated always as (lower(email)) stored,
  add column name_key text collate "C"
    generated always as (lower(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')))) stored,
  add column last_name_key text collate "C" generated always as (lower(last_name)) stored;
create index profile_by_email on profile (shop_id, email_key);
create index profile_by_name on profile (shop_id, name_key);
create index profile_by_last_name on profile (shop_id, last_name_key);

-- What few have is found without reading everybody.
create index profile_by_consent on profile (shop_id, consent, id);
create index profile_by_country on profile (shop_id, country_code, id);

-- A change to a person hangs on the person, so that it is found, moved and handed on with them.
drop index audit_entry_subject;
alter table audit_entry add column profile_id bigint;
create index audit_entry_profile on audit_entry (shop_id, profile_id, at) where profile_id is not null;
