import { Problem } from '../problem.ts'

/** What a person enters about a project; the two lists one entry a line. An empty slug is made from the name. */
export type EnteredProject = {
  name: string
  slug: string
  description: string
  categories: string
  userSegments: string
}

export type ProjectValues = {
  name: string
  slug: string
  description: string
  categories: string[]
  userSegments: string[]
}

export const DEFAULT_CATEGORIES = ['factual lookup', 'reasoning', 'generation', 'refusal', 'edge case']
export const DEFAULT_USER_SEGMENTS = ['expert', 'novice', 'high-stakes', 'casual']

const LONGEST_NAME = 80
const LONGEST_SLUG = 48
const LONGEST_DESCRIPTION = 2000
const LONGEST_ENTRY = 60
const MOST_ENTRIES = 40

/** The part of an address that a name makes: "Zürich, Q&A" gives "zurich-q-a". */
export const slugFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '')

function problemWithSlug(slug: string): string | null {
  if (slug === '') return 'Enter a short address of small letters and digits; the name gives none.'
  if (slug.length > LONGEST_SLUG) return `Use at most ${LONGEST_SLUG} characters.`
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) return 'Use small letters, digits and single hyphens between them.'
  return null
}

/** The entries of a list entered one a line, without empty lines and spaces around them. */
export const linesOf = (entered: string): string[] =>
  entered
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '')

function problemWithList(entries: readonly string[], what: string): string | null {
  if (entries.length === 0) return `Enter at least one ${what}, one a line.`
  if (entries.length > MOST_ENTRIES) return `Enter at most ${MOST_ENTRIES}; these are ${entries.length}.`
  const long = entries.find((entry) => entry.length > LONGEST_ENTRY)
  if (long) return `"${long.slice(0, 30)}..." is longer than ${LONGEST_ENTRY} characters.`
  const seen = new Set<string>()
  for (const entry of entries) {
    const folded = entry.toLowerCase()
    if (seen.has(folded)) return `"${entry}" is there twice.`
    seen.add(folded)
  }
  return null
}

function problemWithName(name: string): string | null {
  if (name === '') return 'Enter a name.'
  return name.length > LONGEST_NAME ? `Use at most ${LONGEST_NAME} characters.` : null
}

/** The values a project may have, from what was entered; an `invalid` Problem that says for each field what is wrong. */
export function projectValues(entered: EnteredProject): ProjectValues {
  const values: ProjectValues = {
    name: entered.name.trim().replace(/\s+/g, ' '),
    slug: entered.slug.trim() || slugFrom(entered.name),
    description: entered.description.trim(),
    categories: linesOf(entered.categories),
    userSegments: linesOf(entered.userSegments),
  }
  const problems: [string, string | null][] = [
    ['projectName', problemWithName(values.name)],
    ['slug', problemWithSlug(values.slug)],
    [
      'description',
      values.description.length > LONGEST_DESCRIPTION ? `Use at most ${LONGEST_DESCRIPTION} characters.` : null,
    ],
    ['categories', problemWithList(values.categories, 'category')],
    ['userSegments', problemWithList(values.userSegments, 'user segment')],
  ]
  const fields = Object.fromEntries(problems.filter((problem): problem is [string, string] => problem[1] !== null))
  if (Object.keys(fields).length > 0) {
    throw new Problem('invalid', 'The project was not saved. Mend what is marked below.', { fields })
  }
  return values
}
