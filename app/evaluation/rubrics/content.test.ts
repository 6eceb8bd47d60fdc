import { describe, expect, it } from 'vitest'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import { memberAnswers } from '#db/seed/rubrics/member-answers.ts'
import { checkContent, contentHashOf, type DimensionContent, type RubricContent } from './content.ts'

const scale = (...values: number[]) => values.map((value) => ({ value, anchor: `Level ${value}` }))
const rubric = (...dimensions: Partial<DimensionContent>[]): RubricContent => ({
  dimensions: dimensions.map((dimension, i) => ({
    key: `d${i}`,
    name: `D ${i}`,
    levels: scale(1, 2, 3),
    ...dimension,
  })),
})

describe('the content of a rubric', () => {
  it('may have 2 to 10 consecutive integers as levels, from wherever they start', () => {
    for (const levels of [scale(0, 1), scale(-1, 0, 1), scale(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)])
      expect(() => checkContent(rubric({ levels }))).not.toThrow()
    for (const levels of [scale(1), scale(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), scale(1, 3), scale(2, 1), scale(0.5, 1.5)])
      expect(() => checkContent(rubric({ levels }))).toThrow(
        /Dimension "d0": its levels|Dimension "d0": it needs 2 to 10/,
      )
  })

  it.each([
    [rubric(), /at least one dimension/],
    [rubric({ key: 'a' }, { key: 'a' }), /"a": this key is used twice/],
    [rubric({ key: 'two words' }), /"two words": its key/],
    [rubric({ name: ' ' }), /needs a name/],
    [rubric({ weight: 0 }), /weight must be more than 0/],
    [
      rubric({
        levels: [
          { value: 1, anchor: 'x' },
          { value: 2, anchor: ' ' },
        ],
      }),
      /level 2 needs an anchor/,
    ],
    [rubric({ rationaleAtOrBelow: 7 }), /at or below 7, which is not one of its levels/],
  ])('refuses %#', (content, message) => {
    expect(() => checkContent(content)).toThrow(message)
  })

  it('has the same hash however what is left out is spelled, and another one for any other word', () => {
    const short = rubric({ key: 'a' })
    const long = rubric({
      key: 'a',
      description: '',
      weight: 1,
      rationaleAtOrBelow: null,
      levels: scale(1, 2, 3).map((level) => ({ ...level, label: '', examples: [] })),
    })
    expect(contentHashOf(long)).toBe(contentHashOf(short))
    const others = [
      rubric({ key: 'a', name: 'Other' }),
      rubric({ key: 'a', weight: 2 }),
      rubric({ key: 'a', rationaleAtOrBelow: 1 }),
      rubric({ key: 'a', levels: scale(1, 2, 3, 4) }),
    ]
    expect(new Set([short, ...others].map(contentHashOf)).size).toBe(5)
  })

  it.each([factualQa, memberAnswers])('of $name is five dimensions on four anchored levels', (starter) => {
    expect(() => checkContent(starter)).not.toThrow()
    expect(starter.dimensions.map(({ key }) => key)).toEqual([
      'accuracy',
      'groundedness',
      'completeness',
      'conciseness',
      'uncertainty',
    ])
    for (const { levels } of starter.dimensions) expect(levels.map(({ value }) => value)).toEqual([1, 2, 3, 4])
    expect(starter.dimensions.map(({ rationaleAtOrBelow }) => rationaleAtOrBelow)).toEqual([2, 2, null, null, null])
  })
})
