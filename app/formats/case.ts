import { z } from 'zod'
import { metadata, name, text } from './fields.ts'
import type { RecordKind } from './record-kind.ts'

export const MAX_DOCUMENTS = 100

/** A context document as a file holds it. */
export const document = z
  .union([
    text('The text of the document; it is titled by its number.'),
    z.strictObject({ title: name('What the document is called.'), text: text('The text, Markdown or plain.') }),
  ])
  .meta({ description: 'A context document: its text, or a title and a text.' })

/** An eval case as a file holds it. */
export const caseRecord = z
  .strictObject({
    key: name('The name of the case in files, unique in the project.'),
    input: text('What the user asked, Markdown or plain.'),
    category: name('The task, one of the project’s categories.').optional(),
    user_segment: name('Who asks, one of the project’s user segments.').optional(),
    documents: z.array(document).max(MAX_DOCUMENTS).optional().meta({
      description: 'The context documents that an answer may rest on, in the order in which they are to be read.',
    }),
    metadata: metadata.optional(),
  })
  .meta({ title: 'Case', description: 'One line of a file of cases. Once imported, the content of a key is final.' })

export type CaseRecord = z.output<typeof caseRecord>

export const caseKind: RecordKind<CaseRecord> = {
  schema: caseRecord,
  fields: Object.keys(caseRecord.shape),
  columns: {
    key: 'text',
    input: 'text',
    category: 'text',
    user_segment: 'text',
    documents: 'json',
    document: 'text',
    document_title: 'text',
    metadata: 'json',
  },
  metadataColumns: true,
  fromCells: ({ document: only, document_title: title, ...fields }) => {
    if (only === undefined && title === undefined) return fields
    return { ...fields, documents: [title === undefined ? only : { title, text: only ?? '' }] }
  },
}
