import { createContext, Script } from 'node:vm'
import { Problem } from '#app/evaluation/problem.ts'
import type { RuleTarget } from '#db/schema/traces.ts'
import { compiled, type Examined, type RuleValues } from './rule.ts'

/** The first rule of each target that fits a trace, by its place in the list; null where none does. */
export type Fit = Record<RuleTarget, number | null>

const PATIENCE_MS = 1_500
const NO_MORE = createContext({})
const DO = new Script('work()')

/**
 * Asks rules of traces, the first of each target counting.
 *
 * A pattern can be written so that it takes for ever; the engine's clock stops it, which it looks at while it backtracks.
 *
 * @throws Problem `invalid` for a pattern that is none, or takes too long
 */
export function fits(rules: readonly RuleValues[], traces: readonly Examined[]): Fit[] {
  const ready = rules.map((rule, i) => ({ target: rule.target, fitsTo: readied(rule, i) }))
  let at = 0
  const first = (trace: Examined, target: RuleTarget): number | null => {
    const found = ready.findIndex((rule, i) => {
      if (rule.target !== target) return false
      at = i
      return rule.fitsTo(trace)
    })
    return found < 0 ? null : found
  }
  let made: Fit[] = []
  const work = () => {
    made = traces.map((trace) => ({ category: first(trace, 'category'), userSegment: first(trace, 'userSegment') }))
  }
  Object.assign(NO_MORE, { work })
  try {
    DO.runInContext(NO_MORE, { timeout: PATIENCE_MS })
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    throw new Problem(
      'invalid',
      `The pattern of rule ${at + 1} takes too long on some traces. Write it without a repetition within a repetition.`,
      { code: 'slow-pattern', fields: { [`${at}.pattern`]: 'Takes too long.' } },
    )
  } finally {
    Object.assign(NO_MORE, { work: null })
  }
  return made
}

function readied(rule: RuleValues, i: number): (trace: Examined) => boolean {
  try {
    return compiled(rule)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Problem('invalid', `The pattern of rule ${i + 1} is no regular expression.`, {
      fields: { [`${i}.pattern`]: error.message },
    })
  }
}
