-- Three roles on a PostgreSQL server, none of which can do more than its work needs. Run once by an administrator,
-- connected to the new and empty database of Commentariat; then let `db:migrate` run as the owner.
-- Give each a password of its own: alter role commentariat_owner password '…';

-- Changes the schema: npm run db:migrate
create role commentariat_owner login;
-- Stores and erases what is crawled: crawl, schedule, worker, reextract, erase
create role commentariat_writer login;
-- Reads: npm run sql, export, the dashboard, analysts
create role commentariat_reader login;

revoke all on schema public from public;
grant usage, create on schema public to commentariat_owner;
grant usage on schema public to commentariat_writer, commentariat_reader;

-- The list of migrations, by which every command tells whether code and schema fit.
create schema drizzle authorization commentariat_owner;
grant usage on schema drizzle to commentariat_writer, commentariat_reader;

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to commentariat_owner, commentariat_writer, commentariat_reader',
    current_database());
  execute format('grant create on database %I to commentariat_owner', current_database());
end
$$;

-- For all tables, views and counters that the owner will make.
alter default privileges for role commentariat_owner in schema public
  grant select, insert, update, delete on tables to commentariat_writer;
alter default privileges for role commentariat_owner in schema public
  grant usage, select on sequences to commentariat_writer;
alter default privileges for role commentariat_owner in schema public
  grant select on tables to commentariat_reader;
alter default privileges for role commentariat_owner in schema drizzle
  grant select on tables to commentariat_writer, commentariat_reader;

alter role commentariat_reader set default_transaction_read_only = on;
alter role commentariat_reader set statement_timeout = '10min';
