/** What a file of each kind may hold, in words, from the very schemas that check it. */
import { z } from 'zod'
import { caseRecord } from './case.ts'
import { ratingRecord } from './rating.ts'
import { referenceRecord } from './reference.ts'
import { responseRecord } from './response.ts'
import { rubricFile } from './rubric.ts'
import { traceRecord } from './traces/trace.ts'

export type Column = { name: string; needed: boolean; meaning: string }

const SCHEMAS = {
  cases: caseRecord,
  responses: responseRecord,
  references: referenceRecord,
  ratings: ratingRecord,
  traces: traceRecord,
  rubric: rubricFile,
}

/** The fields of a kind in the order of its files. */
export function columnsOf(kind: keyof typeof SCHEMAS): Column[] {
  const { properties = {}, required = [] } = z.toJSONSchema(SCHEMAS[kind], { io: 'input' })
  return Object.entries(properties).map(([name, property]) => ({
    name,
    needed: required.includes(name),
    meaning: typeof property === 'object' ? (property.description ?? '') : '',
  }))
}
