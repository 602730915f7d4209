/** Every table, for Drizzle: migrations are made from it, and both databases have all of it. */
export * from './articles.ts'
export * from './captures.ts'
export * from './comments.ts'
export * from './hosts.ts'
export * from './runs.ts'
export * from './site-checks.ts'
export * from './sites.ts'
export * from './threads.ts'
