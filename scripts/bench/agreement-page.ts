/** What the agreement page of a large project costs, above all the first time. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillRatings } from './agreement/fill-ratings.ts'
import { leadOf } from './agreement/lead.ts'
import { type Found, start } from './agreement-page/starts.ts'
import { fillRound } from './fill.ts'
import { type Benchmark, quantile, type Row, type Section } from './section.ts'

/** Three ratings an item on five dimensions: 33,334 items are 100,000 ratings and 500,000 scores. ASSAY_BENCH_ITEMS: a trial. */
const ITEMS = Number(process.env.ASSAY_BENCH_ITEMS ?? 33_334)
const RATERS = 40
const STARTS = 5

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    const filled = await fillRound(join(folder, 'page.sqlite'), ITEMS, RATERS)
    const ratings = fillRatings(filled, ITEMS)
    const cookie = await leadOf(filled)
    const found: Found[] = []
    for (let i = 0; i < STARTS; i++) found.push(await start(filled, cookie, mkdtempSync(join(folder, 'data-'))))
    const ms = (value: number) => `${value.toFixed(0)} ms`
    const median = (of: (one: Found) => number | number[]) => quantile(found.flatMap(of), 0.5)
    const most = (of: (one: Found) => number | number[]) => Math.max(...found.flatMap(of))
    const within = (what: string, value: number, goal: number): Row => ({
      what,
      value: ms(value),
      goal: `<= ${goal} ms`,
      met: value <= goal,
    })
    const after = most((one) => one.after)
    const rows: Row[] = [
      within(
        'the first page after a start, three seconds later',
        median((one) => one.first),
        200,
      ),
      within(
        'a filter or dimension nobody asked for yet',
        median((one) => one.cold),
        200,
      ),
      { what: 'the page again', value: ms(median((one) => one.again)) },
      { what: 'the first page, in the moment the server answers', value: ms(median((one) => one.atOnce)) },
      { what: 'the same, nothing ever read and no file', value: ms(median((one) => one.unread)) },
      { what: 'a filter nobody asked for, after what computes was let go', value: ms(median((one) => one.letGo)) },
      within(
        'longest that another request waited while all was read',
        most((one) => one.others),
        50,
      ),
      { what: 'resident memory before', value: `${most((one) => one.before).toFixed(0)} MB` },
      {
        what: 'resident memory afterwards',
        value: `${after.toFixed(0)} MB`,
        goal: '<= 250 MB',
        met: after <= 250,
      },
      { what: 'resident memory of the process that computes', value: `${most((one) => one.computing).toFixed(0)} MB` },
    ]
    return {
      title: 'The agreement page of a large project',
      how: `${ratings.toLocaleString('en')} ratings of ${ITEMS.toLocaleString('en')} items by ${RATERS} raters, five dimensions, over HTTP against the production server on SQLite: alpha, AC2 and pairwise agreement of every dimension, all coefficients and the split of disagreement of one. Medians of ${STARTS} times three starts.`,
      rows,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const agreementPage: Benchmark = {
  name: 'agreement-page',
  what: 'server time and memory of the agreement page with 100,000 ratings',
  run,
}
