/** One cell of a CSV file to be written; null is an empty cell. */
export type Cell = string | number | boolean | null

/**
 * A line of CSV with its line end (RFC 4180), for tables that people open in a spreadsheet: a text that would be taken for a formula
 * there (a question of somebody's, a name) gets an apostrophe in front, which makes it text (OWASP, "CSV Injection").
 */
export const csvLine = (cells: readonly Cell[]): string => exactCsvLine(cells.map(harmless))

/** The same with every text as it is, for files that are read again by programs: cells in quotes only where they need it. */
export const exactCsvLine = (cells: readonly Cell[]): string => `${cells.map(spell).join(',')}\r\n`

const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/

const harmless = (cell: Cell): Cell =>
  typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell

const spell = (cell: Cell): string => {
  if (cell === null) return ''
  const text = String(cell)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
