import { describe, expect, it } from 'vitest'
import { mixed } from './mixed.ts'

async function* pagesOf(values: readonly string[], size: number): AsyncGenerator<string[]> {
  for (let start = 0; start < values.length; start += size) yield values.slice(start, start + size)
}

async function all(count: number, others: number, size = 4): Promise<string[]> {
  const values = Array.from({ length: count }, () => 'v')
  const out: string[] = []
  const make = { value: (value: string) => value, other: (other: string) => other }
  const strewn = mixed(
    pagesOf(values, size),
    count,
    Array.from({ length: others }, (_, i) => `o${i}`),
    make,
  )
  for await (const page of strewn) out.push(...page)
  return out
}

describe('mixed', () => {
  it('keeps all of both kinds', async () => {
    const out = await all(11, 5)
    expect(out.filter((one) => one === 'v')).toHaveLength(11)
    expect(new Set(out.filter((one) => one !== 'v')).size).toBe(5)
    expect(await all(0, 2)).toHaveLength(2)
    expect(await all(3, 0)).toEqual(['v', 'v', 'v'])
  })

  it('puts the others anywhere, each place as likely as any other', async () => {
    const places = Array.from({ length: 6 }, () => 0)
    for (let i = 0; i < 3_000; i++) {
      const out = await all(5, 1, 2)
      const place = out.indexOf('o0')
      places[place] = (places[place] ?? 0) + 1
    }
    // 500 expected at each of the six places; six standard deviations are 123.
    for (const n of places) expect(Math.abs(n - 500)).toBeLessThan(124)
  })
})
