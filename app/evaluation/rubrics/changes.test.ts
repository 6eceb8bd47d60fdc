import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import { bridgeOf, changesBetween, KINDS } from './changes.ts'
import { bridgeInWords, kindsInWords } from './changes-words.ts'
import type { DimensionContent, RubricContent } from './content.ts'

const base: RubricContent = {
  dimensions: ['truth', 'tone', 'length'].map((key) => ({
    key,
    name: key.toUpperCase(),
    description: `About ${key}.`,
    levels: [1, 2, 3].map((value) => ({ value, label: `L${value}`, anchor: `Anchor ${value}.`, examples: ['One.'] })),
  })),
}

/** The base with its first dimension changed. */
const with1 = (change: Partial<DimensionContent>): RubricContent => ({
  dimensions: base.dimensions.map((one, i) => (i === 0 ? { ...one, ...change } : one)),
})
const levels = base.dimensions[0]?.levels ?? []
const level = (n: number, change: object) =>
  with1({ levels: levels.map((one, i) => (i === n ? { ...one, ...change } : one)) })
const picked = (...keys: string[]): RubricContent => ({
  dimensions: keys.map((key) => base.dimensions.find((one) => one.key === key) ?? { ...levels0, key, name: key }),
})
const levels0 = { key: '', name: '', levels }

describe('what changed between two versions', () => {
  it.each([
    [level(0, { anchor: 'Other.' }), ['anchor'], 'asked'],
    [level(0, { label: 'Other' }), ['label'], 'asked'],
    [with1({ description: 'Other.' }), ['description'], 'asked'],
    [with1({ levels: [...levels, { value: 4, anchor: 'New.' }] }), ['levels'], 'asked'],
    [with1({ levels: levels.slice(1) }), ['levels'], 'asked'],
    [
      with1({ levels: levels.map((one) => ({ ...one, value: one.value - 1 })) }),
      ['levels', 'anchor', 'label'],
      'asked',
    ],
    [with1({ name: 'Other' }), ['name'], 'worth having'],
    [level(2, { examples: [] }), ['examples'], 'worth having'],
    [picked('tone', 'truth', 'length'), ['order'], 'worth having'],
    [with1({ weight: 2 }), ['weight'], 'not needed'],
    [with1({ rationaleAtOrBelow: 1 }), ['rationale'], 'not needed'],
    [level(0, { anchor: 'Anchor  1. ' }), ['spacing'], 'not needed'],
    [level(0, { anchor: 'Anchor one.', label: 'L1', examples: ['Two.'] }), ['anchor', 'examples'], 'asked'],
    [picked('truth', 'tone', 'length', 'depth'), ['added'], 'no past'],
    [picked('tone', 'length'), ['removed'], 'ends'],
  ])('is told by kind, and decides about a bridge: %#', (after, kinds, bridge) => {
    const change = changesBetween(base, after)
    expect(change.kinds).toEqual(kinds)
    expect(change.dimensions.map((one) => one.bridge)).toEqual([bridge])
  })

  it('counts as moved only what left the longest run that kept its order', () => {
    const moved = (...keys: string[]) =>
      changesBetween(base, picked(...keys))
        .dimensions.filter((one) => one.kinds.includes('order'))
        .map(({ key }) => key)
    expect(moved('length', 'truth', 'tone')).toEqual(['length'])
    expect(moved('new', 'truth', 'length')).toEqual([])
    expect(moved('length', 'tone', 'truth')).toHaveLength(2)
  })

  it('names the dimensions to be bridged by key', () => {
    const after = {
      dimensions: [
        { ...(level(1, { anchor: 'Other.' }).dimensions[0] as DimensionContent) },
        { ...(base.dimensions[1] as DimensionContent), name: 'Voice' },
        { ...levels0, key: 'depth', name: 'Depth' },
      ],
    }
    const change = changesBetween(base, after)
    expect(bridgeOf(change)).toEqual({ asked: ['truth'], worthHaving: ['tone'], noPast: ['depth'], ends: ['length'] })
    expect(bridgeInWords(change)).toEqual([
      expect.stringMatching(/^A bridge is asked for on TRUTH: .* its trend is drawn broken/),
      expect.stringMatching(/^A bridge is worth having on Voice/),
      'Depth is new, without a past to be compared with.',
      'LENGTH is no longer judged: its series ends with the earlier version.',
    ])
    expect(kindsInWords(change)).toBe(
      'Dimension added (Depth), dimension removed (LENGTH), anchor reworded (TRUTH) and dimension renamed (Voice).',
    )
  })

  it('is nothing between a version and itself', () => {
    const change = changesBetween(factualQa, factualQa)
    expect(change).toEqual({ dimensions: [], kinds: [] })
    expect(kindsInWords(change)).toBe('Nothing that a rater is told differs.')
    expect(bridgeInWords(change)).toEqual([expect.stringContaining('No bridge is needed')])
  })

  it('is the same whichever way it is read, but for what was added and removed', () => {
    const subset = fc.shuffledSubarray(['truth', 'tone', 'length', 'depth'], { minLength: 1 })
    fc.assert(
      fc.property(subset, subset, (one, other) => {
        const there = changesBetween(picked(...one), picked(...other))
        const back = changesBetween(picked(...other), picked(...one))
        expect(bridgeOf(there).noPast.sort()).toEqual(bridgeOf(back).ends.sort())
        const moved = (change: typeof there) => change.dimensions.filter((d) => d.kinds.includes('order')).length
        expect(moved(there)).toBe(moved(back))
        expect(there.kinds.every((kind) => kind in KINDS)).toBe(true)
      }),
    )
  })
})
