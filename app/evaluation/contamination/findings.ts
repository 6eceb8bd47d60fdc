/** What scans of files have found, as it is stored: which cases and how much, never any text. */
import { and, eq, like, sql } from 'drizzle-orm'
import { z } from 'zod'
import { scans } from '#db/schema/scans.ts'
import type { Database } from '#db/store.server.ts'

export const LEAK_PARTS = ['input', 'high reference', 'borderline reference'] as const
/** What of a case is looked for. */
export type LeakPart = (typeof LEAK_PARTS)[number]

const leak = z.object({
  caseId: z.string(),
  key: z.string(),
  part: z.enum(LEAK_PARTS),
  /** Of a sealed case only how much is told, in tenths, and not where. */
  sealed: z.boolean(),
  /** Share of its runs of eight words that the file holds. */
  share: z.number(),
  /** Share of its runs of three words that lie together in one place of the file: a copy with words changed. */
  near: z.number(),
  lines: z.object({ first: z.number(), last: z.number() }).nullable(),
})

const canary = z.object({ setId: z.string(), sealedAt: z.number() })

export const fileFindings = z.object({
  name: z.string(),
  bytes: z.number(),
  leaks: z.array(leak),
  /** The sets of sealed cases whose canary stands in the file. */
  canaries: z.array(canary),
  /** Why it could not be read, where it could not. */
  fault: z.string().nullable(),
})

export const scanFindings = z.object({
  /** How many cases were looked for. */
  cases: z.number(),
  /** Of how many of their texts not, being shorter than four words. */
  tooShort: z.number(),
  files: z.array(fileFindings),
})

/** That a file holds a case, or part of it; never any of its text. */
export type CaseLeak = z.output<typeof leak>
export type CanaryFound = z.output<typeof canary>
export type FileFindings = z.output<typeof fileFindings>
export type ScanFindings = z.output<typeof scanFindings>

/** The largest share of each case, or of the one given, that any scan of the project has found, 0 to 1. */
export async function mostFound(read: Database, projectId: string, caseId?: string): Promise<Map<string, number>> {
  // For one case only those scans are read that name it.
  const names = caseId === undefined ? undefined : like(sql`cast(${scans.findings} as text)`, `%${caseId}%`)
  const rows = await read
    .select({ findings: scans.findings })
    .from(scans)
    .where(and(eq(scans.projectId, projectId), names))
  const most = new Map<string, number>()
  for (const { findings } of rows) {
    for (const { leaks } of scanFindings.parse(findings).files) {
      for (const { caseId, share, near } of leaks) {
        most.set(caseId, Math.max(most.get(caseId) ?? 0, share, near))
      }
    }
  }
  return most
}
