-- Results are counted from what happened: mails by the day of their delivery, orders by the click before them.
create index event_clicked on event (shop_id, occurred_at) include (profile_id, subject) where type = 'message_clicked';
create index message_delivered on message (shop_id, delivered_at) include (flow_id, clicked_at, unsubscribed_at, complained_at)
  where delivered_at is not null;

-- A guide that was put away stays away.
alter table shop add column guide_dismissed_at timestamptz;
