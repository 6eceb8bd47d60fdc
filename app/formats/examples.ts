/** Small files to begin with, one of each kind. */
import { caseKind } from './case.ts'
import { ratingKind } from './rating.ts'
import type { RecordKind } from './record-kind.ts'
import { referenceKind } from './reference.ts'
import { responseKind } from './response.ts'
import { traceKind } from './traces/trace.ts'
import { exactCsvLine } from './write-csv.ts'

const RECORDS = {
  cases: [
    {
      key: 'benefits-001',
      input: 'Does the Standard plan pay for a second opinion before back surgery?',
      category: 'factual lookup',
      user_segment: 'novice',
      documents: [{ title: 'Second opinions', text: 'The plan pays for **one** second opinion before any surgery.' }],
      metadata: { source: 'handbook review' },
    },
    {
      key: 'benefits-002',
      input: 'Write to the clinic that its bill counts the same X-ray twice.',
      category: 'generation',
      user_segment: 'casual',
    },
  ],
  responses: [
    { case: 'benefits-001', system_version: 'assistant-1.0', text: 'Yes, it pays for one second opinion.' },
    { case: 'benefits-002', system_version: 'assistant-1.0', text: 'Dear Sir or Madam,\n\nyour bill of 3 May ...' },
  ],
  references: [
    {
      case: 'benefits-001',
      quality: 'high',
      text: 'Yes. The plan pays for one second opinion before any surgery; ask for it before the date is set.',
      author: 'expert@example.org',
    },
    { case: 'benefits-001', quality: 'borderline', text: 'Yes, one.', author: 'expert@example.org' },
  ],
  ratings: [
    {
      case: 'benefits-001',
      system_version: 'assistant-1.0',
      rater: 'expert@example.org',
      dimension: 'accuracy',
      score: 4,
      time: '2026-03-31T14:05:00Z',
    },
    {
      case: 'benefits-001',
      system_version: 'assistant-1.0',
      rater: 'expert@example.org',
      dimension: 'completeness',
      score: 2,
      note: 'Does not say when to ask for it.',
      time: '2026-03-31T14:05:00Z',
    },
  ],
  traces: [
    {
      key: 'chat-8842-3',
      input: 'Does the plan pay for glasses?',
      response: 'Yes, every two years.',
      system_version: 'assistant-1.0',
      model: 'small-model-1',
      occurred_at: '2026-03-31T14:05:00Z',
      documents: [{ title: 'Vision', text: 'Glasses are paid for **every two years**.' }],
      signals: { thumbs: 'up', escalated: false },
      metadata: { channel: 'web' },
    },
    { key: 'chat-8843-1', input: 'Cancel my plan.', response: 'I cannot do that for you; please write to us.' },
  ],
} satisfies Record<string, readonly Record<string, unknown>[]>

const RUBRIC = {
  key: 'answers',
  name: 'Answers',
  change_note: 'The first version.',
  dimensions: [
    {
      key: 'accuracy',
      name: 'Accuracy',
      description: 'Whether what is said is so.',
      rationale_at_or_below: 1,
      levels: [
        { value: 1, label: 'Wrong', anchor: 'Something that matters is wrong.' },
        { value: 2, label: 'Nearly', anchor: 'Small slips that mislead nobody.' },
        { value: 3, label: 'Right', anchor: 'Nothing in it is wrong.' },
      ],
    },
  ],
}

const KINDS = {
  cases: caseKind,
  responses: responseKind,
  references: referenceKind,
  ratings: ratingKind,
  traces: traceKind,
}

/** Names of the example files. */
export const EXAMPLES = [...Object.keys(RECORDS).flatMap((kind) => [`${kind}.jsonl`, `${kind}.csv`]), 'rubric.json']

/** The content of an example file by its name; null for a name that is none. */
export function exampleFile(name: string): { content: string; type: string } | null {
  if (name === 'rubric.json') return { content: `${JSON.stringify(RUBRIC, null, 2)}\n`, type: 'application/json' }
  for (const kind of ['cases', 'responses', 'references', 'ratings', 'traces'] as const) {
    const records: readonly Record<string, unknown>[] = RECORDS[kind]
    if (name === `${kind}.jsonl`) {
      return { content: records.map((record) => `${JSON.stringify(record)}\n`).join(''), type: 'application/jsonl' }
    }
    if (name === `${kind}.csv`) return { content: asCsv(KINDS[kind], records), type: 'text/csv' }
  }
  return null
}

function asCsv(kind: Pick<RecordKind<unknown>, 'columns'>, records: readonly Record<string, unknown>[]): string {
  const columns = Object.keys(kind.columns).filter((column) => records.some((record) => record[column] !== undefined))
  const cellsOf = (record: Record<string, unknown>) =>
    columns.map((column) => {
      const value = record[column]
      if (value === undefined) return null
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
    })
  return [columns, ...records.map(cellsOf)].map(exactCsvLine).join('')
}
