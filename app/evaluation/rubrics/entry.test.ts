import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factualQa } from '#db/seed/rubrics/factual-qa.ts'
import { contentHashOf } from './content.ts'
import { contentOf, emptyContent, entryOf, type RubricEntry, type Step, stepIn, stepped } from './entry.ts'
import { faultsOfContent } from './faults.ts'

const following = (entry: RubricEntry, ...steps: string[]): RubricEntry =>
  steps.reduce((now, said) => stepped(now, stepIn(said) as Step), entry)
const start = entryOf(factualQa)
const keys = (entry: RubricEntry) => entry.dimensions.map(({ key }) => key)
const scale = (entry: RubricEntry, at = 0) => contentOf(entry).dimensions[at]?.levels.map(({ value }) => value)

describe('a draft in the editor', () => {
  it('is stored as it was read where nothing was typed', () => {
    expect(contentHashOf(contentOf(start))).toBe(contentHashOf(factualQa))
  })

  it('tidies what was typed', () => {
    const [first] = start.dimensions
    if (!first) throw new Error('empty')
    const typed = { ...first, name: ' A \n name ', weight: '0,5', description: 'x\r\ny ', rationale: '' }
    typed.levels = first.levels.map((level) => ({ ...level, examples: [' ', 'An example. '] }))
    const [content] = contentOf({ dimensions: [typed] }).dimensions
    expect(content).toMatchObject({ name: 'A name', weight: 0.5, description: 'x\ny', rationaleAtOrBelow: null })
    expect(content?.levels[0]?.examples).toEqual(['An example.'])
  })

  it('moves, adds and removes dimensions, and keeps what stands in the others', () => {
    expect(keys(following(start, 'down:0'))).toEqual([
      'groundedness',
      'accuracy',
      'completeness',
      'conciseness',
      'uncertainty',
    ])
    expect(keys(following(start, 'up:0', 'down:4'))).toEqual(keys(start))
    expect(keys(following(start, 'remove-dimension:1', 'add-dimension'))).toEqual([
      'accuracy',
      'completeness',
      'conciseness',
      'uncertainty',
      '',
    ])
    expect(following(start, 'up:3').dimensions[2]).toBe(start.dimensions[3])
  })

  it('adds and removes levels at the ends without renumbering the others', () => {
    expect(scale(following(start, 'add-highest:0'))).toEqual([1, 2, 3, 4, 5])
    expect(scale(following(start, 'add-lowest:0', 'remove-highest:0'))).toEqual([0, 1, 2, 3])
    expect(scale(following(start, 'remove-lowest:0', 'remove-lowest:0', 'remove-lowest:0'))).toEqual([3, 4])
    const lowest = contentOf(following(start, 'remove-lowest:0', 'remove-lowest:0')).dimensions[0]
    expect(lowest?.rationaleAtOrBelow).toBeNull()
    const anchors = contentOf(following(start, 'add-lowest:0')).dimensions[0]?.levels.map(({ anchor }) => anchor)
    expect(anchors?.slice(1)).toEqual(factualQa.dimensions[0]?.levels.map(({ anchor }) => anchor))
  })

  it('makes a key of a new dimension from its name, unlike all others', () => {
    const named = following(start, 'add-dimension', 'add-dimension')
    for (const one of named.dimensions.slice(5)) one.name = 'Äußere Form'
    expect(
      contentOf(named)
        .dimensions.slice(5)
        .map(({ key }) => key),
    ).toEqual(['au-ere-form', 'au-ere-form-2'])
  })

  it('starts a new rubric with one dimension on four levels, all still to be written', () => {
    const faults = faultsOfContent(emptyContent())
    expect(faults.every(({ gap }) => gap)).toBe(true)
    expect(faults.map(({ path }) => path)).toEqual([
      'dimensions.0.name',
      ...[0, 1, 2, 3].map((level) => `dimensions.0.levels.${level}.anchor`),
    ])
  })

  it('can be stored after any steps, and has rows that differ', () => {
    const step = fc
      .tuple(
        fc.constantFrom(
          'add-dimension',
          'remove-dimension',
          'up',
          'down',
          'add-highest',
          'add-lowest',
          'remove-highest',
          'remove-lowest',
          'add-example',
        ),
        fc.integer({ min: -1, max: 7 }),
        fc.integer({ min: 0, max: 4 }),
      )
      .map((parts) => parts.join(':'))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const entry = following(start, ...steps)
        const rows = entry.dimensions.flatMap(({ row, levels }) => [row, ...levels.map((level) => level.row)])
        expect(new Set(rows).size).toBe(rows.length)
        const faults = faultsOfContent(contentOf(entry)).filter(({ gap }) => !gap)
        expect(faults.map(({ path }) => path)).toEqual(entry.dimensions.length === 0 ? ['dimensions'] : [])
      }),
    )
  })

  it('knows no other steps', () => {
    expect(stepIn('save')).toBeNull()
    expect(stepIn('up:x')).toBeNull()
    expect(stepped(start, { name: 'up', dimension: 99, level: 0 })).toBe(start)
  })
})
