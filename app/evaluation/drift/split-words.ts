import type { Decomposition, Part } from '#app/stats/drift/decomposition/decompose.ts'
import type { Phrase } from '../agreement/words.ts'
import { capital, hundredths, inWords, listed, within } from '../figure.ts'
import { type CauseContext, causeNoun, OF_RATERS } from './causes.ts'
import { between, level, signedPoints, sized } from './spelling.ts'

/** From this share of the change on a part is "most of it". */
const MOST = 0.5
/** A change that rounds to nothing. */
const NOTHING = 0.005

/** Does the part's interval leave out zero? */
export const stands = ({ interval: { low, high } }: Pick<Part, 'interval'>): boolean => low > 0 || high < 0

export type SplitContext = CauseContext & { dimension: string; before: string; after: string }

/** What moved the mean, the largest cause first and how sure; then what the other causes did. */
export function splitInWords(
  change: Decomposition,
  context: SplitContext,
  alarms: readonly string[] = [],
): { headline: Phrase[]; more: string[] } {
  const standing = change.parts.filter(stands).sort((a, b) => Math.abs(b.estimate) - Math.abs(a.estimate))
  const [main, ...others] = standing
  const moved = movedInWords(change, context)
  const [first, ...later] = alarms
  if (main === undefined && first !== undefined)
    return {
      headline: [...moved, { text: ' ' }, { text: first, strong: true }],
      more: [...later, noPartStands(change, context)],
    }
  if (main === undefined)
    return {
      headline: [...moved, { text: ' ' }, { text: 'No cause of that stands out from chance.', strong: true }],
      more: [noPartStands(change, context)],
    }
  // what may be nothing, and may be more than what stands out
  const hidden = change.parts.filter((part) => !stands(part) && Math.abs(part.estimate) > Math.abs(main.estimate))
  const largest: Phrase = {
    text:
      hidden.length > 0
        ? standsOutInWords(main, others.length, context)
        : largestInWords(main, standing, change, context),
    strong: true,
  }
  const still = hidden.length > 0 ? '' : stillInWords(change, main, alarms.length > 0)
  return {
    headline: [...moved, { text: ' ' }, largest, { text: still === '' ? '.' : `; ${still}.` }],
    more: [
      ...others.map((part) => otherInWords(part, change, context)),
      ...hidden.map((part) => hiddenInWords(part, context)),
      ...alarms,
    ],
  }
}

/** "Only the mix of cases stands out from chance: it took 0.10 (0.01 to 0.19)". */
function standsOutInWords({ causes, estimate, interval }: Part, others: number, context: SplitContext): string {
  const noun = partNoun({ causes }, context)
  const size = `${estimate < 0 ? 'took' : 'added'} ${sized(estimate, interval.low, interval.high)}`
  return others > 0 ? `${capital(noun)} ${size}` : `Only ${noun} stands out from chance, and ${size}`
}

/** A part that may be nothing and may be more than the finding. */
function hiddenInWords({ causes, estimate, interval }: Part, context: SplitContext): string {
  return `${capital(partNoun({ causes }, context))} may have done more, ${signedPoints(estimate)}, or nothing (${between(interval.low, interval.high)}).`
}

function movedInWords(
  { before, after, change }: Decomposition,
  { dimension, before: from, after: to }: SplitContext,
): Phrase[] {
  const name = within(dimension)
  const span = `from ${level(before)} in ${from} to ${level(after)} in ${to}`
  if (Math.abs(change) < NOTHING)
    return [{ text: `The mean on ${name} is the same in ${from} and ${to}, ${level(after)}.` }]
  const verb = change < 0 ? 'fell' : 'rose'
  return [{ text: `The mean on ${name} ${verb} by ${hundredths(Math.abs(change))}, ${span}.` }]
}

/** The mean of live items says less than the anchors do: each part's interval holds zero. */
function noPartStands({ parts }: Decomposition, context: SplitContext): string {
  const [largest] = [...parts].sort((a, b) => Math.abs(b.estimate) - Math.abs(a.estimate))
  if (largest === undefined) return ''
  const { estimate, interval } = largest
  return `In the mean itself no part stands out from chance; the largest, ${partNoun(largest, context)}, is ${signedPoints(estimate)} (${between(interval.low, interval.high)}).`
}

/** "Most of it, 0.25 (0.15 to 0.35), came with version 2 of the rubric". */
function largestInWords(
  main: Part,
  standing: readonly Part[],
  { change }: Decomposition,
  context: SplitContext,
): string {
  const { estimate, interval } = main
  const size = sized(estimate, interval.low, interval.high)
  const cause = cameWith(main, context)
  if (Math.abs(change) < NOTHING || Math.sign(estimate) !== Math.sign(change)) {
    const verb = estimate < 0 ? 'took' : 'added'
    return `${capital(partNoun(main, context))} ${verb} ${size}, which other causes made up for`
  }
  const share = Math.abs(estimate / change)
  if (share > 1.05) return `More than all of it, ${size}, ${cause}`
  if (share >= 0.95 && standing.length === 1) return `All of it, ${size}, ${cause}`
  if (share >= MOST) return `Most of it, ${size}, ${cause}`
  return `The largest part, ${size}, ${cause}`
}

/** What is said of causes that are no part of the finding, as far as the intervals bear it out. */
function stillInWords({ parts }: Decomposition, main: Part, alarmed: boolean): string {
  const others = parts.filter((part) => part !== main)
  const of = (causes: readonly string[]) => others.filter((part) => part.causes.some((cause) => causes.includes(cause)))
  const raters = of(OF_RATERS)
  const quiet: string[] = []
  const ofRatersAlone = raters.every(({ causes }) => causes.every((cause) => OF_RATERS.includes(cause)))
  if (
    !main.causes.some((cause) => OF_RATERS.includes(cause)) &&
    raters.length > 0 &&
    ofRatersAlone &&
    !raters.some(stands) &&
    !alarmed
  )
    quiet.push('raters')
  const [model] = of(['model'])
  if (model !== undefined && model.causes.length === 1 && !stands(model)) quiet.push('model')
  if (quiet.length === 0) return ''
  if (quiet.length === 2) return 'neither the raters nor the model show a measurable change'
  return quiet[0] === 'raters' ? 'the raters show no measurable change' : 'the model shows no measurable change'
}

function otherInWords(part: Part, { change }: Decomposition, context: SplitContext): string {
  const { estimate, interval } = part
  const size = sized(estimate, interval.low, interval.high)
  const same = Math.sign(estimate) === Math.sign(change)
  const verb = estimate < 0 ? 'took' : 'added'
  return `${same ? capital(partNoun(part, context)) : `Against that, ${partNoun(part, context)}`} ${verb} ${size}.`
}

/** "came with version 2 of the rubric". */
function cameWith(part: Part, context: SplitContext): string {
  if (part.causes.length === 1 && part.causes[0] === 'panel')
    return `came with the panel, which reads the rubric more ${part.estimate < 0 ? 'strictly' : 'leniently'}`
  return `came with ${partNoun(part, context)}`
}

/** One cause, or several that cannot be told apart. */
export function partNoun({ causes }: Pick<Part, 'causes'>, context: CauseContext): string {
  const names = causes.map((cause) => causeNoun(cause, context))
  return names.length === 1
    ? (names[0] as string)
    : `${listed(names)}, ${inWords(names.length)} causes that cannot be told apart here`
}
