/** A bridge as its form holds it, and what the form offers and begins with. */
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { ratersUnder } from '#app/evaluation/bridges/raters-under.ts'
import type { BridgeValues } from '#app/evaluation/bridges/values.ts'
import { raterCandidates } from '#app/evaluation/rounds/raters.ts'
import { workloads } from '#app/evaluation/rounds/workload.ts'
import { listRubrics } from '#app/evaluation/rubrics/read.ts'
import { baseOf } from '#app/evaluation/rubrics/versions.ts'
import { store } from '#app/store.server.ts'
import { dayAt, entryOf, type RoundEntry, valuesOf, wholeIn } from './entry.server.ts'
import { dayOf, MONTH, type RoundChoices, WEEKS_MS } from './plan.server.ts'

export type BridgeEntry = Pick<
  RoundEntry,
  'overlap' | 'minutesPerItem' | 'raterIds' | 'referencesShown' | 'starts' | 'ends' | 'instructions'
> & {
  fromId: string
  toId: string
  rated: 'both' | 'new'
  since: string
  items: string
  nameFrom: string
  nameTo: string
}

export type BridgeChoices = {
  /** Versions that were published and have a newer one; versions that may be rated under and have an older one. */
  older: { id: string; name: string }[]
  newer: { id: string; name: string; fromId: string }[]
  raters: (RoundChoices['raters'][number] & { ratings: number })[]
}

/** What the form sent, as it was entered; in a GET as in a POST. */
export function bridgeEntryOf(form: URLSearchParams | FormData): BridgeEntry {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const { overlap, minutesPerItem, raterIds, referencesShown, starts, ends, instructions } = entryOf(form)
  return {
    ...{ overlap, minutesPerItem, raterIds, referencesShown, starts, ends, instructions },
    fromId: text('fromId'),
    toId: text('toId'),
    rated: text('rated') === 'new' ? 'new' : 'both',
    since: text('since'),
    items: text('items'),
    nameFrom: text('nameFrom'),
    nameTo: text('nameTo'),
  }
}

/** The bridge it asks for, and by field what is no value. */
export function bridgeOf(entry: BridgeEntry): { values: BridgeValues; faults: Record<string, string> } {
  const common = valuesOf({
    ...{
      name: '',
      rubricVersionId: '',
      systemVersionIds: [],
      categories: [],
      pool: 'active',
      referencesRated: 'none',
      userSegments: [],
      search: '',
      sample: '',
    },
    ...entry,
    anchors: '0',
  })
  const { overlap, raterIds, referencesShown, instructions, secondsPerItem, startsAt, endsAt } = common.values
  const since = dayAt(entry.since)
  return {
    faults:
      since === undefined ? { ...common.faults, since: 'This is not a date. Write it as 2026-10-31.' } : common.faults,
    values: {
      ...{ overlap, raterIds, referencesShown, instructions, secondsPerItem, startsAt, endsAt },
      fromId: entry.fromId,
      toId: entry.toId,
      rated: entry.rated,
      since: since ?? null,
      items: wholeIn(entry.items),
      names: { from: entry.nameFrom, to: entry.nameTo },
    },
  }
}

/** The versions that a bridge may link. */
export async function versionChoices(scope: Scope): Promise<Pick<BridgeChoices, 'older' | 'newer'>> {
  const rubrics = await listRubrics(store(), scope)
  const all = rubrics.flatMap(({ name, versions }) => {
    const known = versions.filter(({ state }) => state !== 'draft').sort((a, b) => b.number - a.number)
    return known.map((version, i) => ({
      id: version.id,
      name: `${name}, version ${version.number}`,
      state: version.state,
      publishedAt: version.publishedAt ?? 0,
      hasNewer: known.slice(0, i).some(({ state }) => state === 'published'),
      // what changed is what changed since the version it was drafted from
      before: baseOf(version, known)?.id ?? known[i + 1]?.id ?? null,
    }))
  })
  return {
    older: all.filter(({ hasNewer }) => hasNewer).map(({ id, name }) => ({ id, name })),
    newer: all
      .filter(({ state }) => state === 'published')
      .sort((a, b) => b.publishedAt - a.publishedAt)
      .flatMap(({ id, name, before }) => (before === null ? [] : [{ id, name, fromId: before }])),
  }
}

/** The raters, with how many ratings each gave under the older version. */
export async function bridgeRaters(scope: Scope, fromId: string): Promise<BridgeChoices['raters']> {
  const candidates = await raterCandidates(store().read, scope)
  const work = await workloads(store().read, scope)
  const rated = await ratersUnder(store().read, scope, fromId)
  return candidates.map((rater) => ({
    ...rater,
    work: work.get(rater.id) ?? null,
    ratings: rated.get(rater.id) ?? 0,
  }))
}

/** Names that tell raters nothing, neither the version nor which of the two comes first. */
const namesFor = (at: number) => {
  const month = MONTH.format(at)
  return { nameFrom: `${month} cases, blue`, nameTo: `${month} cases, green` }
}

/** A bridge before anything was entered: forty responses, two raters each, those who rated under the older version. */
export const firstBridge = (raters: BridgeChoices['raters'], fromId: string, toId: string): BridgeEntry => {
  const rated = raters.filter(({ ratings }) => ratings > 0)
  return {
    fromId,
    toId,
    rated: 'both',
    since: '',
    items: '40',
    overlap: '2',
    minutesPerItem: '2.5',
    raterIds: (rated.length > 0 ? rated : raters).map(({ id }) => id),
    ...namesFor(now()),
    referencesShown: 'after',
    starts: dayOf(now()),
    ends: dayOf(now() + WEEKS_MS),
    instructions: '',
  }
}
