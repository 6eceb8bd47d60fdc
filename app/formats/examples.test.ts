import { expect, it } from 'vitest'
import { caseKind } from './case.ts'
import { EXAMPLES, exampleFile } from './examples.ts'
import { ratingKind } from './rating.ts'
import { readRecords } from './read.ts'
import type { RecordKind } from './record-kind.ts'
import { referenceKind } from './reference.ts'
import { responseKind } from './response.ts'
import { rubricFile } from './rubric.ts'

async function recordsIn<T>(kind: RecordKind<T>, name: string): Promise<T[]> {
  async function* chunks() {
    yield Buffer.from(exampleFile(name)?.content ?? '')
  }
  const records: T[] = []
  for await (const batch of readRecords(chunks(), kind)) {
    expect(batch.errors).toEqual([])
    records.push(...batch.records.map(({ record }) => record))
  }
  return records
}

it('examples can be imported, and say the same in both formats', async () => {
  const kinds = { cases: caseKind, responses: responseKind, references: referenceKind, ratings: ratingKind }
  for (const [name, kind] of Object.entries(kinds)) {
    const lines: unknown[] = await recordsIn<unknown>(kind, `${name}.jsonl`)
    expect(lines).toHaveLength(2)
    expect(await recordsIn<unknown>(kind, `${name}.csv`)).toEqual(lines)
  }
  expect(rubricFile.safeParse(JSON.parse(exampleFile('rubric.json')?.content ?? '')).success).toBe(true)
  expect(EXAMPLES.map((name) => exampleFile(name) === null)).not.toContain(true)
  expect(exampleFile('../secrets')).toBeNull()
})
