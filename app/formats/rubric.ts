/** A rubric version as a file: one JSON object, fit for Git. */
import { z } from 'zod'
import { name } from './fields.ts'

const MIN_LEVELS = 2
const MAX_LEVELS = 10

/** A name usable in files. */
export const rubricKey = (meaning: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i, { error: 'must be 1 to 64 letters, digits, “-” or “_”' })
    .meta({ description: meaning })

const level = z.strictObject({
  value: z.int().meta({ description: 'The number that is given.' }),
  label: z.string().max(60).default('').meta({ description: 'A word or two beside the number.' }),
  anchor: z.string().trim().min(1).meta({ description: 'What an answer is like that deserves this level.' }),
  examples: z.array(z.string()).default([]).meta({ description: 'Answers of this level.' }),
})

const dimension = z
  .strictObject({
    key: rubricKey('The name of the dimension in files.'),
    name: name('The name of the dimension as shown.'),
    description: z.string().default('').meta({ description: 'What is judged, in a sentence or two.' }),
    weight: z.number().positive().default(1).meta({ description: 'Its weight in an overall figure.' }),
    rationale_at_or_below: z
      .int()
      .nullable()
      .default(null)
      .meta({ description: 'A note is asked for at or below this level; null: never.' }),
    levels: z.array(level).min(MIN_LEVELS).max(MAX_LEVELS),
  })
  .refine(({ levels }) => levels.every(({ value }, i) => value === (levels[0]?.value ?? 0) + i), {
    error: 'must be consecutive whole numbers, the lowest first',
    path: ['levels'],
  })

/** A rubric and the content of one version of it. */
export const rubricFile = z
  .strictObject({
    key: rubricKey('The name of the rubric in files and on the command line.'),
    name: name('The name of the rubric as shown.'),
    change_note: z.string().default('').meta({ description: 'What this version changes, and why.' }),
    dimensions: z
      .array(dimension)
      .min(1)
      .max(20)
      .refine((all) => new Set(all.map((one) => one.key)).size === all.length, { error: 'two have the same key' })
      .meta({ description: 'What is judged, in the order of the rating page, each with 2 to 10 consecutive levels.' }),
  })
  .meta({ title: 'Rubric', description: 'A rubric version. Importing the same content twice makes no second version.' })

export type RubricFile = z.output<typeof rubricFile>
