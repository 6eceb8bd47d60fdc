/** What files are searched for: the inputs and references of a project's cases, sealed ones among them. */
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { pieces } from '#app/evaluation/imports/rows.ts'
import { textsForScan } from '#app/evaluation/seal/for-scan.ts'
import { LeakIndex } from '#app/stats/text/leaks.ts'
import { cases, references } from '#db/schema/cases.ts'
import type { Database } from '#db/store.server.ts'
import type { LeakPart } from './findings.ts'

const PAGE = 2_000

export type Part = { caseId: string; key: string; part: LeakPart; sealed: boolean }

export type CaseIndex = { parts: readonly Part[]; index: LeakIndex; cases: number }

type Known = { id: string; key: string; input: string; sealed: boolean }
type Text = { caseId: string; part: LeakPart; text: string }

/** Gathers what to look for. Context documents are left out: prompts hold them by right. Archived cases are as well. */
export async function indexCases(read: Database, projectId: string): Promise<CaseIndex> {
  const parts: Part[] = []
  const texts: string[] = []
  let known = 0
  for (let after = ''; ; ) {
    const page = await pageOf(read, projectId, after)
    const last = page.at(-1)
    if (!last) break
    known += page.length
    after = last.id
    const caseOf = new Map(page.map((one) => [one.id, one]))
    for (const { caseId, part, text } of await textsOf(read, page)) {
      const { key, sealed } = caseOf.get(caseId) as Known
      parts.push({ caseId, key, part, sealed })
      texts.push(text)
    }
  }
  return { parts, index: new LeakIndex(texts), cases: known }
}

const pageOf = (read: Database, projectId: string, after: string): Promise<Known[]> =>
  read
    .select({ id: cases.id, key: cases.key, input: cases.input, sealed: cases.sealed })
    .from(cases)
    .where(and(eq(cases.projectId, projectId), isNull(cases.archivedAt), gt(cases.id, after)))
    .orderBy(asc(cases.id))
    .limit(PAGE)

/** The texts of a page of cases: inputs, then references. */
async function textsOf(read: Database, page: readonly Known[]): Promise<Text[]> {
  const written = await referencesOf(
    read,
    page.map(({ id }) => id),
  )
  const partOf = new Map(written.map(({ id, quality }) => [id, `${quality} reference` as const]))
  const sealed: Text[] = []
  for (const ids of pieces(page.filter((one) => one.sealed).map(({ id }) => id))) {
    for (const { kind, id, caseId, text } of await textsForScan(read, ids)) {
      const part = kind === 'case' ? 'input' : partOf.get(id)
      // Without a part it is a reference that another took the place of.
      if (part) sealed.push({ caseId, part, text })
    }
  }
  const closed = new Set(sealed.map(({ caseId }) => caseId))
  return [
    ...page.filter((one) => !one.sealed).map(({ id, input }): Text => ({ caseId: id, part: 'input', text: input })),
    ...written
      .filter(({ caseId }) => !closed.has(caseId))
      .map(({ caseId, quality, text }): Text => ({ caseId, part: `${quality} reference`, text })),
    ...sealed,
  ]
}

const referencesOf = (read: Database, caseIds: string[]) =>
  read
    .select({ id: references.id, caseId: references.caseId, quality: references.quality, text: references.text })
    .from(references)
    .where(and(inArray(references.caseId, caseIds), isNull(references.supersededAt)))
    .orderBy(asc(references.caseId), asc(references.id))
