import { z } from 'zod'
import { name } from './fields.ts'
import type { RecordKind } from './record-kind.ts'

const NO_TIME = 'must be a date (2025-03-31) or a time with its zone (2025-03-31T14:05:00Z)'

/** One rater’s score of one response on one dimension, as a file holds it. */
export const ratingRecord = z
  .strictObject({
    case: name('The key of the case.'),
    system_version: name('The system version whose response was rated.').optional(),
    rater: name('Who rated: the email of an account, or any name that is the same for the same person.'),
    dimension: name('The key of a dimension of the rubric.'),
    score: z.int().optional().meta({ description: 'A level of the dimension. Left out where it could not be judged.' }),
    cannot_judge: z
      .string()
      .regex(/\S/, { error: 'is empty' })
      .optional()
      .meta({ description: 'Why the dimension could not be judged, in place of a score.' }),
    note: z.string().optional().meta({ description: 'What the rater noted on the dimension.' }),
    time: z
      .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: NO_TIME })
      .optional()
      .meta({ description: 'When it was submitted: an ISO 8601 date, or a time with its zone.' }),
    round: name('The round it belongs to; the file’s name where left out.').optional(),
    segment: z.string().optional().meta({ description: 'Read over: the segment of the case is what counts.' }),
  })
  .refine((record) => (record.score === undefined) !== (record.cannot_judge === undefined), {
    error: 'must be given, or cannot_judge with the reason, and not both',
    path: ['score'],
  })
  .meta({
    title: 'Rating',
    description:
      'One line of a file of ratings in long form: one dimension a line. A dimension without a line is missing.',
    oneOf: [{ required: ['score'] }, { required: ['cannot_judge'] }],
  })

export type RatingRecord = z.output<typeof ratingRecord>

export const ratingKind: RecordKind<RatingRecord> = {
  schema: ratingRecord,
  fields: Object.keys(ratingRecord.shape),
  columns: {
    case: 'text',
    system_version: 'text',
    rater: 'text',
    dimension: 'text',
    score: 'number',
    cannot_judge: 'text',
    note: 'text',
    time: 'text',
    round: 'text',
    segment: 'text',
  },
  metadataColumns: false,
}
