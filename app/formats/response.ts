import { z } from 'zod'
import { metadata, name, text } from './fields.ts'
import type { RecordKind } from './record-kind.ts'

/** What one system version answered to one case, as a file holds it. */
export const responseRecord = z
  .strictObject({
    case: name('The key of the case.'),
    system_version: name('The name of the system version that answered; made where it is new.').optional(),
    text: text('The answer, Markdown or plain.'),
    metadata: metadata.optional(),
  })
  .meta({
    title: 'Response',
    description: 'One line of a file of responses. Once imported, the answer of a system version to a case is final.',
  })

export type ResponseRecord = z.output<typeof responseRecord>

export const responseKind: RecordKind<ResponseRecord> = {
  schema: responseRecord,
  fields: Object.keys(responseRecord.shape),
  columns: { case: 'text', system_version: 'text', text: 'text', metadata: 'json' },
  metadataColumns: true,
}
