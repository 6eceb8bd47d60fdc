/** How long it takes to look for every case of a project in a large file. */

import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scanFile } from '#app/evaluation/contamination/scan-file.ts'
import { type Random, seededRandom } from '#app/stats/random.ts'
import { LeakIndex } from '#app/stats/text/leaks.ts'
import type { Benchmark, Section } from './section.ts'

const CASES = 50_000
const MEGABYTES = 100
const PLANTED = 500
const VOCABULARY = 30_000

/** A word drawn so that few are common and most are rare, as in language (Zipf). */
const wordOf = (random: Random): string => `w${Math.floor(VOCABULARY ** random.uniform())}`

const sentence = (random: Random, words: number): string =>
  Array.from({ length: words }, () => wordOf(random)).join(' ')

/** A fine-tuning set in JSONL, with some of the texts inside. */
async function writeFile(path: string, planted: readonly string[]): Promise<void> {
  const random = seededRandom(7)
  const file = createWriteStream(path)
  const lines = Math.ceil((MEGABYTES * 1e6) / 1_450)
  const every = Math.floor(lines / planted.length)
  for (let line = 0; line < lines; line++) {
    const copy = line % every === 0 ? (planted[line / every] ?? '') : ''
    const messages = [sentence(random, 80), copy.toUpperCase(), sentence(random, 170)]
    if (!file.write(`${JSON.stringify({ messages })}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
}

async function run(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const path = join(folder, 'training.jsonl')
  try {
    const random = seededRandom(3)
    const texts = Array.from({ length: 2 * CASES }, (_, i) => sentence(random, i % 2 === 0 ? 30 : 90))
    const planted = Array.from({ length: PLANTED }, (_, i) => texts[i * 150] as string)
    await writeFile(path, planted)
    const since = performance.now()
    const index = new LeakIndex(texts)
    const built = performance.now()
    const parts = texts.map((_, i) => ({ caseId: String(i), key: String(i), part: 'input' as const, sealed: false }))
    const { leaks } = await scanFile({ parts, index, cases: CASES, canaries: new Map() }, { path, name: path })
    const seconds = (performance.now() - since) / 1000
    const right = leaks.filter(({ key, share }) => Number(key) % 150 === 0 && share === 1).length
    return {
      title: 'Looking for cases in a file',
      how: `${CASES.toLocaleString('en')} cases (an input of 30 words and a reference of 90 each) looked for in a JSONL file of ${Math.round(statSync(path).size / 1e6)} MB, in which ${PLANTED} of the texts stand in capitals; words drawn by Zipf's law.`,
      rows: [
        { what: 'index and scan', value: `${seconds.toFixed(1)} s`, goal: '≤ 30 s', met: seconds <= 30 },
        { what: 'of it the index', value: `${((built - since) / 1000).toFixed(1)} s` },
        { what: 'planted texts found', value: `${right} of ${PLANTED}`, goal: 'all', met: right === PLANTED },
        { what: 'others reported', value: String(leaks.length - right), goal: 'none', met: leaks.length === right },
        { what: 'resident memory', value: `${Math.round(process.memoryUsage.rss() / 1e6)} MB` },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export const scan: Benchmark = { name: 'scan', what: 'looking for 50,000 cases in 100 MB of text', run }
