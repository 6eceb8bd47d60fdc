import { and, eq, inArray } from 'drizzle-orm'
import { cases } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'

const MOST_OF_ONE_NAME = 1_000

/** Keys for new cases: the traces' own, or with `-2`, `-3` behind it where a case of the project has that key already. */
export async function caseKeys(tx: Database, projectId: string, wanted: readonly string[]): Promise<string[]> {
  const keys = [...wanted]
  const taken = new Set<string>()
  let open = [...keys.keys()]
  for (let number = 2; open.length > 0 && number <= MOST_OF_ONE_NAME; number++) {
    const tried = open.map((i) => keys[i] ?? '')
    const rows = await tx
      .select({ key: cases.key })
      .from(cases)
      .where(and(eq(cases.projectId, projectId), inArray(cases.key, tried)))
    const known = new Set(rows.map(({ key }) => key))
    const refused = open.filter((i) => {
      const key = keys[i] ?? ''
      if (known.has(key) || taken.has(key)) return true
      taken.add(key)
      return false
    })
    for (const i of refused) keys[i] = `${wanted[i]}-${number}`
    open = refused
  }
  return keys
}
