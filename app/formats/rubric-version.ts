/**
 * One version of a rubric as a file for Git, in YAML. What a draft has not written yet may be empty; the domain says what is
 * missing before it is published. Texts are kept as they are, to the last space.
 */
import { z } from 'zod'
import { rubricKey } from './rubric.ts'

const said = (meaning: string) => z.string().meta({ description: meaning })

const level = z.strictObject({
  value: z.int().meta({ description: 'The number that is given.' }),
  label: said('A word or two beside the number.').default(''),
  anchor: said('What an answer is like that deserves this level.'),
  examples: z.array(z.string()).default([]).meta({ description: 'Answers of this level.' }),
})

const dimension = z.strictObject({
  key: rubricKey('What the dimension is matched by across versions.'),
  name: said('The name of the dimension as shown.'),
  description: said('What is judged, in a sentence or two.').default(''),
  weight: z.number().default(1).meta({ description: 'Its weight in an overall figure, more than 0.' }),
  rationale_at_or_below: z
    .int()
    .nullable()
    .default(null)
    .meta({ description: 'A note is asked for at or below this level; null: never.' }),
  levels: z.array(level).meta({ description: '2 to 10 consecutive whole numbers, the lowest first.' }),
})

export const rubricVersionFile = z
  .strictObject({
    rubric: rubricKey('The key of the rubric, which is the name of the folder too.'),
    name: said('The name of the rubric as shown.'),
    version: z.int().positive().meta({ description: 'The number of the version.' }),
    state: z.enum(['draft', 'published', 'retired']),
    based_on: z
      .int()
      .positive()
      .nullable()
      .default(null)
      .meta({ description: 'The number of the version it was drafted from; null for a first one.' }),
    pulled: z
      .string()
      .regex(/^[0-9a-f]{16}$/, { error: 'must be the 16 letters that “pull” wrote, or left out' })
      .optional()
      .meta({
        description: 'Of a draft: what was pulled, so that changes on both sides are noticed. Leave it as it is.',
      }),
    change_note: said('What this version changes, and why.').default(''),
    dimensions: z.array(dimension).meta({ description: 'What is judged, in the order of the rating page.' }),
  })
  .meta({ title: 'Rubric version', description: 'One version of a rubric, as “assay rubric pull” writes it.' })

export type RubricVersionFile = z.output<typeof rubricVersionFile>
