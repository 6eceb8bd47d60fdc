/** The demo's finished round: every rating drawn by the seeded model of simulate.ts, and marked as simulated. */
import { newId } from '#app/ambient.ts'
import type { DemoResponse } from './demo-content.ts'
import { addRating, type Drawn as DrawnScore, noRows, type Rows } from './rating-rows.ts'
import { drawActiveMs, drawLevel, normal, type SimulatedRater, seededRandom } from './simulate.ts'

const SEED = 20_261_001
const DAY_MS = 86_400_000
const OVERLAP = 3
const CANNOT_JUDGE = 0.01
const OWN_READING = 4

export type DemoRater = SimulatedRater & { id: string; name: string }

export type DemoDimension = { id: string; key: string; rationaleAtOrBelow: number | null }

export type DemoItem = { responseId: string; caseId: string; quality: DemoResponse['quality'] }

type Drawn = {
  round: { id: string; rubricVersionId: string; startsAt: number; days: number }
  dimensions: readonly DemoDimension[]
  raters: readonly DemoRater[]
  rated: readonly DemoItem[]
}

/** Each rater's own severity on each dimension; the last two read conciseness in a way of their own. */
function biasesOf(raters: readonly DemoRater[], dimensions: readonly DemoDimension[], random: () => number) {
  return raters.map((_, j) =>
    dimensions.map((dimension) => {
      const own = 0.3 * normal(random)
      return dimension.key === 'conciseness' && j >= raters.length - 2 ? own + OWN_READING : own
    }),
  )
}

/**
 * The severity each rater really has over all dimensions, in logits of the generating model: the stated one and the mean of
 * their leanings by dimension. What calibration should find.
 */
export function trueSeverities(raters: readonly DemoRater[], dimensions: readonly DemoDimension[]): number[] {
  const biases = biasesOf(raters, dimensions, seededRandom(SEED))
  return raters.map(({ severity }, j) => {
    const own = biases[j] ?? []
    return severity + own.reduce((sum, bias) => sum + bias, 0) / own.length
  })
}

/** All rows of the round, in the order they have to be inserted. */
export function drawRound({ round, dimensions, raters, rated }: Drawn): Rows {
  const random = seededRandom(SEED)
  const biases = biasesOf(raters, dimensions, random)
  const paces = raters.map(() => 70 + 80 * random())
  const rows = noRows()
  for (const [i, one] of rated.entries()) {
    const itemId = newId()
    const claim = { roundId: round.id, responseId: one.responseId }
    rows.items.push({
      ...claim,
      id: itemId,
      caseId: one.caseId,
      reason: 'audit',
      selectionProbability: 1,
      needed: OVERLAP,
      taken: OVERLAP,
      done: OVERLAP,
      position: Math.floor(random() * 2 ** 31),
    })
    for (const j of threeOf(raters.length, i)) {
      const rater = raters[j] as DemoRater
      const activeMs = drawActiveMs(paces[j] as number, random)
      const submittedAt = Math.round(round.startsAt + ((i + random()) / rated.length) * round.days * DAY_MS)
      const drawn = dimensions.map((dimension, d): DrawnScore => {
        if (random() < CANNOT_JUDGE) {
          return { dimensionId: dimension.id, level: null, cannotJudge: 'The documents do not settle it.' }
        }
        const quality = one.quality[dimension.key as keyof DemoResponse['quality']] as number
        const level = drawLevel(quality, rater, biases[j]?.[d] as number, random)
        const asked = dimension.rationaleAtOrBelow !== null && level <= dimension.rationaleAtOrBelow
        return { dimensionId: dimension.id, level, note: asked ? noteFor(one.quality.fault) : '' }
      })
      addRating(rows, {
        ...claim,
        itemId,
        raterId: rater.id,
        rubricVersionId: round.rubricVersionId,
        activeMs,
        submittedAt,
        referencesSeen: true,
        drawn,
      })
    }
  }
  return rows
}

/** Three of `n` raters for item `i`, so that every pair shares items: the triples in turn. */
export function threeOf(n: number, i: number): [number, number, number] {
  const triples: [number, number, number][] = []
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) for (let c = b + 1; c < n; c++) triples.push([a, b, c])
  return triples[(i * 7) % triples.length] as [number, number, number]
}

const noteFor = (fault: string | null): string =>
  `Simulated note: ${fault ?? 'not all of it can be checked against the documents'}.`
