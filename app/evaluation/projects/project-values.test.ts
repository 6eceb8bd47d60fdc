import { describe, expect, it } from 'vitest'
import { Problem } from '../problem.ts'
import { type EnteredProject, linesOf, projectValues, slugFrom } from './project-values.ts'

const entered = (over: Partial<EnteredProject> = {}): EnteredProject => ({
  name: '  Member  handbook ',
  slug: '',
  description: '',
  categories: 'factual lookup\r\n\n  edge   case ',
  userSegments: 'novice',
  ...over,
})

const fieldsOf = (over: Partial<EnteredProject>): Record<string, string> => {
  try {
    projectValues(entered(over))
  } catch (error) {
    if (error instanceof Problem) return error.fields
  }
  return {}
}

describe('projectValues', () => {
  it('tidies what was entered and makes the address from the name', () => {
    expect(projectValues(entered())).toEqual({
      name: 'Member handbook',
      slug: 'member-handbook',
      description: '',
      categories: ['factual lookup', 'edge case'],
      userSegments: ['novice'],
    })
  })

  it.each([
    [{ name: ' ' }, 'projectName'],
    [{ name: 'x'.repeat(81) }, 'projectName'],
    [{ name: '医療' }, 'slug'],
    [{ slug: 'Two Words' }, 'slug'],
    [{ slug: '-edge' }, 'slug'],
    [{ slug: 'a--b' }, 'slug'],
    [{ slug: 'a/b' }, 'slug'],
    [{ slug: 'x'.repeat(49) }, 'slug'],
    [{ description: 'x'.repeat(2001) }, 'description'],
    [{ categories: ' \n ' }, 'categories'],
    [{ categories: 'Refusal\nrefusal' }, 'categories'],
    [{ userSegments: 'x'.repeat(61) }, 'userSegments'],
    [{ userSegments: Array.from({ length: 41 }, (_, i) => `s${i}`).join('\n') }, 'userSegments'],
  ])('refuses %j in %s alone', (over, field) => {
    expect(Object.keys(fieldsOf(over))).toContain(field)
  })

  it('says everything that is wrong at once', () => {
    expect(Object.keys(fieldsOf({ name: '', slug: '', categories: '', userSegments: '' }))).toEqual([
      'projectName',
      'slug',
      'categories',
      'userSegments',
    ])
  })
})

describe('slugFrom', () => {
  it.each([
    ['Zürich, Q&A', 'zurich-q-a'],
    ['--a--', 'a'],
    [`${'ab '.repeat(30)}`, 'ab-'.repeat(16).slice(0, 47)],
  ])('makes of %s %s', (name, slug) => {
    expect(slugFrom(name)).toBe(slug)
  })
})

describe('linesOf', () => {
  it('keeps the order', () => {
    expect(linesOf('b\na\n')).toEqual(['b', 'a'])
  })
})
