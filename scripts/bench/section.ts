/** What a benchmark found, to be printed and written to docs/benchmarks.md. */
export type Row = { what: string; value: string; goal?: string; met?: boolean }

export type Section = { title: string; how: string; rows: Row[] }

export type Benchmark = { name: string; what: string; run: () => Promise<Section> }

const verdict = ({ goal, met }: Row): string => (goal === undefined ? '' : `${goal}: ${met ? 'met' : 'NOT met'}`)

/** A section as Markdown. */
export function asMarkdown({ title, how, rows }: Section): string {
  const table = rows.map((row) => `| ${row.what} | ${row.value} | ${verdict(row)} |`)
  return [`## ${title}`, '', how, '', '| | measured | goal |', '| --- | --- | --- |', ...table, ''].join('\n')
}

/** A section as lines for a terminal. */
export function asText({ title, rows }: Section): string {
  const wide = Math.max(...rows.map((row) => row.what.length))
  return [`\n${title}`, ...rows.map((row) => `  ${row.what.padEnd(wide)}  ${row.value}  ${verdict(row)}`)].join('\n')
}

const fence = (name: string) => [`<!-- begin ${name} -->`, `<!-- end ${name} -->`] as const

/** Puts a section into the page, in place of the one of the same name or at the end. */
export function intoPage(page: string, name: string, section: Section): string {
  const [begin, end] = fence(name)
  const made = `${begin}\n${asMarkdown(section)}${end}`
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from >= 0 && to > from) return page.slice(0, from) + made + page.slice(to + end.length)
  return `${page.trimEnd()}\n\n${made}\n`
}

/** The value below which the given share of the numbers lies (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}
