/** Turns what a rater is told of a round into words and a drawing. */
import type { OwnRound } from '#app/evaluation/calibration/own.ts'
import {
  about,
  consensusInWords,
  dimensionsInWords,
  erraticInWords,
  restsOn,
  severityInWords,
  severityMeans,
} from '#app/evaluation/calibration/own-words.ts'
import { percent } from '#app/evaluation/figure.ts'

export type ToldRoundView = {
  standing: 'told'
  id: string
  name: string
  simulated: boolean
  lastAt: number
  ratings: number
  severity: string
  means: string
  consensus: string
  dimensionsSaid: string
  erratic: string | null
  rests: string
  points: { value: number; low: number; high: number } | null
  agrees: string
  dimensions: {
    name: string
    levels: number[]
    own: number[] | null
    others: number[] | null
    said: { level: number; own: string; others: string }[]
  }[]
}

export type RoundView =
  | ToldRoundView
  | { standing: 'withheld' | 'computing'; id: string; name: string; simulated: boolean; lastAt: number; why: string }

export function roundView(round: OwnRound): RoundView {
  const { id, name, simulated, lastAt, ratings } = round
  if (round.standing === 'computing')
    return { standing: 'computing', id, name, simulated, lastAt, why: 'Still computing.' }
  if (round.standing === 'withheld')
    return { standing: 'withheld', id, name, simulated, lastAt, why: `Not shown: ${round.why}.` }
  const { figures } = round
  return {
    standing: 'told',
    id,
    name,
    simulated,
    lastAt,
    ratings,
    severity: severityInWords(figures),
    means: severityMeans(figures),
    consensus: consensusInWords(figures),
    dimensionsSaid: dimensionsInWords(figures.dimensions),
    erratic: erraticInWords(figures),
    rests: restsOn(figures),
    points: figures.severity,
    agrees: figures.same ? about(figures.same.share) : 'unknown',
    dimensions: figures.dimensions.map(({ name: dimension, levels, own, others }) => ({
      name: dimension,
      levels,
      own,
      others,
      said: levels.map((level, k) => ({
        level,
        own: own ? percent(own[k] ?? 0) : '–',
        others: others ? about(others[k] ?? 0) : '–',
      })),
    })),
  }
}
