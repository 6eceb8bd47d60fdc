/** The demo workspace's hand-written content, read from db/seed/demo. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Quality } from '#db/schema/cases.ts'
import type { Role } from '#db/schema/people.ts'

export type DemoPerson = {
  first_name: string
  last_name: string
  email: string
  roles: Role[]
  rounds: ('finished' | 'open')[]
  simulated: { severity: number; spread: number } | null
}

export type DemoCase = { key: string; input: string; documents: string[]; category: string; user_segment: string }

/** `quality` is the true quality per dimension that the simulation draws from, and the fault put in on purpose. */
export type DemoResponse = {
  case: string
  text: string
  quality: Record<'accuracy' | 'groundedness' | 'completeness' | 'conciseness' | 'uncertainty', number> & {
    fault: string | null
  }
}

export type DemoReference = { case: string; quality: Quality; text: string }

const FOLDER = resolve('db/seed/demo')

const read = (...path: string[]): string => readFileSync(join(FOLDER, ...path), 'utf8')

const lines = <T>(...path: string[]): T[] =>
  read(...path)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T)

export const readPeople = (): DemoPerson[] => (JSON.parse(read('people.json')) as { people: DemoPerson[] }).people

export const readCases = (): DemoCase[] => lines<DemoCase>('cases.jsonl')

export const readReferences = (): DemoReference[] => lines<DemoReference>('references.jsonl')

/** `duplicate_of`: the key of the trace it was merged into. A category or user segment that is null is unassigned. */
export type DemoTrace = {
  key: string
  input: string
  response: string
  documents: string[]
  category: string | null
  user_segment: string | null
  channel: string
  thumbs: 'up' | 'down' | null
  days_ago: number
  duplicate_of?: string
}

export const readTraces = (): DemoTrace[] => lines<DemoTrace>('traces.jsonl')

/** By system version. */
export const readResponses = (): Map<string, DemoResponse[]> =>
  new Map(
    readdirSync(join(FOLDER, 'responses'))
      .sort()
      .map((file) => [basename(file, '.jsonl'), lines<DemoResponse>('responses', file)]),
  )

/** By file name without its ending; the first heading is the title and no part of the text. */
export const readDocuments = (): Map<string, { title: string; text: string }> =>
  new Map(
    readdirSync(join(FOLDER, 'documents'))
      .sort()
      .map((file) => {
        const [heading = '', ...rest] = read('documents', file).split('\n')
        return [basename(file, '.md'), { title: heading.replace(/^#\s*/, ''), text: rest.join('\n').trim() }]
      }),
  )
