/** The shapes that a rater's browser may send, parsed once at the boundary. */
import { z } from 'zod'
import { FLAG_KINDS } from '#db/schema/ratings.ts'
import { EVIDENCE_MOST } from './check.ts'

const id = z.string().min(1).max(64)
const words = (most: number) => z.string().max(most)
const place = z.number().int().min(0).max(100_000_000)

const score = z.object({
  level: z.number().int().nullable(),
  cannotJudge: words(10_000).nullable(),
  note: words(10_000),
})

const evidence = z.object({
  dimension: id,
  source: z.union([z.literal('response'), z.number().int().min(0).max(10_000)]),
  start: place,
  end: place,
  quote: words(20_000),
})

export const contentShape = z.object({
  scores: z.record(id, score).refine((scores) => Object.keys(scores).length <= 100, 'too many dimensions'),
  closest: z.enum(['high', 'between', 'borderline', 'below']).nullable(),
  betterAnswer: words(100_000),
  evidence: z.array(evidence).max(2 * EVIDENCE_MOST),
  activeMs: z.number().min(0).max(Number.MAX_SAFE_INTEGER).transform(Math.round),
})

const known = z.array(id).max(20).default([])

export const nextShape = z.object({ known })

export const submissionShape = z.object({
  assignment: id,
  /** Made by the browser once per submit, and sent again unchanged when no answer came. */
  submissionId: z.string().min(8).max(64),
  content: contentShape,
  known,
})

export const draftShape = z.object({ assignment: id, content: contentShape })

export const skipShape = z.object({ assignment: id, reason: z.string().trim().min(1).max(1_000), known })

export const flagShape = z.object({ assignment: id, kind: z.enum(FLAG_KINDS), note: words(4_000).default('') })

export const correctionShape = z.object({
  assignment: id,
  submissionId: z.string().min(8).max(64),
  revision: z.number().int().min(1),
  content: contentShape,
})

export const undoShape = z.object({ assignment: id, known })

export const itemShape = z.object({ assignment: id })

export const nothingShape = z.object({})
