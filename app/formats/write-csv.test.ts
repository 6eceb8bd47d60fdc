import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { csvLine } from './write-csv.ts'

it('writes cells that a reader of CSV gets back as they were', () => {
  const cells = ['plain', 'a, b', 'say "no"', 'two\nlines', ' edge ', '']
  expect(parse(csvLine(cells))).toEqual([cells])
  expect(csvLine([1.5, null, true, 'x'])).toBe('1.5,,true,x\r\n')
})
