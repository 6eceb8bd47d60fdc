import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absorbedDesign, normalEquations } from './absorbed.ts'
import { conjugateSolution } from './conjugate.ts'
import { independence, solverOf } from './independent.ts'

const entry = fc.record({
  item: fc.nat(7),
  first: fc.nat(4),
  second: fc.integer({ min: -1, max: 1 }),
  score: fc.integer({ min: 1, max: 4 }),
})

describe('conjugate gradients', () => {
  it('solve the normal equations, from wherever they begin', () => {
    const weight = fc.double({ min: 0.05, max: 4, noNaN: true })
    fc.assert(
      fc.property(
        // a rater rates an item once: else an unknown could be its item's only one
        fc.uniqueArray(entry, { minLength: 1, maxLength: 40, selector: ({ item, first }) => `${item} ${first}` }),
        fc.array(weight, { minLength: 8, maxLength: 8 }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (entries, some, from) => {
          const design = absorbedDesign({
            itemCount: 8,
            columns: 7,
            item: Uint32Array.from(entries, ({ item }) => item),
            score: Float64Array.from(entries, ({ score }) => score),
            first: (e) => entries[e]?.first ?? 0,
            second: (e) => {
              const also = entries[e]?.second ?? -1
              return also < 0 ? -1 : 5 + also
            },
          })
          const weights = Float64Array.from(some)
          const equations = normalEquations(design, null)
          const { kept } = independence(equations)
          const equal = solverOf(equations, kept)
          const found = conjugateSolution(design, weights, kept, new Float64Array(7).fill(from), equal)
          expect(found).not.toBeNull()
          const { matrix, right } = normalEquations(design, weights)
          let [left, size] = [0, 0]
          for (const row of kept) {
            const own = matrix[row * 7 + row] as number
            let fitted = 0
            for (const column of kept) fitted += (matrix[row * 7 + column] as number) * (found?.[column] ?? 0)
            left += ((right[row] as number) - fitted) ** 2 / own
            size += (right[row] as number) ** 2 / own
          }
          // What is promised is a small residual; the unknowns may be further off where weights nearly cut the raters apart.
          expect(left).toBeLessThanOrEqual(2e-10 * size + 1e-18)
        },
      ),
    )
  })
})
