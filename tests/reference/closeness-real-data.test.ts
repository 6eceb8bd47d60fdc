/**
 * How far lexical closeness to references follows experts on SQuALITY (Wang et al. 2022): summaries of stories with up to
 * four references each, rated from 0 to 100 by three of four raters. The figures are those of docs/methods/closeness.md.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chrf2 } from '#app/stats/text/chrf.ts'
import { tokenF1 } from '#app/stats/text/token-f1.ts'
import { haveRealData, realFolder, withoutRealData } from '#tests/support/real-data.ts'

type Item = { item: string; system: string; output: string; references: { text: string }[] }

function items(): Item[] {
  const text = readFileSync(join(realFolder('squality'), 'items.jsonl'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Item)
}

/** Mean score of a dimension by item. */
function means(dimension: string): Map<string, number> {
  const sums = new Map<string, [number, number]>()
  for (const line of readFileSync(join(realFolder('squality'), 'ratings.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)) {
    const [item = '', , of, score] = line.split(',')
    if (of !== dimension) continue
    const [sum, n] = sums.get(item) ?? [0, 0]
    sums.set(item, [sum + Number(score), n + 1])
  }
  return new Map([...sums].map(([item, [sum, n]]) => [item, sum / n]))
}

function midRanks(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2)
}

function spearman(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [midRanks(a), midRanks(b)]
  const mean = (x.length - 1) / 2
  const sum = (f: (i: number) => number) => x.reduce((total, _, i) => total + f(i), 0)
  const product = sum((i) => ((x[i] as number) - mean) * ((y[i] as number) - mean))
  const square = (of: readonly number[]) => sum((i) => ((of[i] as number) - mean) ** 2)
  return product / Math.sqrt(square(x) * square(y))
}

describe.skipIf(!haveRealData)(`closeness on SQuALITY${haveRealData ? '' : ` (skipped: ${withoutRealData})`}`, () => {
  const all = haveRealData ? items() : []
  const nearest = (measure: (text: string, reference: string) => number, of: readonly Item[]) =>
    of.map(({ output, references }) => Math.max(...references.map(({ text }) => measure(output, text))))

  it('follows experts over people and machines, and much less among machines', () => {
    const machines = all.filter(({ system }) => system !== 'human')
    expect([all.length, machines.length]).toEqual([300, 200])
    const found: Record<string, number[]> = {}
    for (const [name, measure] of [
      ['chrf', chrf2],
      ['token-f1', tokenF1],
    ] as const) {
      for (const dimension of ['overall', 'coverage', 'correctness']) {
        const given = means(dimension)
        const rho = (of: readonly Item[]) =>
          spearman(
            nearest(measure, of),
            of.map(({ item }) => given.get(item) as number),
          )
        found[`${name} ${dimension}`] = [rho(all), rho(machines)].map((value) => Math.round(value * 100) / 100)
      }
    }
    expect(found).toMatchInlineSnapshot(`
      {
        "chrf correctness": [
          0.49,
          0.09,
        ],
        "chrf coverage": [
          0.57,
          0.23,
        ],
        "chrf overall": [
          0.55,
          0.21,
        ],
        "token-f1 correctness": [
          0.52,
          0.26,
        ],
        "token-f1 coverage": [
          0.55,
          0.3,
        ],
        "token-f1 overall": [
          0.54,
          0.29,
        ],
      }
    `)
  }, 60_000)
})
