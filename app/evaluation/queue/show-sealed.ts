/** Items of sealed cases as their rater sees them: no other than items of open ones. */
import type { Database } from '#db/store.server.ts'
import type { Openings } from '../seal/open.ts'
import { type OpenedCase, readOpened } from '../seal/opened.ts'
import { rendered } from './rendered.ts'
import type { SafeHtml, ShownDocument } from './shown.ts'

type Row = { id: string; caseId: string; responseId: string; sealed: boolean; savedAt: number | null }

const NONE: ReadonlyMap<string, OpenedCase> = new Map()

/** What is in the sealed cases among some items, by case; without any it costs nothing. */
export async function openSealed(
  db: Database,
  openings: Openings,
  rows: readonly Row[],
  withReferences: boolean,
): Promise<ReadonlyMap<string, OpenedCase>> {
  const sealed = rows.filter((row) => row.sealed)
  if (sealed.length === 0) return NONE
  return readOpened(db, openings, {
    caseIds: sealed.map(({ caseId }) => caseId),
    responseIds: sealed.map(({ responseId }) => responseId),
    draftsOf: sealed.filter(({ savedAt }) => savedAt !== null).map(({ id }) => id),
    withReferences,
  })
}

/**
 * The memory of rendered texts is kept by names that only an opened case makes (`x...`): the hash in a list or in a file
 * finds nothing there.
 */
export function sealedItem(
  { hash, content, responses }: OpenedCase,
  { responseId, responseHash }: { responseId: string; responseHash: string },
): { question: SafeHtml; response: SafeHtml; documents: ShownDocument[] } {
  return {
    question: rendered(`xq${hash}`, content.input, { breaks: true }).html,
    response: rendered(`xr${responseHash}`, responses.get(responseId)?.text ?? '').html,
    documents: content.documents.map(({ title, text }, i) => ({ title, ...rendered(`xd${hash} ${i}`, text) })),
  }
}

/** A reference of a sealed case, rendered. */
export const sealedReference = ({ references }: OpenedCase, id: string): SafeHtml => {
  const text = references.get(id)?.text ?? ''
  return rendered(`xf${id}`, text).html
}
