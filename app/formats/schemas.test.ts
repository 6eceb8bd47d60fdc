import { expect, it } from 'vitest'
import { z } from 'zod'
import { caseRecord } from './case.ts'
import { anyCaseFile } from './case-file.ts'
import { ratingRecord } from './rating.ts'
import { referenceRecord } from './reference.ts'
import { responseRecord } from './response.ts'
import { rubricFile } from './rubric.ts'
import { rubricVersionFile } from './rubric-version.ts'
import { traceRecord } from './traces/trace.ts'

/** JSON as the formatter of this project would have it: short lists of plain values on one line. */
const laidOut = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replaceAll(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (_, inner: string) => `[${inner.replaceAll(/\n\s+/g, ' ')}]`)}\n`

/** Leaves out what says less than it is long: the pattern behind a format, the limits of any integer. */
const plain: Parameters<typeof z.toJSONSchema>[1] = {
  io: 'input',
  override: ({ jsonSchema }) => {
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  },
}

// After a change to a record: npx vitest run --config tests/vitest.config.ts app/formats/schemas.test.ts --update
it.each([
  ['case', caseRecord],
  ['response', responseRecord],
  ['reference', referenceRecord],
  ['rating', ratingRecord],
  ['rubric', rubricFile],
  ['trace', traceRecord],
  ['rubric-version', rubricVersionFile],
  ['case-file', anyCaseFile],
])('docs/schemas/%s.schema.json says what a file may hold', async (name, schema) => {
  const json = z.toJSONSchema(schema, plain)
  await expect(laidOut(json)).toMatchFileSnapshot(`../../docs/schemas/${name}.schema.json`)
})
