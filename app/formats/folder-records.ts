/** What the files of a folder of published ratings hold, line by line. Fields that nothing is known of are read over. */
import { z } from 'zod'
import { name, text } from './fields.ts'
import type { RecordKind } from './record-kind.ts'

const reference = z.union([
  text('A reference.'),
  z.object({ text: text('A reference.') }).transform(({ text }) => text),
])

/** A line of items.jsonl: one output of one system. Items of a group answer the same input. */
const folderItem = z.object({
  item: name('What the ratings call it.'),
  group: name('What the items that answer the same input share.').optional(),
  document: name('The document it rests on.').optional(),
  input: text('The question or source.'),
  system: name('The system.'),
  output: text('What the system put out.'),
  references: z.array(reference).default([]),
  filler: z.boolean().default(false),
})

export type FolderItem = z.output<typeof folderItem>

/** A line of documents.jsonl. */
const folderDocument = z.object({
  document: name('What items call it.'),
  title: name('Its title.').optional(),
  text: text('Its text.'),
})

export type FolderDocument = z.output<typeof folderDocument>

/** A line of ratings.csv or of another file in its shape. */
const folderRating = z.object({
  item: name('The item rated.'),
  rater: name('The rater.'),
  dimension: name('The dimension.'),
  score: z.number(),
  segment: z.string().optional(),
  time: z.string().optional(),
  kind: z.string().optional(),
})

export type FolderRating = z.output<typeof folderRating>

const jsonKind = <T>(schema: z.ZodType<T>, shape: object): RecordKind<T> => ({
  schema,
  fields: Object.keys(shape),
  columns: Object.fromEntries(Object.keys(shape).map((key) => [key, 'json' as const])),
  metadataColumns: false,
})

export const folderItemKind = jsonKind(folderItem, folderItem.shape)
export const folderDocumentKind = jsonKind(folderDocument, folderDocument.shape)
export const folderRatingKind: RecordKind<FolderRating> = {
  schema: folderRating,
  fields: Object.keys(folderRating.shape),
  columns: {
    item: 'text',
    rater: 'text',
    dimension: 'text',
    score: 'number',
    segment: 'text',
    time: 'text',
    kind: 'text',
  },
  metadataColumns: false,
}
