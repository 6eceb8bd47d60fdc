import { describe, expect, it } from 'vitest'
import { dimension } from '#tests/support/shown.ts'
import { anchorsFor } from './anchors.ts'

const scale = (values: readonly number[]) => ({
  name: 'Rubric',
  version: 1,
  dimensions: [dimension('tone', { levels: values.map((value) => ({ value, label: '', anchor: `Level ${value}` })) })],
})

const values = (quality: 'high' | 'borderline', of: readonly number[]) =>
  anchorsFor(quality, scale(of))[0]?.levels.map(({ value }) => value)

describe('anchorsFor', () => {
  it('is the top level for what good looks like, on any scale', () => {
    expect(values('high', [1, 2, 3, 4])).toEqual([4])
    expect(values('high', [0, 1])).toEqual([1])
  })

  it('is the passing levels for the least that is acceptable', () => {
    expect(values('borderline', [1, 2, 3, 4])).toEqual([2, 3])
    expect(values('borderline', [1, 2, 3, 4, 5, 6, 7])).toEqual([3, 4, 5])
    expect(values('borderline', [0, 1, 2])).toEqual([1])
    expect(values('borderline', [0, 1])).toEqual([1])
  })
})
