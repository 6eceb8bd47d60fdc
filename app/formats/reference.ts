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
    validated: z
      .boolean()
      .meta({ description: 'true: a second person has checked it. Otherwise it waits to be checked.' })
      .optional(),
    validated_by: name(
      'Who checked it: needed with validated, and not its author. They are never asked to rate this case.',
    ).optional(),
  })
  .refine(({ validated, validated_by }) => validated !== true || validated_by !== undefined, {
    error: 'is needed where validated is true',
    path: ['validated_by'],
  })
  .refine(({ validated, validated_by }) => validated === true || validated_by === undefined, {
    error: 'goes with validated: true',
    path: ['validated_by'],
  })
  .refine(({ author, validated_by }) => validated_by === undefined || validated_by !== author, {
    error: 'is the author: a second person has to check it',
    path: ['validated_by'],
  })
  .meta({ title: 'Reference', description: 'One line of a file of references. A case may have several of a quality.' })

export type ReferenceRecord = z.output<typeof referenceRecord>

export const referenceKind: RecordKind<ReferenceRecord> = {
  schema: referenceRecord,
  fields: Object.keys(referenceRecord.shape),
  columns: {
    case: 'text',
    quality: 'text',
    text: 'text',
    author: 'text',
    validated: 'json',
    validated_by: 'text',
  },
  metadataColumns: false,
}
