import { drawBinomial } from '../binomial.ts'
import type { Random } from '../random.ts'

/** Writes into `out` how often each group turns up when as many items are drawn, with replacement, as there are. */
export type Resampler = (random: Random, out: Float64Array) => void

/** Up to this many items a group, drawing items one by one is cheaper than one binomial a group. */
const ONE_BY_ONE_UP_TO = 6

/**
 * Bootstrap over items as multinomial draws over groups of equal items. Few large groups: conditional binomials, so that a
 * draw costs the same for a thousand or a million items. Many small groups: item by item. Both are exact.
 *
 * @param sizes items in each group, non-negative integers with a positive sum
 */
export function resampler(sizes: Float64Array): Resampler {
  const items = sizes.reduce((sum, size) => sum + size, 0)
  return items <= ONE_BY_ONE_UP_TO * sizes.length ? oneByOne(sizes, items) : byBinomials(sizes, items)
}

function byBinomials(sizes: Float64Array, items: number): Resampler {
  return (random, out) => {
    let left = items
    let sizeLeft = items
    for (let g = 0; g < sizes.length; g++) {
      const size = sizes[g] as number
      const drawn = drawBinomial(random, left, size / sizeLeft)
      out[g] = drawn
      left -= drawn
      sizeLeft -= size
    }
  }
}

function oneByOne(sizes: Float64Array, items: number): Resampler {
  const owner = new Uint32Array(items)
  let end = 0
  sizes.forEach((size, g) => {
    owner.fill(g, end, end + size)
    end += size
  })
  return (random, out) => {
    out.fill(0)
    for (let drawn = 0; drawn < items; drawn++) {
      const g = owner[Math.floor(random.uniform() * items)] as number
      out[g] = (out[g] as number) + 1
    }
  }
}
