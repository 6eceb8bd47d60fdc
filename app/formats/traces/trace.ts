import { z } from 'zod'
import { document, MAX_DOCUMENTS } from '../case.ts'
import { metadata, name, text } from '../fields.ts'
import type { RecordKind } from '../record-kind.ts'

const NO_TIME = 'must be a date (2025-03-31) or a time with its zone (2025-03-31T14:05:00Z)'
const MOST_SIGNALS = 100
const LONGEST_SIGNAL = 500
const NO_SIGNAL = `must be a number, true or false, or a text of at most ${LONGEST_SIGNAL} characters`

/** One production interaction as a file holds it: what every other format of traces is read into. */
export const traceRecord = z
  .strictObject({
    key: name('The name of the trace in files, unique in the project.'),
    input: text('What the user asked, Markdown or plain; of a conversation, all of it up to the answer.'),
    documents: z.array(document).max(MAX_DOCUMENTS).optional().meta({
      description: 'What was retrieved for the answer, in the order in which it is to be read.',
    }),
    response: z
      .string()
      .optional()
      .meta({ description: 'What the product answered; left out where there was nothing.' }),
    system_version: name('The version of the product that answered.').optional(),
    model: name('The model that answered.').optional(),
    occurred_at: z
      .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: NO_TIME })
      .optional()
      .meta({ description: 'When: an ISO 8601 date, or a time with its zone.' }),
    category: name('The task, one of the project’s categories; may be assigned later.').optional(),
    user_segment: name('Who asked, one of the project’s user segments; may be assigned later.').optional(),
    signals: z
      .record(z.string(), z.union([z.number(), z.boolean(), z.string().max(LONGEST_SIGNAL)], { error: NO_SIGNAL }))
      .refine((value) => Object.keys(value).length <= MOST_SIGNALS, { error: `has more than ${MOST_SIGNALS} entries` })
      .optional()
      .meta({
        description: 'What users did, such as {"thumbs": "up", "escalated": false}: numbers, true or false, words.',
      }),
    metadata: metadata.optional(),
  })
  .meta({ title: 'Trace', description: 'One line of a file of traces. Once imported, the content of a key is final.' })

export type TraceRecord = z.output<typeof traceRecord>

export const traceKind: RecordKind<TraceRecord> = {
  schema: traceRecord,
  fields: Object.keys(traceRecord.shape),
  columns: {
    key: 'text',
    input: 'text',
    documents: 'json',
    document: 'text',
    document_title: 'text',
    response: 'text',
    system_version: 'text',
    model: 'text',
    occurred_at: 'text',
    category: 'text',
    user_segment: 'text',
    signals: 'json',
    metadata: 'json',
  },
  metadataColumns: true,
  fromCells: ({ document: only, document_title: title, ...fields }) => {
    if (only === undefined && title === undefined) return fields
    return { ...fields, documents: [title === undefined ? only : { title, text: only ?? '' }] }
  },
}
