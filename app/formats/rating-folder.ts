/**
 * Folders of published ratings: items.jsonl, documents.jsonl and a file of ratings, turned into the ordinary records. The
 * items and documents are held in memory; such folders are a few megabytes.
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaseRecord } from './case.ts'
import {
  type FolderDocument,
  type FolderItem,
  type FolderRating,
  folderDocumentKind,
  folderItemKind,
  folderRatingKind,
} from './folder-records.ts'
import type { RatingRecord } from './rating.ts'
import { chunksOf, readRecords } from './read.ts'
import type { RecordKind } from './record-kind.ts'
import type { ReferenceRecord } from './reference.ts'
import type { ResponseRecord } from './response.ts'
import { type FileError, type Numbered, Unreadable } from './unreadable.ts'

export const ITEMS = 'items.jsonl'
const DOCUMENTS = 'documents.jsonl'
const LONGEST_TITLE = 120
const NOT_PUBLISHED = 'The text was not published; only its ratings are here.'

export type FolderRecords = {
  cases: Numbered<CaseRecord>[]
  responses: Numbered<ResponseRecord>[]
  references: Numbered<ReferenceRecord>[]
  ratings: Numbered<RatingRecord>[]
  /** How many scores there are of each kind that the file of ratings names. */
  kinds: Map<string, number>
  /** What was left out or made up, in sentences. */
  notes: string[]
}

/** A file of the folder with faults. */
export class FaultyFile extends Error {
  readonly file: string
  readonly errors: FileError[]

  constructor(file: string, errors: FileError[]) {
    super(`${file} cannot be used`)
    this.file = file
    this.errors = errors
  }
}

/**
 * Reads a folder. `ratings` is its file of ratings; `kinds` keeps only the lines of these kinds, all where left out.
 *
 * @throws FaultyFile for a file with faults; the file system's errors for a folder or file that is not there
 */
export async function readRatingFolder(
  folder: string,
  { ratings: file, kinds }: { ratings: string; kinds?: readonly string[] | undefined },
): Promise<FolderRecords> {
  const given = await readAll(folder, file, folderRatingKind, ['item', 'rater', 'dimension', 'score'])
  const notes: string[] = []
  const counts = countKinds(given)
  const kept = kinds === undefined ? given : keepKinds(given, kinds, counts, notes)
  const items = (await there(folder, ITEMS))
    ? await readAll(folder, ITEMS, folderItemKind)
    : itemsFromRatings(kept, notes)
  const documents = (await there(folder, DOCUMENTS)) ? await readAll(folder, DOCUMENTS, folderDocumentKind) : []
  return {
    ...recordsOf(items, new Map(documents.map(({ record }) => [record.document, record]))),
    ratings: ratingsOf(file, kept, items, notes),
    kinds: counts,
    notes,
  }
}

const there = (folder: string, file: string) =>
  access(join(folder, file)).then(
    () => true,
    () => false,
  )

async function readAll<T>(
  folder: string,
  file: string,
  kind: RecordKind<T>,
  required: readonly string[] = [],
): Promise<Numbered<T>[]> {
  const records: Numbered<T>[] = []
  const errors: FileError[] = []
  try {
    for await (const batch of readRecords(chunksOf(join(folder, file)), kind, required)) {
      records.push(...batch.records)
      errors.push(...batch.errors)
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    errors.push({ line: error.line, field: null, reason: error.message })
  }
  if (errors.length > 0) throw new FaultyFile(file, errors)
  return records
}

function countKinds(given: readonly Numbered<FolderRating>[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { record } of given) {
    if (record.kind) counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1)
  }
  return counts
}

function keepKinds(
  given: readonly Numbered<FolderRating>[],
  kinds: readonly string[],
  counts: ReadonlyMap<string, number>,
  notes: string[],
): Numbered<FolderRating>[] {
  for (const [kind, count] of counts) {
    if (!kinds.includes(kind))
      notes.push(`Left out ${count.toLocaleString('en')} scores of the kind “${kind}”, as asked.`)
  }
  return given.filter(({ record }) => kinds.includes(record.kind ?? ''))
}

/** Where no texts were published, each item rated is a case of its own, and says so. */
function itemsFromRatings(given: readonly Numbered<FolderRating>[], notes: string[]): Numbered<FolderItem>[] {
  const items = new Map<string, Numbered<FolderItem>>()
  for (const { line, record } of given) {
    if (items.has(record.item)) continue
    items.set(record.item, {
      line,
      record: {
        item: record.item,
        input: `${record.item}\n\n${NOT_PUBLISHED}`,
        system: record.segment || 'unnamed',
        output: NOT_PUBLISHED,
        references: [],
        filler: false,
      },
    })
  }
  notes.push(`There is no ${ITEMS}: ${items.size} cases stand for texts that were not published.`)
  return [...items.values()]
}

const groupOf = ({ group, item }: FolderItem) => group ?? item

function recordsOf(
  items: readonly Numbered<FolderItem>[],
  documents: ReadonlyMap<string, FolderDocument>,
): Pick<FolderRecords, 'cases' | 'responses' | 'references'> {
  const cases = new Map<string, Numbered<CaseRecord>>()
  const references = new Map<string, Numbered<ReferenceRecord>>()
  const responses: Numbered<ResponseRecord>[] = []
  for (const { line, record: item } of items) {
    const key = groupOf(item)
    const made = cases.get(key)
    if (!made) cases.set(key, { line, record: caseOf(key, item, documents.get(item.document ?? '')) })
    else if (made.record.input !== item.input) {
      const reason = `the item’s input is not that of line ${made.line}, which is of the same group`
      throw new FaultyFile(ITEMS, [{ line, field: 'input', reason }])
    }
    responses.push({
      line,
      record: { case: key, system_version: item.system, text: item.output, metadata: { item: item.item } },
    })
    for (const text of item.references) {
      references.set(JSON.stringify([key, text]), { line, record: { case: key, quality: 'high', text } })
    }
  }
  return { cases: [...cases.values()], responses, references: [...references.values()] }
}

function caseOf(key: string, item: FolderItem, document: FolderDocument | undefined): CaseRecord {
  const metadata = {
    ...(item.document === undefined ? {} : { document: item.document }),
    ...(item.filler ? { filler: true } : {}),
  }
  return {
    key,
    input: item.input,
    ...(document ? { documents: [{ title: titleOf(document), text: document.text }] } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  }
}

/** A document without a title is called by its first line, where that is short. */
function titleOf({ document, title, text }: FolderDocument): string {
  const first = text.trimStart().split('\n', 1)[0]?.trim() ?? ''
  return title ?? (first !== '' && first.length <= LONGEST_TITLE ? first : document)
}

function ratingsOf(
  file: string,
  given: readonly Numbered<FolderRating>[],
  items: readonly Numbered<FolderItem>[],
  notes: string[],
): Numbered<RatingRecord>[] {
  const byName = new Map(items.map(({ record }) => [record.item, record]))
  const unknown = given.filter(({ record }) => !byName.has(record.item))
  if (unknown.length > 0) {
    throw new FaultyFile(
      file,
      unknown.map(({ line, record }) => ({ line, field: 'item', reason: `${ITEMS} has no item “${record.item}”` })),
    )
  }
  let without = 0
  const ratings = given.flatMap(({ line, record }) => {
    const item = byName.get(record.item)
    if (!item) return []
    const { rater, dimension, score, time } = record
    const isClock = time !== undefined && /^\d{4}-\d\d-\d\d/.test(time)
    if (time !== undefined && !isClock) without++
    return [
      {
        line,
        record: {
          case: groupOf(item),
          system_version: item.system,
          rater,
          dimension,
          score,
          ...(isClock ? { time } : {}),
        },
      },
    ]
  })
  if (without > 0) {
    notes.push(`The times of ${without.toLocaleString('en')} scores are not times of a clock and were left out.`)
  }
  return ratings
}
