/** What the fields of every record are made of. Lengths keep keys indexable on both engines. */
import { z } from 'zod'

export const MAX_NAME = 200
const MAX_DEPTH = 20

/** A short name: no blanks around it, no line ends in it. */
export const name = (meaning: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(MAX_NAME)
    .regex(/^[^\r\n\t]*$/, { error: 'must be on one line' })
    .meta({ description: meaning })

/** Text to be read, kept as it is. */
export const text = (meaning: string) => z.string().regex(/\S/, { error: 'is empty' }).meta({ description: meaning })

export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => depthWithin(value, MAX_DEPTH), { error: `is nested deeper than ${MAX_DEPTH} levels` })
  .meta({ description: 'Anything else worth keeping, as a JSON object. Shown to nobody who rates.' })

function depthWithin(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return depth > 0 && Object.values(value).every((within) => depthWithin(within, depth - 1))
}
