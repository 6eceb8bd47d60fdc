/** The second demo project's people and documents, read from db/seed/letters. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export type LetterPerson = {
  /** Of somebody of the first project where there is no name. */
  email: string
  first_name?: string
  last_name?: string
  /** The first and the last month they rate in. */
  months: [number, number]
  simulated: { severity: number; spread: number; careless?: boolean }
}

const FOLDER = resolve('db/seed/letters')

const read = (...path: string[]): string => readFileSync(join(FOLDER, ...path), 'utf8')

export const readLetterPeople = (): LetterPerson[] =>
  (JSON.parse(read('people.json')) as { people: LetterPerson[] }).people

/** The guide that letters are written by; its heading is its title. */
export function readLetterGuide(): { title: string; text: string } {
  const [heading = '', ...rest] = read('documents', 'letter-guide.md').split('\n')
  return { title: heading.replace(/^#\s*/, ''), text: rest.join('\n').trim() }
}
