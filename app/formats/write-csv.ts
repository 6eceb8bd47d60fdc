/** One cell of a CSV file to be written; null is an empty cell. */
export type Cell = string | number | boolean | null

/** A line of CSV with its line end (RFC 4180): cells in quotes only where they need it. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(spell).join(',')}\r\n`

const spell = (cell: Cell): string => {
  if (cell === null) return ''
  const text = String(cell)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
