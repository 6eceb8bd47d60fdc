import type { Reason } from '../decomposition/separable.ts'
import type { DriftNames } from './drift-ratings.ts'

/** Why causes cannot be told apart, and what to do, in words. */
export function reasonInWords(reason: Reason, names: Pick<DriftNames, 'raters' | 'segments' | 'versions'>): string {
  switch (reason.kind) {
    case 'no-anchors':
      return 'no item was rated in both periods; mix in anchors'
    case 'no-bridge':
      return `no item was rated under ${list(reason.versions.map((version) => names.versions[version]))} and another version; run a bridge`
    case 'unlinked-raters': {
      // bridges of other periods bring in strangers, who have no name
      const raters = reason.raters.flatMap((rater) => names.raters[rater] ?? [])
      return `${raters.length === 0 ? 'some raters' : list(raters)} rated no item together with the others; give them shared items`
    }
    case 'segments-in-one-period':
      return `${list(reason.segments.map((segment) => names.segments[segment]))} ${reason.segments.length === 1 ? 'has' : 'have'} live items in one of the periods only; choose periods that both have them, or wider segments`
    case 'few-returning-raters':
      return `${reason.raters === 0 ? 'no rater' : `only ${reason.raters} of the raters`} rated in both periods; it takes 3 to tell one rater from the panel`
  }
}

const list = (names: readonly (string | undefined)[]): string => names.map((name) => name || '(none)').join(', ')
