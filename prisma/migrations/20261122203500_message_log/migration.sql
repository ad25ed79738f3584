-- The log of messages is asked for by flow, by reason, and by the states that few messages are in: what nearly all go
-- through is found by time alone.
create index message_of_flow on message (shop_id, flow_id, created_at, id);
create index message_reason on message (shop_id, reason, created_at, id) where reason is not null;
create index message_trouble on message (shop_id, state, created_at, id)
  where state in ('skipped', 'failed', 'blocked', 'dropped', 'bounced', 'unknown');
