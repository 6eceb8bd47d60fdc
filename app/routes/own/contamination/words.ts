import type { CaseRisk } from '#app/evaluation/contamination/amounts.ts'
import type { RiskPart } from '#app/evaluation/contamination/risk.ts'

export const n = (count: number): string => count.toLocaleString('en')
export const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
export const risk = (value: number): string => String(Math.round(value))

/** The parts of a risk as they head a column. */
export const PART_LABELS: Record<RiskPart, string> = {
  found: 'Found in files',
  runs: 'Runs',
  changes: 'Versions made since',
  age: 'Days active',
  exposures: 'Exposures',
}

/** An amount as it stands in a table. */
export const amountOf = (part: RiskPart, { amounts }: Pick<CaseRisk, 'amounts'>): string =>
  part === 'found' ? `${Math.round(100 * amounts.found)} %` : n(Math.floor(amounts[part]))
