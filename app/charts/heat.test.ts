import { describe, expect, it } from 'vitest'
import { type HeatPair, heatOf, orderByMean } from './heat.server.ts'

const pair = (first: string, second: string, value: number | null, n = 30): HeatPair => ({
  first,
  second,
  value,
  n,
  few: n < 10,
})
const BOUNDS = [0.4, 0.667, 0.8]

describe('the heat map', () => {
  it('is a triangle in blocks, in which a pair is found whichever way round it was given', () => {
    const heat = heatOf([pair('b', 'a', 0.82), pair('a', 'c', 0.3), pair('c', 'b', 0.667)], [['a', 'b'], ['c']], BOUNDS)
    expect(heat.columns).toEqual(['a', 'b'])
    expect(heat.blocks).toEqual([
      [{ row: 'b', cells: [{ value: 0.82, n: 30, level: 4 }] }],
      [
        {
          row: 'c',
          cells: [
            { value: 0.3, n: 30, level: 1 },
            { value: 0.667, n: 30, level: 3 },
          ],
        },
      ],
    ])
  })

  it('does not colour what rests on too little, and leaves a gap where there is nothing', () => {
    const heat = heatOf([pair('a', 'b', 0.9, 4), pair('b', 'c', null)], [['a', 'b', 'c']], BOUNDS)
    expect(heat.blocks[0]).toEqual([
      { row: 'b', cells: [{ value: 0.9, n: 4, level: null }] },
      { row: 'c', cells: [null, { value: null, n: 30, level: null }] },
    ])
  })

  it('orders names by their mean, those without a value last', () => {
    expect(orderByMean([pair('a', 'b', 0.2), pair('b', 'c', 0.9), pair('a', 'd', null)], ['d', 'a', 'b', 'c'])).toEqual(
      ['c', 'b', 'a', 'd'],
    )
  })
})
