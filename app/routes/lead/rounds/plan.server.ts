/** What the form of a new round offers, and what it begins with. */
import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { agreementChoices } from '#app/evaluation/agreement/choices.ts'
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
  raters: { id: string; name: string; work: Workload | null }[]
}

export async function roundChoices(scope: Scope): Promise<RoundChoices> {
  const rubrics = await listRubrics(store(), scope)
  const { systemVersions, categories, userSegments } = await agreementChoices(store(), scope)
  const candidates = await raterCandidates(store().read, scope)
  const work = await workloads(store().read, scope)
  return {
    versions: rubrics.flatMap((rubric) =>
      rubric.versions
        .filter(({ state }) => state === 'published')
        .map(({ id, number }) => ({ id, name: `${rubric.name}, version ${number}` })),
    ),
    systemVersions: [...systemVersions].reverse(),
    categories,
    userSegments,
    raters: candidates.map((rater) => ({ ...rater, work: work.get(rater.id) ?? null })),
  }
}

const MONTH = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' })
const WEEKS_MS = 14 * 86_400_000
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** A new round before anything was entered: everyone, everything, three raters an item, two weeks. */
export const firstEntry = ({ versions, systemVersions, raters }: RoundChoices): RoundEntry => ({
  name: `${MONTH.format(now())} round`,
  rubricVersionId: versions[0]?.id ?? '',
  systemVersionIds: systemVersions.slice(0, 1).map(({ id }) => id),
  categories: [],
  userSegments: [],
  search: '',
  sample: '',
  overlap: '3',
  minutesPerItem: '2.5',
  raterIds: raters.map(({ id }) => id),
  referencesShown: 'never',
  starts: dayOf(now()),
  ends: dayOf(now() + WEEKS_MS),
  instructions: '',
})
