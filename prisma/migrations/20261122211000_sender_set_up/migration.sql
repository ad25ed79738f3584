-- The authentication of the sender's domain as SendGrid last told it, with the DNS records to publish.
alter table sender add column domain jsonb;
