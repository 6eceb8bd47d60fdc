/** A round as its form holds it: texts, and lists of ids. */

import { ANCHOR_SHARE_MOST } from '#app/evaluation/anchors/share.ts'
import {
  REFERENCES_RATED,
  type ReferencesRated,
  type ReferencesShown,
  ROUND_POOLS,
  type RoundPool,
  type RoundValues,
} from '#app/evaluation/rounds/shown.ts'
import type { RoundChange } from '#app/evaluation/rounds/state.ts'
import { REFERENCES_SHOWN } from '#db/schema/rounds.ts'

export const DAY_MS = 86_400_000

export type RoundEntry = {
  name: string
  rubricVersionId: string
  pool: RoundPool
  systemVersionIds: string[]
  categories: string[]
  userSegments: string[]
  search: string
  sample: string
  overlap: string
  minutesPerItem: string
  raterIds: string[]
  /** Per cent of the items. */
  anchors: string
  referencesRated: ReferencesRated
  referencesShown: ReferencesShown
  starts: string
  ends: string
  instructions: string
}

/** What the form sent, as it was entered; in a GET as in a POST. */
export function entryOf(form: URLSearchParams | FormData): RoundEntry {
  const text = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const texts = (name: string) =>
    form.getAll(name).filter((value): value is string => typeof value === 'string' && value !== '')
  return {
    name: text('name'),
    rubricVersionId: text('rubricVersionId'),
    pool: ROUND_POOLS.find((one) => one === text('pool')) ?? 'active',
    systemVersionIds: texts('systemVersionIds'),
    categories: texts('categories'),
    userSegments: texts('userSegments'),
    search: text('search').slice(0, 200),
    sample: text('sample'),
    overlap: text('overlap'),
    minutesPerItem: text('minutesPerItem'),
    raterIds: texts('raterIds'),
    anchors: text('anchors'),
    referencesRated: REFERENCES_RATED.find((one) => one === text('referencesRated')) ?? 'none',
    referencesShown: REFERENCES_SHOWN.find((one) => one === text('referencesShown')) ?? 'after',
    starts: text('starts'),
    ends: text('ends'),
    instructions: text('instructions'),
  }
}

/** The day's first moment in UTC; undefined for a text that is no date, null for an empty one. */
export function dayAt(text: string): number | null | undefined {
  if (text === '') return null
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isFinite(at) ? at : undefined
}

export const decimalIn = (text: string): number => Number(text.replace(',', '.'))

export const wholeIn = (text: string): number => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : Number.NaN)

/** A round's values, and by field what the entry says that is none. The last day of a round is part of it. */
export function valuesOf(entry: RoundEntry): { values: RoundValues; faults: Record<string, string> } {
  const starts = dayAt(entry.starts)
  const ends = dayAt(entry.ends)
  const sample = entry.sample.trim() === '' ? null : wholeIn(entry.sample)
  const minutes = decimalIn(entry.minutesPerItem)
  const percent = entry.anchors.trim() === '' ? 0 : decimalIn(entry.anchors)
  const faults: Record<string, string> = {}
  if (starts === undefined) faults.startsAt = 'This is not a date. Write it as 2026-10-31.'
  if (ends === undefined) faults.endsAt = 'This is not a date. Write it as 2026-10-31.'
  return {
    faults,
    values: {
      name: entry.name,
      rubricVersionId: entry.rubricVersionId,
      pool: entry.pool,
      systemVersionIds: entry.systemVersionIds,
      categories: entry.categories,
      userSegments: entry.userSegments,
      search: entry.search,
      sample,
      overlap: wholeIn(entry.overlap),
      raterIds: entry.raterIds,
      referencesShown: entry.referencesShown,
      instructions: entry.instructions,
      secondsPerItem: Math.round(minutes * 60),
      startsAt: starts ?? null,
      endsAt: ends == null ? null : ends + DAY_MS - 1,
      anchorShare: percent / 100,
      referencesRated: entry.referencesRated,
    },
  }
}

/** Values with which a preview can be computed while some are still wrong. */
export function forPreview({ sample, overlap, secondsPerItem, anchorShare, ...values }: RoundValues) {
  return {
    ...values,
    anchorShare: anchorShare > 0 && anchorShare <= ANCHOR_SHARE_MOST ? anchorShare : 0,
    sample: sample !== null && sample >= 1 ? sample : null,
    overlap: overlap >= 1 ? overlap : 1,
    secondsPerItem: secondsPerItem >= 1 ? secondsPerItem : 0,
  }
}

/** What the form that changes a made round asks for, and by field what is wrong with it. */
export function changeOf(form: FormData): { change: RoundChange; faults: Record<string, string> } {
  const { faults, values } = valuesOf(entryOf(form))
  const { name, overlap, secondsPerItem, startsAt, endsAt, instructions } = values
  return { faults, change: { name: name.trim(), overlap, secondsPerItem, startsAt, endsAt, instructions } }
}
