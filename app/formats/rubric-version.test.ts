import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withPulled } from './pulled-line.ts'
import { readRubricVersion } from './read-rubric-version.ts'
import type { RubricVersionFile } from './rubric-version.ts'
import { writeRubricVersion } from './write-rubric-version.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string) => readRubricVersion(bytes(text))

const storable = (text: string) => !text.includes('\0') && !/\p{Surrogate}/u.test(text)
const text = fc
  .oneof(
    fc.lorem({ maxCount: 60 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(fc.constantFrom(' ', '\n', '\t', 'a', '# b', '- c', ': ', '...', '---', "'", '"', '\r', '\\', 'word '), {
        maxLength: 60,
      })
      .map((parts) => parts.join('')),
    fc.constantFrom(
      '',
      'yes',
      'null',
      '~',
      '1',
      '1e3',
      '0x1f',
      '2026-11-24',
      '=',
      '<<',
      '|',
      '>',
      '{a: b}',
      '*x',
      '&x',
      '!x',
    ),
  )
  .filter(storable)
const key = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,20}$/)

const file: fc.Arbitrary<RubricVersionFile> = fc.record(
  {
    rubric: key,
    name: text,
    version: fc.integer({ min: 1, max: 500 }),
    state: fc.constantFrom('draft' as const, 'published' as const, 'retired' as const),
    based_on: fc.option(fc.integer({ min: 1, max: 500 }), { nil: null }),
    pulled: fc.stringMatching(/^[0-9a-f]{16}$/),
    change_note: text,
    dimensions: fc.array(
      fc.record({
        key,
        name: text,
        description: text,
        weight: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        rationale_at_or_below: fc.option(fc.integer({ min: -5, max: 9 }), { nil: null }),
        levels: fc.array(
          fc.record({
            value: fc.integer({ min: -9, max: 9 }),
            label: text,
            anchor: text,
            examples: fc.array(text, { maxLength: 3 }),
          }),
          { maxLength: 4 },
        ),
      }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['rubric', 'name', 'version', 'state', 'based_on', 'change_note', 'dimensions'] },
)

describe('a version of a rubric as a file', () => {
  it('is read back to the last letter, and written in the same bytes again', () => {
    fc.assert(
      fc.property(file, (value) => {
        const written = writeRubricVersion(value)
        const back = read(written)
        expect(back).toMatchObject({ file: value })
        if ('file' in back) expect(writeRubricVersion(back.file)).toBe(written)
      }),
      { numRuns: 600 },
    )
  })

  it('can be read by people: long texts are folded, lines kept, and what says nothing is left out', () => {
    const anchor = `${'Every statement is true and carries the conditions it needs. '.repeat(3)}End.`
    const levels = [
      { value: 1, label: 'Low', anchor: 'Wrong.', examples: ['Two\nlines'] },
      { value: 2, label: '', anchor, examples: [] },
    ]
    const dimension = { key: 'truth', name: 'Truth', description: '', weight: 1, rationale_at_or_below: 1, levels }
    expect(
      writeRubricVersion({
        rubric: 'qa',
        name: 'Answers',
        version: 1,
        state: 'published',
        based_on: null,
        change_note: 'First version.',
        dimensions: [dimension],
      }),
    ).toBe(`# A published rubric version, to be read and compared: it never changes. Format: docs/rubric-files.md

rubric: qa
name: Answers
version: 1
state: published
change_note: First version.
dimensions:
  - key: truth
    name: Truth
    rationale_at_or_below: 1
    levels:
      - value: 1
        label: Low
        anchor: Wrong.
        examples:
          - |-
            Two
            lines
      - value: 2
        anchor: >-
          Every statement is true and carries the conditions it needs. Every statement is true and
          carries the conditions it needs. Every statement is true and carries the conditions it
          needs. End.
`)
  })
})

const GOOD = `# mine
rubric: qa
name: Answers # kept
version: 2
state: draft
dimensions:
  - key: truth
    name: Truth
    levels:
      - {value: 1, anchor: a}
      - {value: 2, anchor: b}
`

/** A billion laughs: eight lines that stand for millions. */
const LAUGHS = `${GOOD}a: &a [${'x,'.repeat(10)}]\n${[...'bcdefg']
  .map((name, i) => `${name}: &${name} [${`*${'abcdef'[i]},`.repeat(10)}]`)
  .join('\n')}\n`

describe('what is wrong with a file', () => {
  it.each([
    ['rubric: [qa\nname: x', { line: 2, field: null, reason: expect.stringContaining('is not YAML') }],
    [
      GOOD.replace('value: 2', 'value: two'),
      { line: 11, field: 'dimensions[0].levels[1].value', reason: 'must be a number, but is “two”' },
    ],
    [GOOD.replace('    name: Truth\n', ''), { line: 7, field: 'dimensions[0].name', reason: 'is missing' }],
    [
      GOOD.replace('state: draft', 'state: done'),
      { line: 5, field: 'state', reason: expect.stringContaining('“draft” or') },
    ],
    [
      GOOD.replace('rubric: qa', 'rubric: two words'),
      { line: 2, field: 'rubric', reason: expect.stringContaining('64 letters') },
    ],
    [GOOD.replace('name: Answers', 'nom: Answers'), { line: 3, field: null, reason: expect.stringContaining('“nom”') }],
    [`${GOOD}name: twice\n`, { line: 12, field: null, reason: expect.stringContaining('is not YAML') }],
    ['- a\n- b\n', { line: null, field: null, reason: expect.stringContaining('must be an object') }],
    ['', { line: null, field: null, reason: expect.stringContaining('must be an object') }],
    [`${GOOD}---\n${GOOD}`, { line: 12, field: null, reason: 'holds several documents (“---”): a file has one' }],
    [`${GOOD}__proto__: {weight: 1}\n`, { line: 12, field: null, reason: expect.stringContaining('“__proto__”') }],
    [LAUGHS, { line: null, field: null, reason: expect.stringContaining('refers to its own parts') }],
  ])('is told with its line and field: %#', (content, fault) => {
    const back = read(content)
    expect('errors' in back ? back.errors : []).toContainEqual(fault)
  })

  it('is told once and not a thousand times where brackets never end', () => {
    const back = read(`${GOOD}deep: ${'['.repeat(20_000)}`)
    const errors = 'errors' in back ? back.errors : []
    expect(errors.length).toBeLessThanOrEqual(20)
    expect(errors[0]?.reason).toMatch(/^is (not YAML|nested more deeply)/)
  })

  it('includes bytes that are no text', () => {
    expect(readRubricVersion(new Uint8Array([0xff, 0xfe]))).toEqual({
      errors: [{ line: null, field: null, reason: 'The file is not text in UTF-8.' }],
    })
  })

  it('can be pointed at afterwards', () => {
    const back = read(GOOD)
    if (!('file' in back)) throw new Error('unread')
    expect(back.lineOf(['dimensions', 0, 'levels', 1, 'anchor'])).toBe(11)
    expect(back.lineOf(['dimensions', 0, 'weight'])).toBe(7)
    expect(back.lineOf([])).toBeNull()
  })
})

describe('the line that says what was pulled', () => {
  it('is put in or replaced, and nothing else is touched', () => {
    const once = withPulled(GOOD, '1234567812345678')
    expect(once).toBe(GOOD.replace('rubric: qa', 'pulled: "1234567812345678"\nrubric: qa'))
    expect(withPulled(once, 'abcdef0123456789')).toBe(once.replace('"1234567812345678"', 'abcdef0123456789'))
    expect(read(once)).toMatchObject({ file: { pulled: '1234567812345678' } })
  })
})
