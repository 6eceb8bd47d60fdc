/** What the page shows of figures that are there. */
import type { Scope } from '#app/auth/permissions.ts'
import type { Settled } from '#app/evaluation/agreement/filter.ts'
import { nameItems, nameRaters, type ShownRater } from '#app/evaluation/agreement/names.ts'
import { calibratedPage, suspicionIn, varianceIn } from '#app/evaluation/calibration/calibration.ts'
import { COMPUTING } from '#app/evaluation/calibration/computing.server.ts'
import type { CalibrationFigures } from '#app/evaluation/calibration/figures.ts'
import type { ListedItem } from '#app/evaluation/calibration/items-list.ts'
import { bySeverity } from '#app/evaluation/calibration/reading.ts'
import { PART_NAMES, varianceInWords } from '#app/evaluation/calibration/variance.ts'
import { findingOf, separationInWords, severitiesInWords } from '#app/evaluation/calibration/words.ts'
import { hundredths, percent, plural } from '#app/evaluation/figure.ts'
import { dayField } from '#app/http/query-values.server.ts'
import { store } from '#app/store.server.ts'
import { COMPANION_COLUMNS, companionRows } from './companions.server.ts'
import type { GroupsView } from './groups.tsx'
import type { ItemRow } from './items.tsx'
import type { CalibrationQuery } from './query.server.ts'
import type { SuspicionView } from './suspicion.tsx'
import type { VarianceView } from './variance.tsx'
import {
  contrastView,
  fitPlot,
  levelsRows,
  RATERS_PER_PAGE,
  severityPlot,
  severityRows,
  shownRaters,
} from './view.server.ts'

type Names = Record<string, ShownRater>

export async function drawn(scope: Scope, filter: Settled, figures: CalibrationFigures, query: CalibrationQuery) {
  const { unit } = query
  const names = await nameRaters(
    store(),
    scope,
    figures.raterList.map(({ id }) => id),
  )
  const nameOf = (id: string) => names[id]?.name ?? ''
  const rater = query.rater !== null && names[query.rater] ? query.rater : null
  const all = shownRaters(figures, rater)
  const page = Math.min(query.raterPage, Math.max(1, Math.ceil(all.length / RATERS_PER_PAGE)))
  const shown = all.slice((page - 1) * RATERS_PER_PAGE, page * RATERS_PER_PAGE)
  const suspicion = await suspicionOf(scope, filter)
  return {
    unit,
    finding: findingOf(figures, nameOf, suspicion.state === 'ready' ? suspicion.found : null),
    /** Why there is no severity, fit or fair score at all. */
    unmeasured: figures.overall.estimable ? null : figures.overall.reason,
    restingOn: restingOn(figures),
    basis: { items: figures.items, raters: figures.raters, ratings: figures.ratings },
    sources: figures.sources,
    rater: rater === null ? null : { id: rater, name: nameOf(rater) },
    chooseFrom: figures.raterList
      .map(({ id }) => ({ id, name: nameOf(id) }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    dimensions: figures.dimensions.map(({ key, name, levels }) => ({ key, name, levels })),
    raters: { page, size: RATERS_PER_PAGE, total: all.length },
    severity: severityRows(shown, figures, names, unit),
    plots: { severity: severityPlot(shown, figures.raterList, unit), fit: fitPlot(shown) },
    description: severitiesInWords(shown, nameOf),
    separation: separationInWords(figures.separation),
    remarks: figures.overall.estimable ? figures.overall.remarks : [],
    contrasts: contrastView(figures, names, unit, rater),
    levels: levelsRows(shown, figures, names),
    companions: { rows: companionRows(shown, figures, nameOf), columns: COMPANION_COLUMNS },
    groups: await groupsOf(scope, figures, names),
    suspicion,
    variance: await varianceOf(scope, filter),
    items: await itemsOf(scope, filter, figures, query),
  }
}

function restingOn({ items, raters, ratings, first, last }: CalibrationFigures): string {
  const when = first === null || last === null ? [] : [`submitted ${dayField(first)} to ${dayField(last)}`]
  return [plural(items, 'item'), plural(raters, 'rater'), plural(ratings, 'rating'), ...when].join(' · ')
}

const MOST_GROUPS = 6
const MOST_NAMED = 6

async function groupsOf(scope: Scope, figures: CalibrationFigures, names: Names): Promise<GroupsView | null> {
  if (figures.components < 2) return null
  const links = figures.links.slice(0, MOST_GROUPS)
  const items = await nameItems(
    store(),
    scope,
    links.map(({ item }) => item),
  )
  const members = Array.from({ length: Math.min(figures.components, MOST_GROUPS) }, (_, group) =>
    bySeverity(figures.raterList).filter(({ component }) => component === group),
  )
  return {
    count: figures.components,
    groups: members.map((raters) => ({
      names: raters.slice(0, MOST_NAMED).map(({ id }) => names[id]?.name ?? ''),
      others: Math.max(0, raters.length - MOST_NAMED),
    })),
    links: links.map(({ rater, item, component }) => ({
      rater: names[rater]?.name ?? '',
      group: component + 1,
      itemId: item,
      item: items[item]?.label ?? '',
    })),
    moreLinks: figures.links.length - links.length,
  }
}

async function suspicionOf(scope: Scope, filter: Settled): Promise<SuspicionView> {
  const made = await suspicionIn(store(), scope, filter, COMPUTING)
  if (!made.ready) return { state: 'computing' }
  const found = made.value
  if (!found.estimable) return { state: 'none', why: found.reason }
  const given = found.proposals.flatMap(({ give }) => give.map(({ item }) => item))
  const mentioned = [
    ...found.raters.map(({ rater }) => rater),
    ...[...found.pairs, ...found.proposals].flatMap(({ first, second }) => [first, second]),
  ]
  return {
    state: 'ready',
    found,
    raters: await nameRaters(store(), scope, [...new Set(mentioned)]),
    items: await nameItems(store(), scope, [...new Set(given)]),
  }
}

async function varianceOf(scope: Scope, filter: Settled): Promise<VarianceView> {
  const made = await varianceIn(store(), scope, filter, COMPUTING)
  if (!made.ready) return { state: 'computing' }
  const found = made.value
  if (!found.estimable) return { state: 'none', why: found.reason }
  return {
    state: 'ready',
    words: varianceInWords(found),
    rows: found.shares.map(({ part, share, interval }) => ({
      part,
      name: PART_NAMES[part][0],
      meaning: PART_NAMES[part][1],
      share: percent(share),
      interval: interval.estimable ? `${percent(interval.low).replace(' %', '')} to ${percent(interval.high)}` : '',
      why: interval.estimable ? null : interval.reason,
    })),
  }
}

async function itemsOf(
  scope: Scope,
  filter: Settled,
  figures: CalibrationFigures,
  { sort, itemPage: page }: CalibrationQuery,
) {
  const { items, total } = await calibratedPage(store(), scope, filter, figures, { sort, page }, COMPUTING)
  const named = await nameItems(
    store(),
    scope,
    items.map(({ id }) => id),
  )
  const rows = items.map((item): ItemRow => {
    const { label = '', systemVersion = '', caseId = null } = named[item.id] ?? {}
    const { why, ...row } = spelled(item)
    // what holds for all items is said once, at the top
    return { label, systemVersion, caseId, ...row, why: figures.overall.estimable ? why : null }
  })
  return { rows, total, page, sort }
}

function spelled({ id, raters, rawMean, fair, moved, open, scored }: ListedItem) {
  return {
    id,
    raters,
    raw: rawMean === null ? '–' : hundredths(rawMean),
    fair: fair.estimable ? hundredths(fair.score) : 'not estimable',
    error: fair.estimable ? hundredths(fair.se) : '',
    moved: moved === null ? '' : `${moved > 0 ? '+' : ''}${hundredths(moved)}`,
    why: fair.estimable ? null : fair.reason,
    settled: `${scored - open} of ${scored}`,
  }
}
