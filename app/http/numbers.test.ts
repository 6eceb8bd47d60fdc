import { describe, expect, it } from 'vitest'
import { percentOf, shareIn, wholeNumberIn } from './numbers.ts'

describe('numbers as they are entered', () => {
  it('are whole, or none', () => {
    expect(wholeNumberIn(' 120 ')).toBe(120)
    for (const text of ['', '1.5', '-2', '1e3', '0x10', '12345678901']) expect(wholeNumberIn(text)).toBeNaN()
  })

  it('are shares in per cent, with or without the sign', () => {
    expect([shareIn('15'), shareIn('12.5 %'), shareIn('12,5%'), shareIn('0')]).toEqual([0.15, 0.125, 0.125, 0])
    for (const text of ['', '%', '-1', '1.2.3', 'ten']) expect(shareIn(text)).toBeNaN()
    expect([percentOf(0.15), percentOf(1 / 7), percentOf(0.34)]).toEqual(['15', '14.29', '34'])
  })
})
