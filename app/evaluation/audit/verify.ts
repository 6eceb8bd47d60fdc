import { asc, gt } from 'drizzle-orm'
import { auditEntries } from '#db/schema/work.ts'
import type { Store } from '#db/store.server.ts'
import { GENESIS, hashOf } from './record.ts'

type Entry = typeof auditEntries.$inferSelect

export type Verified = {
  /** Entries that were read and found in order, up to the first broken one. */
  entries: number
  /** The hash of the last of them: kept elsewhere, it proves later that nothing up to here was cut off or rewritten. */
  head: string
  /** The first entry that is not as it was written, and why; null where there is none. */
  broken: { number: number; why: string } | null
}

const PAGE = 1000

/** What is wrong with an entry that should follow another; null where nothing is. */
export function faultOf(entry: Entry, before: { number: number; hash: string }): string | null {
  if (entry.number !== before.number + 1) {
    const first = before.number + 1
    const missing = entry.number - first === 1 ? `Entry ${first} is` : `Entries ${first} to ${entry.number - 1} are`
    return `${missing} missing.`
  }
  if (entry.hash !== hashOf(entry)) return 'Its content is not what was recorded: the hash does not fit it.'
  if (entry.previousHash !== before.hash) {
    return `It does not follow entry ${before.number} as that stands now: one of the two was written anew.`
  }
  return null
}

/** The whole chain of the installation, the oldest entry first, a page at a time. */
export async function* wholeChain(store: Store): AsyncGenerator<Entry[]> {
  for (let after = 0; ; ) {
    const page = await store.read
      .select()
      .from(auditEntries)
      .where(gt(auditEntries.number, after))
      .orderBy(asc(auditEntries.number))
      .limit(PAGE)
    if (page.length > 0) yield page
    if (page.length < PAGE) return
    after = page.at(-1)?.number ?? after
    // A long chain must not keep others waiting.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/**
 * Walks the whole chain, a page at a time, and stops at the first broken entry. Entries cut from the end leave a chain that
 * is whole in itself; they are found by `expected`, the head that an earlier walk gave and that was kept elsewhere.
 */
export async function verifyChain(store: Store, expected?: string): Promise<Verified> {
  let before = { number: 0, hash: GENESIS }
  let met = expected === undefined || expected === GENESIS
  for await (const page of wholeChain(store)) {
    for (const entry of page) {
      const why = faultOf(entry, before)
      if (why) return { entries: before.number, head: before.hash, broken: { number: entry.number, why } }
      before = { number: entry.number, hash: entry.hash }
      met ||= entry.hash === expected
    }
  }
  if (met) return { entries: before.number, head: before.hash, broken: null }
  return {
    entries: before.number,
    head: before.hash,
    broken: {
      number: before.number + 1,
      why: 'The head that was kept is not in the log: entries were cut from its end, or it was written anew from some entry on.',
    },
  }
}
