import type { Counts, Masked } from './step.ts'

const MOST_EXAMPLES = 5

export type RedactionReport = { kind: string; count: number; traces: number; examples: string[] }[]

/** What was masked in a file: how often, in how many traces, and examples that give nobody away. */
export class Tally {
  readonly #kinds = new Map<string, { count: number; traces: number; examples: Set<string> }>()

  add(counts: Counts, masked: readonly Masked[]): void {
    for (const [kind, count] of Object.entries(counts)) {
      const found = this.#of(kind)
      found.count += count
      found.traces += 1
    }
    for (const { kind, text } of masked) {
      const { examples } = this.#of(kind)
      if (examples.size < MOST_EXAMPLES) examples.add(obscured(text))
    }
  }

  get report(): RedactionReport {
    return [...this.#kinds].map(([kind, { count, traces, examples }]) => ({
      kind,
      count,
      traces,
      examples: [...examples],
    }))
  }

  #of(kind: string) {
    const found = this.#kinds.get(kind) ?? { count: 0, traces: 0, examples: new Set<string>() }
    this.#kinds.set(kind, found)
    return found
  }
}

/** A passage of which only the outline is left: the first letter of each word, and no digit but the last two. */
export function obscured(text: string): string {
  const digits = text.replaceAll(/\D/g, '').length
  if (digits >= 7 && !text.includes('@')) {
    let seen = 0
    return text.replaceAll(/\d/g, (digit) => (++seen > digits - 2 ? digit : '•'))
  }
  return text.replaceAll(/[\p{L}\p{N}]+/gu, (word) => `${word[0]}${'•'.repeat(Math.min(3, word.length - 1))}`)
}

const NAMES: Record<string, [string, string]> = {
  email: ['e-mail address', 'e-mail addresses'],
  card: ['card number', 'card numbers'],
  phone: ['telephone number', 'telephone numbers'],
  name: ['name', 'names'],
}

/** What was masked, in a sentence; null where nothing was. */
export function maskedInWords(report: RedactionReport): string | null {
  if (report.length === 0) return null
  const told = report.map(
    ({ kind, count }) => `${count.toLocaleString('en')} ${NAMES[kind]?.[count === 1 ? 0 : 1] ?? kind}`,
  )
  return `Masked before storing: ${told.join(', ')}.`
}
