import { describe, expect, it } from 'vitest'
import { shortened } from './names.ts'

describe('shortened', () => {
  it('cuts first names to a letter, and columns to the last name', () => {
    expect(shortened(['Beth Marsh', 'Cem van Dam', 'Ada'])).toEqual([
      { name: 'B. Marsh', short: 'Marsh' },
      { name: 'C. van Dam', short: 'Dam' },
      { name: 'Ada', short: 'Ada' },
    ])
  })

  it('tells people of one last name apart, and those whose first letters are the same too', () => {
    expect(shortened(['Beth Marsh', 'Cem Marsh', 'Cora Marsh'])).toEqual([
      { name: 'B. Marsh', short: 'B. Marsh' },
      { name: 'Cem Marsh', short: 'Cem Marsh' },
      { name: 'Cora Marsh', short: 'Cora Marsh' },
    ])
  })

  it('leaves what is no name of a person', () => {
    expect(shortened(['Rater 12', '=1+1 x'])).toEqual([
      { name: 'Rater 12', short: '12' },
      { name: '=1+1 x', short: 'x' },
    ])
  })
})
