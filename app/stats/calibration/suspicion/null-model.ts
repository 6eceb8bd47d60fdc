import type { Estimated } from '../../estimate.ts'
import type { Random } from '../../random.ts'
import { type Frame, frameOf } from '../frame.ts'
import { fitMarginal, type MarginalFit } from '../marginal/marginal.ts'
import { whyNoFit } from '../refusal.ts'
import type { Scores } from '../scores.ts'
import { drawNormal, drawScores } from '../simulate.ts'
import { levelOffsets } from '../steps.ts'

/** How honest raters differ from the many-facet model, in standard deviations; see docs/methods/calibration.md. */
export interface HonestDeviations {
  /** Of one rater's impression of an item over all its dimensions, in logits. */
  readonly haloSd: number
  /** Of an item's own profile over dimensions, in logits. */
  readonly profileSd: number
  /** Of the log of how sharply a rater tells levels apart. */
  readonly sharpnessSd: number
}

export const USUAL_DEVIATIONS: HonestDeviations = { haloSd: 0.5, profileSd: 0.7, sharpnessSd: 0.15 }

/** Scores as honest raters could have given them: same items, same raters, same design. */
export interface NullModel {
  readonly estimable: true
  /** The scores that take part, grouped by item and rater. */
  readonly frame: Frame
  readonly fit: MarginalFit
  /** The frame with scores drawn afresh. */
  draw(random: Random): Frame
}

/**
 * A parametric bootstrap of honest raters: items from N(0, sd) of the marginal fit, severities and steps as fitted, with halo and
 * item profiles added. Those shrink the logit scale of a fit, so the fitted scale is stretched back by sqrt(1 + .346 s^2), s^2
 * being the variance they add (Zeger, Liang & Albert 1988).
 */
export function nullModel(scores: Scores, deviations: HonestDeviations): Estimated<NullModel> {
  const whole = frameOf(scores, 'partial-credit', 'mml')
  const refusal = whyNoFit(whole, 'partial-credit')
  if (refusal !== null) return refusal
  const frame = compact(whole)
  const fit = fitMarginal(frame)
  if (!fit.estimable) return fit
  const { haloSd, profileSd, sharpnessSd } = deviations
  const stretch = Math.sqrt(1 + 0.346 * (haloSd ** 2 + profileSd ** 2))
  const offsets = levelOffsets(frame.steps, fit.steps).map((offset) => offset * stretch)
  const severity = fit.severity.map((lambda) => lambda * stretch)
  return {
    estimable: true,
    frame,
    fit,
    draw: (random) => {
      const generator = {
        theta: Float64Array.from({ length: scores.itemCount }, () => stretch * fit.sd * drawNormal(random)),
        severity,
        offsets,
        used: frame.steps.used,
        width: frame.width,
        haloSd,
        profileSd,
        sharpness: severity.map(() => Math.exp(sharpnessSd * drawNormal(random))),
      }
      return { ...frame, scores: drawScores(random, frame.scores, generator) }
    },
  }
}

/** The scores that take part, in the order of their items, as a frame of their own. */
function compact(frame: Frame): Frame {
  const { scores, entries } = frame
  const { order, starts } = entries
  const pick = (column: ArrayLike<number>) => (_: number, position: number) =>
    column[order[position] as number] as number
  return {
    ...frame,
    scores: {
      ...scores,
      item: order.map(pick(scores.item)),
      rater: order.map(pick(scores.rater)),
      dimension: Uint8Array.from(order, pick(scores.dimension)),
      level: Uint8Array.from(order, pick(scores.level)),
    },
    taking: { ...frame.taking, takes: new Uint8Array(order.length).fill(1) },
    entries: { order: Uint32Array.from(order.keys()), starts },
  }
}
