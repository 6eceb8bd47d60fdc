/** Before the server: brings the database up to date and, where it is empty, seeds the demo workspace. */
import './dotenv.ts'
import { mkdirSync } from 'node:fs'
import { count } from 'drizzle-orm'
import { createSetupToken } from '#app/auth/setup.server.ts'
import { type Env, env } from '#app/env.server.ts'
import { migrate } from '#db/migrate.server.ts'
import { users } from '#db/schema/people.ts'
import { DEMO_PASSWORD, demoLogins, seedDemo } from '#db/seed/demo.ts'
import { demoSights } from '#db/seed/demo-tour.ts'
import { openStore, type Store } from '#db/store.server.ts'

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

function settings(): Env {
  try {
    return env()
  } catch (error) {
    console.error((error as Error).message)
    process.exit(78)
  }
}

const isEmpty = async (store: Store): Promise<boolean> => {
  const [found] = await store.read.select({ n: count() }).from(users)
  return found?.n === 0
}

/** Says how to get in. The demo's password is public: the demo is for a machine that nobody else can reach. */
async function tellLogins(store: Store, appUrl: string): Promise<void> {
  const logins = await demoLogins(store)
  if (logins.length === 0) return
  const width = Math.max(...logins.map(({ email }) => email.length))
  console.log(`\nThe demo workspace is at ${appUrl}. Everybody's password is "${DEMO_PASSWORD}".`)
  for (const { email, roles, name } of logins) console.log(`  ${email.padEnd(width)}  ${roles.join(', ')} (${name})`)
  console.log('\nWhat to look at:')
  for (const { email, path, what } of await demoSights(store))
    console.log(`  ${email.padEnd(width)}  ${appUrl}${path}\n  ${' '.repeat(width)}  ${what}`)
  console.log('')
}

async function prepare(): Promise<void> {
  const { databaseUrl, dataDir, appUrl, host } = settings()
  mkdirSync(dataDir, { recursive: true })
  await migrate(databaseUrl).catch((error: Error) => {
    console.error(`The database (DATABASE_URL) cannot be opened or brought up to date: ${error.message}`)
    process.exit(1)
  })
  const store = openStore(databaseUrl)
  try {
    const empty = process.argv.includes('--empty')
    if (empty || !LOOPBACK.includes(host)) {
      const token = await createSetupToken(store)
      if (token) console.log(`\nNobody has an account yet. Make the first one at ${appUrl}/set-up?token=${token}\n`)
      if (token && !empty) console.log(`No demo workspace was made: HOST=${host} can be reached from other machines.\n`)
      return
    }
    if (await isEmpty(store)) {
      const began = performance.now()
      await seedDemo(store)
      console.log(`Seeded the demo workspace in ${((performance.now() - began) / 1000).toFixed(1)} s.`)
    }
    await tellLogins(store, appUrl)
  } finally {
    await store.close()
  }
}

await prepare()
