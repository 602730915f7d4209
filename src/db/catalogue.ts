import { sql } from 'drizzle-orm'
import type { Database } from './client.ts'

/** What the database says of itself: what people may rely on, with the comment on each. */
export interface Catalogue {
  readonly relations: readonly Relation[]
  readonly references: readonly Reference[]
  readonly functions: readonly CataloguedFunction[]
}

export interface Relation {
  readonly name: string
  readonly kind: 'table' | 'view'
  readonly comment: string
  readonly columns: readonly { name: string; type: string; nullable: boolean; comment: string }[]
  /** Such as `UNIQUE (site_id, url_hash)`, primary keys first. */
  readonly keys: readonly string[]
  /** What is found fast by index, besides the keys: columns or expressions. */
  readonly indexes: readonly string[]
}

/** A column that holds another row's key. */
export interface Reference {
  readonly table: string
  readonly column: string
  readonly target: string
  readonly nullable: boolean
  /** No two rows hold the same. */
  readonly unique: boolean
}

export interface CataloguedFunction {
  readonly name: string
  readonly arguments: string
  readonly result: string
  readonly comment: string
}

/** Reads the tables, views and functions of our own; those of extensions are left out. */
export async function readCatalogue(db: Database): Promise<Catalogue> {
  const relations = await db.execute<{ relation: Relation }>(sql`
    select json_build_object(
      'name', c.relname,
      'kind', case c.relkind when 'v' then 'view' else 'table' end,
      'comment', coalesce(obj_description(c.oid, 'pg_class'), ''),
      'columns', (
        select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'nullable', not a.attnotnull, 'comment', coalesce(col_description(c.oid, a.attnum), '')) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      'keys', (
        select coalesce(json_agg(pg_get_constraintdef(k.oid) order by k.contype, k.conname), '[]'::json)
        from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u')),
      'indexes', (
        select coalesce(json_agg(
          regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING | WITH \\([^)]*\\)', '', 'g') order by i.indexrelid::regclass::text collate "C"), '[]'::json)
        from pg_index i where i.indrelid = c.oid and not i.indisunique)
    ) as relation
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and ${isOurs('pg_class', 'c')}
    order by c.relname collate "C"`)
  return {
    relations: relations.map(({ relation }) => relation),
    references: await readReferences(db),
    functions: await readFunctions(db),
  }
}

/** Foreign keys, and columns named after a table whose key they hold without one. */
async function readReferences(db: Database): Promise<Reference[]> {
  const rows = await db.execute<{ reference: Reference }>(sql`
    with held as (
      select k.conrelid as relation, k.conkey[1] as attribute, k.confrelid as target
      from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace
      union
      select a.attrelid, a.attnum, t.oid from pg_attribute a
      join pg_class c on c.oid = a.attrelid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      join pg_class t on t.relkind = 'r' and t.relnamespace = 'public'::regnamespace and t.relname = case
        when a.attname in ('parent_id', 'root_id', 'duplicate_of') then c.relname
        else regexp_replace(a.attname, '_id$', 's') end
      where a.attnum > 0 and not a.attisdropped
    )
    select json_build_object('table', c.relname, 'column', a.attname, 'target', t.relname,
      'nullable', not a.attnotnull,
      'unique', exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indnatts = 1
        and i.indkey[0] = a.attnum)) as reference
    from held join pg_class c on c.oid = held.relation join pg_class t on t.oid = held.target
    join pg_attribute a on a.attrelid = held.relation and a.attnum = held.attribute
    order by t.relname collate "C", c.relname collate "C", a.attnum`)
  return rows.map(({ reference }) => reference)
}

async function readFunctions(db: Database): Promise<CataloguedFunction[]> {
  const rows = await db.execute<Record<keyof CataloguedFunction, string>>(sql`
    select p.proname as name, pg_get_function_arguments(p.oid) as arguments, pg_get_function_result(p.oid) as result,
      coalesce(obj_description(p.oid, 'pg_proc'), '') as comment
    from pg_proc p where p.pronamespace = 'public'::regnamespace and ${isOurs('pg_proc', 'p')}
    order by p.proname collate "C"`)
  return [...rows]
}

function isOurs(catalog: string, alias: string) {
  return sql.raw(`not exists (select from pg_depend d
      where d.classid = '${catalog}'::regclass and d.objid = ${alias}.oid and d.deptype = 'e')`)
}
