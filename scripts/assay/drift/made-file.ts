import { normalDraws } from '#app/stats/drift/normal-draws.ts'
import { seededRandom } from '#app/stats/random.ts'

/** Changes of a made-up file of ratings, for tests. Points. */
export interface MadeChange {
  readonly panel?: number
  /** Rater d only. */
  readonly rater?: number
  readonly version?: number
  readonly model?: number
  /** Share of live items of the segment `hard` in the last period; half before. */
  readonly hard?: number
  readonly anchors?: boolean
  readonly bridge?: boolean
  readonly kind?: boolean
}

export interface MadeRow {
  readonly item: string
  readonly rater: string
  readonly score: number
  readonly period: string
  readonly rubric_version: string
  readonly segment: string
  readonly kind: string
}

const RATERS = ['a', 'b', 'c', 'd', 'e', 'f']
const PERIODS = ['2026-8', '2026-9', '2026-10', '2026-11']
const clamp = (value: number) => Math.min(4, Math.max(1, Math.round(value)))

/** Four periods, six raters; what changes does so in the last period, the version too. */
export function madeRows(change: MadeChange, seed = 1): MadeRow[] {
  const { panel = 0, rater: moved = 0, version = 0, model = 0, hard = 0.5, anchors = true, bridge = true } = change
  const normal = normalDraws(seededRandom(seed))
  const rows: MadeRow[] = []
  const rate = (item: string, quality: number, segment: string, p: number, r: number, under: 1 | 2, kind: string) => {
    const last = p === PERIODS.length - 1
    const reading = (r - 2.5) * 0.1 + (last ? panel + (r === 3 ? moved : 0) : 0) + (under === 2 ? version : 0)
    const score = clamp(quality + reading + 0.45 * normal())
    const [rater, period] = [RATERS[r] as string, PERIODS[p] as string]
    rows.push({ item, rater, score, period, rubric_version: `v${under}`, segment, kind })
  }
  const anchorQualities = Array.from({ length: 40 }, () => 2.5 + 0.6 * normal())
  PERIODS.forEach((_, p) => {
    const last = p === PERIODS.length - 1
    const under = version !== 0 && last ? 2 : 1
    for (let i = 0; i < 120; i++) {
      const segment = i % 20 < 20 * (last ? hard : 0.5) ? 'hard' : 'easy'
      const quality = (segment === 'hard' ? 2.2 : 2.8) + 0.5 * normal() + (last ? model : 0)
      for (const r of [i % 6, (i + 1 + (i % 5)) % 6]) rate(`${p}-${i}`, quality, segment, p, r, under, 'live')
    }
    if (anchors)
      anchorQualities.forEach((quality, i) => {
        for (let r = 0; r < 6; r++) rate(`anchor ${i}`, quality, i % 2 ? 'hard' : 'easy', p, r, under, 'anchor')
      })
    if (bridge && under === 2)
      for (let i = 0; i < 60; i++) {
        const quality = 2.5 + 0.6 * normal()
        for (const r of [i % 6, (i + 2) % 6])
          for (const v of [1, 2] as const) rate(`bridge ${i}`, quality, 'easy', p, r, v, 'bridge')
      }
  })
  return rows
}

export function madeCsv(change: MadeChange): string {
  const columns = ['item', 'rater', 'score', 'period', 'rubric_version', 'segment'] as const
  const all = change.kind === false ? columns : ([...columns, 'kind'] as const)
  return [all.join(','), ...madeRows(change).map((row) => all.map((column) => row[column]).join(','))].join('\n')
}
