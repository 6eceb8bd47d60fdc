import type { Part } from '#app/stats/drift/decomposition/decompose.ts'
import type { Reason } from '#app/stats/drift/decomposition/separable.ts'
import { CAUSES, type Cause } from '#app/stats/drift/decomposition/two-periods.ts'
import { reasonInWords } from '#app/stats/drift/report/reason-in-words.ts'
import { capital, listed, whole } from '../figure.ts'
import type { DimensionFindings, DriftFindings } from './findings.ts'

/** What is known of a cause beside its size, for naming it. */
export type CauseContext = {
  /** The versions that live items of the later period were rated under and those of the earlier one were not. */
  newVersions: number[]
  /** Systems whose answers were judged in both periods, by name; empty where they are the same. */
  systems: { before: string[]; after: string[] } | null
  /** Names of the raters who changed most in the direction of the part. */
  changed: string[]
}

/** Every cause as the label of a row. */
export function causeLabel(cause: Cause, { newVersions }: Pick<CauseContext, 'newVersions'>): string {
  switch (cause) {
    case 'mix':
      return 'The mix of cases'
    case 'pool':
      return 'Who rated'
    case 'individual':
      return 'Single raters changed'
    case 'panel':
      return 'The panel reads it differently'
    case 'version':
      return newVersions.length === 1 ? `The rubric’s version ${newVersions[0]}` : 'The rubric’s version'
    case 'model':
      return 'The model'
  }
}

/** Every cause within a sentence. */
export function causeNoun(cause: Cause, { newVersions, systems, changed }: CauseContext): string {
  switch (cause) {
    case 'mix':
      return 'the mix of cases'
    case 'pool':
      return 'who rated'
    case 'individual':
      return changed.length === 0 ? 'single raters who changed' : `${listed(changed)}, who changed`
    case 'panel':
      return 'the panel'
    case 'version':
      return newVersions.length === 0
        ? 'the rubric’s version'
        : `version ${listed(newVersions.map(String))} of the rubric`
    case 'model':
      return systems === null ? 'the model' : `the model (${listed(systems.after)} after ${listed(systems.before)})`
  }
}

/** Every cause in a list of several. */
function causeInList(cause: Cause, { newVersions }: Pick<CauseContext, 'newVersions'>): string {
  if (cause === 'version') return newVersions.length === 1 ? `version ${newVersions[0]}` : 'the rubric’s version'
  return causeNoun(cause, { newVersions, systems: null, changed: [] }).replace(' who changed', '')
}

/** A part's row: one cause, or several that cannot be told apart. */
export function partLabel({ causes }: Part, context: Pick<CauseContext, 'newVersions'>): string {
  const [only] = causes
  if (only !== undefined && causes.length === 1) return causeLabel(only, context)
  return capital(listed(causes.map((cause) => causeInList(cause, context))))
}

/** Why the causes of a part come as one, and what would part them. */
export function whyTogether({ reasons }: Part, { raters, segments, versions }: PartNames): string[] {
  return [...new Set(reasons.map((reason) => reasonOf(reason, { raters, segments, versions })))]
}

/** So many names can be read in a sentence. */
const NAMED = 2

function reasonOf(reason: Reason, names: PartNames): string {
  if (reason.kind === 'segments-in-one-period' && reason.segments.length > NAMED)
    return `${whole(reason.segments.length)} segments have live items in one of the periods only`
  if (reason.kind === 'unlinked-raters' && reason.raters.length > NAMED)
    return `${whole(reason.raters.length)} raters rated no item together with the others; give them shared items`
  return reasonInWords(reason, names)
}

export type PartNames = { raters: readonly string[]; segments: readonly string[]; versions: readonly string[] }

/** The names that a part's reasons use, in the numbering of a dimension. */
export const partNames = (
  { segments }: DriftFindings,
  { versions }: DimensionFindings,
  raters: readonly string[],
): PartNames => ({
  raters,
  segments: segments.map(segmentName),
  versions: versions.map(({ number }) => `version ${number}`),
})

export const segmentName = ({ category, userSegment }: { category: string; userSegment: string }): string =>
  userSegment === '' ? category : `${category} × ${userSegment}`

/** The order in which causes are drawn: those of the raters, of the rubric, of the cases, of the model. */
const DRAWN: readonly Cause[] = ['pool', 'individual', 'panel', 'version', 'mix', 'model']

/** Parts in the order in which they are drawn; one that cannot be, such as the version where there is only one, is left out. */
export const drawnOrder = (parts: readonly Part[]): Part[] =>
  parts.filter(({ estimate, se }) => estimate !== 0 || se !== 0).sort((a, b) => placeOf(a) - placeOf(b))

const placeOf = ({ causes }: Part): number => Math.min(...causes.map((cause) => DRAWN.indexOf(cause)))

/** The causes that lie with the raters. */
export const OF_RATERS: readonly Cause[] = CAUSES.filter((cause) => ['pool', 'individual', 'panel'].includes(cause))
