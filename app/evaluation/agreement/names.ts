import { asc, eq, inArray } from 'drizzle-orm'
import { can, type Scope } from '#app/auth/permissions.ts'
import { cases, responses, systemVersions } from '#db/schema/cases.ts'
import { users } from '#db/schema/people.ts'
import { items } from '#db/schema/rounds.ts'
import type { Store } from '#db/store.server.ts'

/** A rater as shown. Those who may not see other people's ratings get a number in place of a name. */
export type ShownRater = { name: string; short: string }

/** An item as shown; `caseId` null: its content is not for this reader. */
export type ShownItemName = { label: string; systemVersion: string; caseId: string | null }

const LABEL_LETTERS = 60

/** The raters by id, named as far as the scope may see. The numbers of unnamed raters follow their ids. */
export async function nameRaters(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  ids: readonly string[],
): Promise<Record<string, ShownRater>> {
  if (!can(scope.roles, 'ratings.read')) {
    const numbered = [...ids].sort().map((id, i) => [id, { name: `Rater ${i + 1}`, short: String(i + 1) }] as const)
    return Object.fromEntries(numbered)
  }
  if (ids.length === 0) return {}
  const rows = await read
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [...ids]))
    .orderBy(asc(users.id))
  const shown = shortened(rows.map(({ name }) => name))
  return Object.fromEntries(rows.map(({ id }, i) => [id, shown[i] as ShownRater]))
}

/** Names as short as they can be and still tell those who bear them apart: "B. Marsh", and "Marsh" above a column. */
export function shortened(names: readonly string[]): ShownRater[] {
  const initials = names.map(initialled)
  const last = names.map(lastName)
  return names.map((full, i) => {
    const name = isAlone(initials[i] as string, initials) ? (initials[i] as string) : full
    return { name, short: isAlone(last[i] as string, last) ? (last[i] as string) : name }
  })
}

const isAlone = (name: string, among: readonly string[]): boolean => among.filter((one) => one === name).length < 2

const lastName = (name: string): string => name.trim().split(/\s+/).at(-1) ?? name

/** "Beth Marsh" is "B. Marsh"; "Rater 12" stays what it is. */
function initialled(name: string): string {
  const [first, ...rest] = name.trim().split(/\s+/)
  const isName = first !== undefined && /^\p{L}/u.test(first) && /\p{L}/u.test(rest.at(-1) ?? '')
  return isName ? `${first.slice(0, 1)}. ${rest.join(' ')}` : name
}

/** Items by id: the first words of the case's question, as far as the scope may see. */
export async function nameItems(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  ids: readonly string[],
): Promise<Record<string, ShownItemName>> {
  if (ids.length === 0) return {}
  if (!can(scope.roles, 'cases.read'))
    return Object.fromEntries(ids.map((id, i) => [id, { label: `Item ${i + 1}`, systemVersion: '', caseId: null }]))
  const rows = await read
    .select({ id: items.id, caseId: items.caseId, ...caseName, systemVersion: systemVersions.name })
    .from(items)
    .innerJoin(cases, eq(cases.id, items.caseId))
    .innerJoin(responses, eq(responses.id, items.responseId))
    .innerJoin(systemVersions, eq(systemVersions.id, responses.systemVersionId))
    .where(inArray(items.id, [...ids]))
  return Object.fromEntries(
    rows.map(({ id, caseId, systemVersion, ...row }) => [id, { label: caseLabel(row), systemVersion, caseId }]),
  )
}

/** What a case is called by. */
export const caseName = { key: cases.key, input: cases.input, sealed: cases.sealed }

/** The first words of a case's question; of a sealed one its key. */
export const caseLabel = ({ key, input, sealed }: { key: string; input: string; sealed: boolean }): string =>
  sealed ? `Sealed: ${key}` : opening(input)

/** The first words of a text, cut between words. */
export function opening(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= LABEL_LETTERS) return line
  const cut = line.slice(0, LABEL_LETTERS)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LABEL_LETTERS / 2)).replace(/[\s.,;:]+$/, '')}…`
}
