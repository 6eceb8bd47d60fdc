import { type SQL, sql } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import type { Database } from '#db/store.server.ts'
import { plural, whole } from '../figure.ts'
import { partsOf } from '../references/had-part.ts'
import { inUseAsF } from '../references/in-use.ts'
import { countToRate } from '../references/placement/draw.ts'
import { inList, matching } from './matching.ts'
import { planRound, type RoundPlan } from './plan.ts'
import { anchorWarnings } from './preview-anchors.ts'
import type { RoundPreview, RoundValues, SegmentCount } from './shown.ts'
import { nothingPasses } from './values.ts'

export type Previewed = Pick<
  RoundValues,
  | 'pool'
  | 'systemVersionIds'
  | 'categories'
  | 'userSegments'
  | 'search'
  | 'sample'
  | 'overlap'
  | 'raterIds'
  | 'referencesShown'
  | 'secondsPerItem'
  | 'anchorShare'
  | 'referencesRated'
  | 'rubricVersionId'
>

const WARNINGS_MOST = 12

const number = (column: string) => sql<number>`${sql.raw(`x.${column}`)}`.mapWith(Number)

/** What a round with these values would hold, and what to know before making it. */
export async function previewRound(db: Database, scope: Scope, values: Previewed): Promise<RoundPreview> {
  demand(scope, 'rounds.write')
  const matched = matching(scope.project.id, values)
  const { referencesRated } = values
  const segments = referencesRated === 'only' ? [] : await segmentsOf(db, matched)
  const count = segments.reduce((sum, segment) => sum + segment.items, 0)
  const plan = await planRound(db, scope.project.id, values, count)
  const anchors = anchorsIn(plan, values)
  const references = referencesRated === 'none' ? 0 : await countToRate(db, scope.project.id, values)
  const ratings = (plan.taken + references) * values.overlap + (anchors === null ? 0 : anchors.taken * anchors.overlap)
  const warnings =
    count === 0 && references === 0
      ? [nothingPasses(values)]
      : [
          ...sampleWarnings(values, count),
          ...anchorWarnings(plan),
          ...raterWarnings(values),
          ...placementWarnings(values),
          ...(await blockedWarnings(db, without(matched, plan), values, plan.count)),
          ...(await referenceWarnings(db, matched, values, count)),
        ]
  return {
    matched: count,
    taken: plan.taken,
    segments,
    anchors,
    references,
    ratings,
    hours: (ratings * values.secondsPerItem) / 3600,
    warnings: warnings.slice(0, WARNINGS_MOST),
  }
}

const anchorsIn = (plan: RoundPlan, { overlap, raterIds }: Previewed): RoundPreview['anchors'] =>
  plan.wanted === 0
    ? null
    : {
        wanted: plan.wanted,
        taken: plan.anchors.length,
        active: plan.active,
        overlap: Math.min(overlap, Math.max(1, raterIds.length)),
      }

const segmentsOf = async (db: Database, matched: SQL): Promise<SegmentCount[]> =>
  await db
    .select({ category: sql<string>`x.category`, userSegment: sql<string>`x.user_segment`, items: number('n') })
    .from(sql`(select c.category, c.user_segment, count(*) as n ${matched} group by c.category, c.user_segment) x`)
    .orderBy(sql`x.category`, sql`x.user_segment`)

/** What passes and does not go in as an anchor, which those who rated it may rate again. */
const without = (matched: SQL, { anchors }: RoundPlan): SQL =>
  anchors.length === 0
    ? matched
    : sql`${matched} and r.id not in ${inList(anchors.map(({ responseId }) => responseId))}`

const items = (n: number): string => plural(n, 'item')

function sampleWarnings({ sample }: Previewed, count: number): string[] {
  if (sample === null || sample < count) return []
  return [`A sample of ${sample} was asked for and ${items(count)} pass the filter: all of them would be taken.`]
}

function raterWarnings({ raterIds, overlap }: Previewed): string[] {
  if (raterIds.length >= overlap) return []
  const chosen = raterIds.length === 1 ? '1 rater is' : `${raterIds.length} raters are`
  return [
    `${chosen} chosen and each item needs ${overlap}: no item could be finished. Choose more raters, or fewer per item.`,
  ]
}

function placementWarnings({ referencesRated, referencesShown }: Previewed): string[] {
  if (referencesRated !== 'beside' || referencesShown === 'never') return []
  return [
    'Whoever was shown the references of a case is not asked to rate them: with references shown, some may stay unrated. A round of references alone is surer.',
  ]
}

/** Pairs of a chosen rater and an item that they may not rate. */
const blockedPairs = (matched: SQL, raterIds: readonly string[]): SQL => sql`
  select p.person_id as rater_id, m.id as response_id, 'wrote' as why
  from (select r.id, r.case_id ${matched}) m join ${partsOf(inList(raterIds))} p on p.case_id = m.case_id
  union
  select a.rater_id, m.id, 'rated'
  from (select r.id, r.case_id ${matched}) m join assignments a on a.response_id = m.id
  where a.state = 'submitted' and a.rater_id in ${inList(raterIds)}`

async function blockedWarnings(db: Database, matched: SQL, values: Previewed, count: number): Promise<string[]> {
  const { raterIds, overlap } = values
  if (raterIds.length === 0) return []
  const raters = await db
    .select({ name: sql<string>`x.name`, wrote: number('wrote'), rated: number('rated'), either: number('either_way') })
    .from(sql`(
      select u.id, u.name, count(distinct p.response_id) as either_way,
        sum(case when p.why = 'wrote' then 1 else 0 end) as wrote, sum(case when p.why = 'rated' then 1 else 0 end) as rated
      from (${blockedPairs(matched, raterIds)}) p join users u on u.id = p.rater_id group by u.id, u.name) x`)
    .orderBy(sql`x.either_way desc`, sql`x.id`)
  const warnings = raters.map(({ name, wrote, rated, either }) => {
    const why = [
      ...(wrote > 0 ? [`had a part in references of ${wrote}`] : []),
      ...(rated > 0 ? [`rated ${rated} before`] : []),
    ]
    return `${name} may rate ${count - either} of ${items(count)}: ${why.join(' and ')}.`
  })
  if (raterIds.length < overlap) return warnings
  const [short] = await db.select({ n: number('n') }).from(sql`(
      select count(*) as n from (
        select p.response_id from (${blockedPairs(matched, raterIds)}) p
        group by p.response_id having count(distinct p.rater_id) > ${raterIds.length - overlap}) y) x`)
  const unfinished = short?.n ?? 0
  if (unfinished === 0) return warnings
  return [
    `${items(unfinished)} could not be finished: fewer than ${overlap} of the chosen raters may rate ${unfinished === 1 ? 'it' : 'them'}.`,
    ...warnings,
  ]
}

async function referenceWarnings(
  db: Database,
  matched: SQL,
  { referencesShown }: Previewed,
  count: number,
): Promise<string[]> {
  if (referencesShown === 'never') return []
  const [found] = await db.select({ none: number('none'), one: number('one') }).from(sql`(
    select sum(case when m.qualities = 0 then 1 else 0 end) as none, sum(case when m.qualities = 1 then 1 else 0 end) as one
    from (select (select count(distinct f.quality) from reference_answers f
      where f.case_id = c.id and ${inUseAsF}) as qualities ${matched}) m) x`)
  const { none = 0, one = 0 } = found ?? {}
  return [
    ...(none > 0 ? [`${whole(none)} of ${items(count)} have no reference to show.`] : []),
    ...(one > 0
      ? [
          `${whole(one)} of ${items(count)} have references of one quality only: the closest one is not asked for there.`,
        ]
      : []),
  ]
}
