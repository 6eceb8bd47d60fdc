import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { linesIn } from '#app/formats/lines.ts'
import { chunksOf } from '#app/formats/read.ts'
import { LeakIndex } from '#app/stats/text/leaks.ts'
import { cases, references } from '#db/schema/cases.ts'
import type { Store } from '#db/store.server.ts'

const PAGE = 2_000
/** A line of a fine-tuning set may be a whole conversation. */
const MAX_LINE_BYTES = 100_000_000

/** From these shares on a text counts as leaked: less is what texts about the same subject have in common. */
export const LEAST = { share: 0.25, near: 0.6 }

/** What of a case is looked for. */
export type LeakPart = 'input' | 'high reference' | 'borderline reference'

/** That a file holds a case, or part of it; never any of its text. */
export type CaseLeak = {
  caseId: string
  key: string
  part: LeakPart
  /** Share of its runs of eight words that the file holds. */
  share: number
  /** Share of its runs of three words that lie together in one place of the file: a copy with words changed. */
  near: number
  firstLine: number
  lastLine: number
}

export type FileScan = { path: string; leaks: CaseLeak[] }

type Part = { caseId: string; key: string; part: LeakPart }

/** What files can be searched for: the inputs and references of a project's cases. */
export type CaseIndex = { parts: readonly Part[]; index: LeakIndex; cases: number }

/** Gathers what to look for. Context documents are left out: prompts hold them by right. */
export async function indexCases(store: Pick<Store, 'read'>, scope: Scope): Promise<CaseIndex> {
  demand(scope, 'cases.read')
  const parts: Part[] = []
  const texts: string[] = []
  let known = 0
  for (let after = ''; ; ) {
    const page = await store.read
      .select({ id: cases.id, key: cases.key, input: cases.input })
      .from(cases)
      .where(and(eq(cases.projectId, scope.project.id), isNull(cases.archivedAt), gt(cases.id, after)))
      .orderBy(asc(cases.id))
      .limit(PAGE)
    const last = page.at(-1)
    if (!last) break
    known += page.length
    after = last.id
    const keyOf = new Map(page.map(({ id, key }) => [id, key]))
    for (const { id, key, input } of page) {
      parts.push({ caseId: id, key, part: 'input' })
      texts.push(input)
    }
    for (const { caseId, quality, text } of await referencesOf(store, [...keyOf.keys()])) {
      parts.push({ caseId, key: keyOf.get(caseId) ?? '', part: `${quality} reference` })
      texts.push(text)
    }
  }
  return { parts, index: new LeakIndex(texts), cases: known }
}

const referencesOf = (store: Pick<Store, 'read'>, caseIds: string[]) =>
  store.read
    .select({ caseId: references.caseId, quality: references.quality, text: references.text })
    .from(references)
    .where(and(inArray(references.caseId, caseIds), isNull(references.supersededAt)))

/**
 * Looks for cases in a text file of any kind: a prompt, few-shot examples, a fine-tuning set.
 *
 * @throws Unreadable for a file that is not text, naming the line
 */
export async function scanFile({ parts, index }: CaseIndex, path: string): Promise<FileScan> {
  const scan = index.scan()
  for await (const { text, line } of linesIn(chunksOf(path), MAX_LINE_BYTES)) scan.read(text, line)
  const leaks = scan
    .end()
    .filter(({ share, near }) => share >= LEAST.share || near >= LEAST.near)
    .map(({ text, share, near, nearLine, firstLine, lastLine }) => ({
      ...(parts[text] as Part),
      share,
      near,
      firstLine: firstLine || nearLine,
      lastLine: lastLine || nearLine,
    }))
    .sort((a, b) => Math.max(b.share, b.near) - Math.max(a.share, a.near) || (a.key < b.key ? -1 : 1))
  return { path, leaks }
}
