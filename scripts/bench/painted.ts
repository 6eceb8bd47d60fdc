/** How long a rater waits in a real browser: from the key that submits to the next case painted. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import Sqlite from 'better-sqlite3'
import { provideBrowser } from '../setup/system.js'
import { type Filled, fillRound } from './fill.ts'
import { openSessions } from './raters.ts'
import { type Benchmark, quantile, type Section } from './section.ts'
import { serveAssay } from './serve.ts'

const ITEMS = 2_000
const CYCLES = 200
const WARM = 20
const DIMENSIONS = 5
const PARAGRAPH =
  'The plan pays for emergency care abroad on the same terms as at home, up to the yearly limit. '.repeat(5)
/** About 5,000 words, as long as the stories of SQuALITY. */
const DOCUMENT = `# Handbook\n\n${`${PARAGRAPH}\n\n`.repeat(56)}`

/** Gives every case the same long context document. */
function addContext({ url, project }: Filled): void {
  const file = new Sqlite(url.replace('file:', ''))
  file
    .prepare('insert into documents (id, project_id, title, text, content_hash, created_at) values (?, ?, ?, ?, ?, 0)')
    .run('long', project.id, 'Handbook', DOCUMENT, 'long')
  file.exec(`insert into case_documents (case_id, position, document_id) select id, 0, 'long' from cases`)
  file.close()
}

type Timed = { pressedAt: number; until: Promise<number> }

/** Watches for the answer on screen to change; `until` is the time from the key to the frame after the one that draws it. */
function watch(): void {
  const page = window as unknown as { timed: Timed }
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter' || !event.ctrlKey) return
      const pressedAt = event.timeStamp
      const before = document.querySelector('.answer')?.textContent
      const until = new Promise<number>((resolve) => {
        const look = () => {
          if (document.querySelector('.answer')?.textContent === before) requestAnimationFrame(look)
          // This frame draws it; the next begins when it has been painted.
          else requestAnimationFrame(() => resolve(performance.now() - pressedAt))
        }
        requestAnimationFrame(look)
      })
      page.timed = { pressedAt, until }
    },
    { capture: true },
  )
}

const settled = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        const frames = (n: number): number => requestAnimationFrame(() => (n === 0 ? done() : frames(n - 1)))
        frames(3)
      }),
  )

/** Rates one item by keyboard; returns how long the next took to be painted, in milliseconds. */
async function rateOne(page: Page): Promise<number> {
  await settled(page)
  for (let dimension = 0; dimension < DIMENSIONS; dimension++) await page.keyboard.press('3')
  await page.keyboard.press('Control+Enter')
  return page.evaluate(() => (window as unknown as { timed: Timed }).timed.until)
}

async function measure(context: BrowserContext, address: string): Promise<number[]> {
  const page = await context.newPage()
  // tsx names functions by a helper of its own, which the page does not have.
  await page.addInitScript('globalThis.__name = (made) => made')
  await page.addInitScript(watch)
  await page.goto(address)
  await page.locator('.answer').waitFor()
  await page.keyboard.press('Escape')
  const times: number[] = []
  for (let cycle = 0; cycle < WARM + CYCLES; cycle++) {
    const ms = await rateOne(page)
    if (cycle >= WARM) times.push(ms)
  }
  return times
}

async function run(): Promise<Section> {
  const { path } = provideBrowser()
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const filled = await fillRound(join(folder, 'painted.sqlite'), ITEMS, 1)
  addContext(filled)
  const [cookie = ''] = await openSessions(filled)
  const server = await serveAssay(filled.url)
  const browser = await chromium.launch({ ...(path ? { executablePath: path } : {}), args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const [name = '', value = ''] = cookie.split('=')
    const url = `http://127.0.0.1:${server.port}`
    await context.addCookies([{ name, value, url }])
    const times = await measure(context, `${url}/p/${filled.project.slug}/rate/${filled.round}`)
    const ms = (share: number) => `${quantile(times, share).toFixed(0)} ms`
    return {
      title: 'From submit to the next case painted',
      how: `Chromium without a screen, one rater by keyboard, ${CYCLES} items of five dimensions with an answer of 130 words and a context of 5,000; from the key event to the frame after the one that draws the next answer.`,
      rows: [
        { what: 'median', value: ms(0.5) },
        { what: '95th percentile', value: ms(0.95), goal: '≤ 100 ms', met: quantile(times, 0.95) <= 100 },
        { what: 'longest', value: ms(1) },
      ],
    }
  } finally {
    await browser.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const painted: Benchmark = {
  name: 'painted',
  what: 'time from submit to the next case painted in Chromium',
  run,
}
