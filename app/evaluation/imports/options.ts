import { z } from 'zod'
import { REDACTIONS } from '#app/evaluation/traces/redaction/steps.ts'
import { MAX_NAME } from '#app/formats/fields.ts'
import { TRACE_FORMATS } from '#app/formats/traces/told-apart.ts'

const name = z.string().trim().min(1).max(MAX_NAME)

/** What an import takes beside its file. */
export const importOptions = z.object({
  /** For records that name none. */
  category: name.optional(),
  userSegment: name.optional(),
  systemVersion: name.optional(),
  /** Categories and user segments that the project does not have are added to it. */
  addSegments: z.boolean().optional(),
  /** The round that ratings without one belong to; the file's name where left out. */
  round: name.optional(),
  /** The rubric the ratings were made under: its key, and the number of a version (the newest published without one). */
  rubric: z.object({ key: name, version: z.int().positive().optional() }).optional(),
  /** The key of a rubric to be made from the dimensions and scores found in the file. */
  rubricFromData: name.optional(),
  /** The scale of a rubric made from the data; the lowest to the highest score found where left out. */
  levels: z.object({ from: z.int(), to: z.int() }).optional(),
  /** The format of a file of traces; told by its first record where left out. */
  traceFormat: z.enum(TRACE_FORMATS).optional(),
  /** What is masked in traces before they are stored. */
  redact: z.array(z.enum(REDACTIONS)).optional(),
  /** The names that `names` masks; never stored with a job. */
  names: z.array(z.string()).optional(),
})

export type ImportOptions = z.output<typeof importOptions>
