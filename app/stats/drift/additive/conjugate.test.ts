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

/** Weights by which two measures of the same residual lie apart. */
const UNEVEN: [{ item: number; first: number; second: number; score: number }[], number[], number] = [
  [
    { item: 4, first: 3, second: 1, score: 4 },
    { item: 2, first: 3, second: 1, score: 1 },
    { item: 4, first: 0, second: 0, score: 1 },
    { item: 6, first: 0, second: 1, score: 2 },
    { item: 2, first: 0, second: 1, score: 4 },
    { item: 6, first: 1, second: -1, score: 3 },
    { item: 1, first: 0, second: 1, score: 3 },
    { item: 7, first: 0, second: 0, score: 3 },
    { item: 1, first: 4, second: 1, score: 4 },
    { item: 4, first: 1, second: 0, score: 1 },
    { item: 7, first: 4, second: -1, score: 1 },
  ],
  [
    0.05, 0.0689747084360423, 0.06402963936106998, 0.05, 0.05257149762623998, 0.05, 1.268824561196381,
    0.09596962930154788,
  ],
  0,
]

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
          const residual = new Float64Array(7)
          for (const row of kept) {
            let fitted = 0
            for (const column of kept) fitted += (matrix[row * 7 + column] as number) * (found?.[column] ?? 0)
            residual[row] = (right[row] as number) - fitted
          }
          const sizeOf = (vector: Float64Array) => {
            const solved = new Float64Array(7)
            equal(vector, solved)
            return kept.reduce((sum, c) => sum + (vector[c] as number) * (solved[c] as number), 0)
          }
          // What is promised is a small residual, measured by the equations of equal weights; the unknowns may be further off
          // where weights nearly cut the raters apart.
          expect(sizeOf(residual)).toBeLessThanOrEqual(1.01e-10 * sizeOf(Float64Array.from(right)) + 1e-18)
        },
      ),
      { examples: [UNEVEN] },
    )
  })
})
