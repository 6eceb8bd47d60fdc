import { randomInt } from '#app/ambient.ts'
import { shuffled } from '../sample.ts'

/**
 * Pages of values with others strewn among them: every order of the two kinds is as likely as any other, so that neither
 * the order in which items are made nor their ids tell one kind from the other. `count` values come in `pages` in all.
 */
export async function* mixed<A, B, R>(
  pages: AsyncIterable<readonly A[]>,
  count: number,
  others: readonly B[],
  make: { value: (value: A) => R; other: (other: B) => R },
): AsyncGenerator<R[]> {
  const waiting = shuffled(others)
  let rest = count
  for await (const page of pages) {
    const out: R[] = []
    for (const value of page) {
      while (randomInt(Math.max(1, rest + waiting.length)) < waiting.length) {
        const other = waiting.pop()
        if (other !== undefined) out.push(make.other(other))
      }
      out.push(make.value(value))
      rest -= 1
    }
    yield out
  }
  if (waiting.length > 0) yield waiting.map(make.other)
}
