-- The record of migrations is nobody's but the owner's: no unit of work reads it, and none may change it. The first
-- migration granted it with all the other tables. (A database that migrations are only tried on has none.)
do $$
begin
  if to_regclass('public._prisma_migrations') is not null then
    revoke all on public._prisma_migrations from tern_shop, tern_system;
  end if;
end $$;
