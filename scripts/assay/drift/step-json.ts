import type { Bridge } from '#app/stats/drift/bridge/bridge.ts'
import type { Decomposition } from '#app/stats/drift/decomposition/decompose.ts'
import { reasonInWords } from '#app/stats/drift/report/reason-in-words.ts'
import type { DriftFile } from './drift-file.ts'
import { intervalJson } from './interval-json.ts'

/** A bridge between two rubric versions. */
export function bridgeJson(versions: readonly string[], from: number, to: number, bridge: Bridge) {
  const { shift, anyRaters, equivalence, levelsAlike, equated } = bridge
  return {
    from: versions[from],
    to: versions[to],
    items: bridge.items,
    raters: bridge.raters,
    pairs: bridge.pairs,
    shift: { estimate: shift.estimate, se: shift.se, ...intervalJson(shift.interval), p: shift.p },
    anyRaters:
      'estimable' in anyRaters
        ? { notEstimable: anyRaters.reason }
        : { se: anyRaters.se, low: anyRaters.low, high: anyRaters.high },
    equivalence: equivalence.estimable
      ? { margin: equivalence.margin, p: equivalence.p, equivalent: equivalence.equivalent }
      : { notEstimable: equivalence.reason },
    transitions: bridge.transitions,
    stuartMaxwell: levelsAlike.estimable
      ? { chiSquare: levelsAlike.chiSquare, df: levelsAlike.df, p: levelsAlike.p }
      : { notEstimable: levelsAlike.reason },
    equated: {
      advised: equated.advised,
      linear: {
        slope: equated.linear.slope,
        intercept: equated.linear.intercept,
        equivalents: equated.linear.equivalents,
      },
      equipercentile: equated.equipercentile.map(({ level, equivalent }) => ({ level, equivalent })),
    },
  }
}

/** The split of the change of the mean; its parts add up to `change`. */
export function changeJson(file: DriftFile, versions: readonly string[], change: Decomposition) {
  return {
    before: change.before,
    after: change.after,
    change: change.change,
    parts: change.parts.map(({ causes, estimate, se, interval, reasons }) => ({
      causes,
      estimate,
      se,
      ...intervalJson(interval),
      ...(causes.length > 1
        ? {
            notSeparable: reasons.map((reason) => reasonInWords(reason, { ...file, versions })),
          }
        : {}),
    })),
    draws: change.draws,
  }
}
