import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '#db/migrate.server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { admin: string; template: string }
  }
}

/** Makes a migrated template database on the server that DATABASE_URL names, and removes what was made from it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const admin = process.env.TEST_POSTGRES_URL ?? 'postgres://assay:assay@127.0.0.1:54329/assay_test'
  const template = `assay_test_${process.pid}`
  const run = async (query: string) => {
    const client = new pg.Client({ connectionString: admin })
    await client.connect()
    try {
      return (await client.query(query)).rows
    } finally {
      await client.end()
    }
  }
  await run(`create database ${template}`)
  const url = new URL(admin)
  url.pathname = `/${template}`
  await migrate(url.href)
  project.provide('postgres', { admin, template })
  return async () => {
    const made = await run(`select datname from pg_database where datname like '${template}%'`)
    for (const { datname } of made) await run(`drop database if exists ${datname} with (force)`)
  }
}
