-- What happens now is worked off before what an import brings: each is found without stepping over the other.
create index inbox_live on inbox (shop_id, id) where source <> 'sync' and set_aside_at is null;
create index inbox_imported on inbox (shop_id, id) where source = 'sync' and set_aside_at is null;
