/** Values of an address, for schemas that read one. */
import { z } from 'zod'
import { Problem } from '#app/evaluation/problem.ts'

const DAY_MS = 86_400_000

/** A name; null where it is missing or empty. */
export const nameValue = z
  .string()
  .optional()
  .transform((value) => value || null)

/** A day as `<input type="date">` sends it, to the millisecond at which it begins in UTC. */
export const dayValue = z
  .string()
  .optional()
  .transform((value, context) => {
    if (!value) return null
    const at = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
    if (Number.isFinite(at)) return at
    context.addIssue(`"${value}" is not a date. Write it as 2026-10-31.`)
    return z.NEVER
  })

/** Days from the first to the last, or moments from the first on and before the last. */
type Window = { from: number | null; to: number | null }

/** The moments of a window of days: its last day is in it. */
export const momentsOf = ({ from, to }: Window): Window => ({ from, to: to === null ? null : to + DAY_MS })

/** A moment's UTC day, as a date field wants it. */
export const dayField = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The date fields of a window of moments. */
export const windowFields = ({ from, to }: Window): { from: string; to: string } => ({
  from: from === null ? '' : dayField(from),
  to: to === null ? '' : dayField(to - DAY_MS),
})

/** What the address says, by a schema. @throws Problem `invalid` with what is wrong with it */
export function readAddress<Schema extends z.ZodType>(schema: Schema, request: Request): z.output<Schema> {
  const parsed = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (parsed.success) return parsed.data
  throw new Problem('invalid', parsed.error.issues[0]?.message ?? 'The address cannot be read.')
}
