import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { csvLine, exactCsvLine } from './write-csv.ts'

it('writes cells that a reader of CSV gets back as they were', () => {
  const cells = ['plain', 'a, b', 'say "no"', 'two\nlines', ' edge ', '', '=1+1']
  expect(parse(exactCsvLine(cells))).toEqual([cells])
  expect(exactCsvLine([1.5, null, true, 'x'])).toBe('1.5,,true,x\r\n')
})

it('writes no cell that a spreadsheet would run', () => {
  const cells = ['=HYPERLINK("http://x","y")', '+1+1', '-1+cmd|x', '@SUM(1)', '\t=1', '-0.35', -0.35, 'a=b']
  expect(parse(csvLine(cells))).toEqual([
    ['\'=HYPERLINK("http://x","y")', "'+1+1", "'-1+cmd|x", "'@SUM(1)", "'\t=1", '-0.35', '-0.35', 'a=b'],
  ])
})
