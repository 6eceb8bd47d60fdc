import { getTableName } from 'drizzle-orm'
import { log } from '#app/log.server.ts'
import { caseDocuments, cases, documents, references, responses } from '#db/schema/cases.ts'
import { flags } from '#db/schema/ratings.ts'
import { referenceTasks } from '#db/schema/references.ts'
import { drafts } from '#db/schema/rounds.ts'
import { traceDocuments, traces } from '#db/schema/traces.ts'
import type { Store } from '#db/store.server.ts'

const HELD_TEXT = [
  cases,
  caseDocuments,
  documents,
  responses,
  references,
  referenceTasks,
  drafts,
  flags,
  traces,
  traceDocuments,
].map((table) => getTableName(table))

/**
 * Takes the plain text of what was just sealed from the database's files, as far as the engine can (see the decision on the
 * seal). For after the transaction: it fails without undoing anything, and says so in the log.
 */
export async function wipeAfterSealing(store: Store): Promise<void> {
  try {
    await store.wipe(HELD_TEXT)
  } catch (error) {
    log().error({ err: error }, 'the plain text of what was sealed may still be in the database’s files')
  }
}
