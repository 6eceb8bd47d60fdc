/** A lead who looks at the pages of figures of a filled project. */
import { newToken, now, sha256 } from '#app/ambient.ts'
import { sessions } from '#db/schema/people.ts'
import { addPerson } from '#db/seed/rows.ts'
import { openSqlite } from '#db/sqlite.server.ts'
import type { Filled } from '../fill.ts'

const DAY_MS = 86_400_000

/** Adds a lead with a session; returns the cookie. */
export async function leadOf({ url, project }: Filled): Promise<string> {
  const store = openSqlite(url)
  const token = newToken()
  await store.write(async (tx) => {
    const { id } = await addPerson(tx, project, ['lead'])
    await tx
      .insert(sessions)
      .values({ id: sha256(token), userId: id, createdAt: now(), expiresAt: now() + 30 * DAY_MS })
  })
  await store.close()
  return `assay=${token}`
}

/** Milliseconds until the whole page is here, and its text. */
export async function get(port: number, path: string, cookie: string): Promise<{ ms: number; body: string }> {
  const since = performance.now()
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { Cookie: cookie } })
  const body = await answer.text()
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${body.slice(0, 300)}`)
  return { ms: performance.now() - since, body }
}
