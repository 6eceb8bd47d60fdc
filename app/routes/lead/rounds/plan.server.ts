/** What the form of a new round offers, and what it begins with. */
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { agreementChoices } from '#app/evaluation/agreement/choices.ts'
import { countAnchors } from '#app/evaluation/anchors/list.ts'
import { newestVersion } from '#app/evaluation/rounds/list.ts'
import { raterCandidates } from '#app/evaluation/rounds/raters.ts'
import { type Workload, workloads } from '#app/evaluation/rounds/workload.ts'
import { listRubrics } from '#app/evaluation/rubrics/read.ts'
import { store } from '#app/store.server.ts'
import type { RoundEntry } from './entry.server.ts'

export type RoundChoices = {
  versions: { id: string; name: string }[]
  systemVersions: { id: string; name: string }[]
  categories: string[]
  userSegments: string[]
  raters: { id: string; name: string; barred: boolean; work: Workload | null }[]
  /** The version of the newest round, where it may still be rated under; else the one published last. */
  versionId: string
  /** Anchors that may be mixed in. */
  anchors: number
}

export async function roundChoices(scope: Scope): Promise<RoundChoices> {
  const rubrics = await listRubrics(store(), scope)
  const { systemVersions, categories, userSegments } = await agreementChoices(store(), scope)
  const candidates = await raterCandidates(store().read, scope)
  const work = await workloads(store().read, scope)
  const published = rubrics.flatMap(({ name, versions }) =>
    versions.filter(({ state }) => state === 'published').map((version) => ({ ...version, rubric: name })),
  )
  const newest = await newestVersion(store().read, scope)
  const latest = [...published].sort((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0))[0]
  return {
    versions: published.map(({ id, number, rubric }) => ({ id, name: `${rubric}, version ${number}` })),
    versionId: (published.find(({ id }) => id === newest) ?? latest)?.id ?? '',
    anchors: (await countAnchors(store().read, scope)).active,
    systemVersions: [...systemVersions].reverse(),
    categories,
    userSegments,
    raters: candidates.map((rater) => ({ ...rater, work: work.get(rater.id) ?? null })),
  }
}

export const MONTH = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })
export const WEEKS_MS = 14 * 86_400_000
export const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** A new round before anything was entered: everyone, everything, three raters an item, two weeks. */
export const firstEntry = ({ versionId, systemVersions, raters }: RoundChoices): RoundEntry => ({
  name: `${MONTH.format(now())} round`,
  rubricVersionId: versionId,
  systemVersionIds: systemVersions.slice(0, 1).map(({ id }) => id),
  pool: 'active',
  categories: [],
  userSegments: [],
  search: '',
  sample: '',
  overlap: '3',
  minutesPerItem: '2.5',
  raterIds: raters.map(({ id }) => id),
  anchors: '0',
  referencesRated: 'none',
  referencesShown: 'after',
  starts: dayOf(now()),
  ends: dayOf(now() + WEEKS_MS),
  instructions: '',
})
