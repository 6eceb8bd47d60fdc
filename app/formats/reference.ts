import { z } from 'zod'
import { name, text } from './fields.ts'
import type { RecordKind } from './record-kind.ts'

/** An answer a case is compared with, as a file holds it. */
export const referenceRecord = z
  .strictObject({
    case: name('The key of the case.'),
    quality: z
      .enum(['high', 'borderline'])
      .meta({ description: 'high: what good looks like. borderline: the least that is acceptable.' }),
    text: text('The reference, Markdown or plain.'),
    author: name(
      'Who wrote it: an email, or the name raters’ files use. They are never asked to rate this case.',
    ).optional(),
  })
  .meta({ title: 'Reference', description: 'One line of a file of references. A case may have several of a quality.' })

export type ReferenceRecord = z.output<typeof referenceRecord>

export const referenceKind: RecordKind<ReferenceRecord> = {
  schema: referenceRecord,
  fields: Object.keys(referenceRecord.shape),
  columns: { case: 'text', quality: 'text', text: 'text', author: 'text' },
  metadataColumns: false,
}
