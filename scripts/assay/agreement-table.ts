import { COEFFICIENTS, type CoefficientName } from '#app/stats/agreement/coefficients.ts'
import type { Estimated } from '#app/stats/estimate.ts'
import type { AgreementReport, Figures } from './agreement-report.ts'

const LABELS: Record<CoefficientName, string> = {
  alpha: "Krippendorff's alpha",
  percentExact: 'exact agreement',
  percentAdjacent: 'adjacent agreement',
  ac1: "Gwet's AC1",
  ac2: "Gwet's AC2",
  cohenKappa: "Cohen's kappa",
  fleissKappa: "Fleiss' kappa",
  congerKappa: "Conger's kappa",
  brennanPrediger: 'Brennan-Prediger',
  icc1: 'ICC(1,1)',
  icc2: 'ICC(2,1)',
  icc3: 'ICC(3,1)',
  icc1k: 'ICC(1,k)',
  icc2k: 'ICC(2,k)',
  icc3k: 'ICC(3,k)',
  kendallW: "Kendall's W",
}

/** The report for people: a table a dimension, then what alpha means. */
export function agreementTable({ request, dimensions }: AgreementReport): string {
  const sections = [...dimensions].flatMap(([name, { groups, ...figures }]) => [
    section(name, figures, request.level),
    ...[...groups].map(([value, group]) => section(`${name}, ${request.by} ${value}`, group, request.level)),
  ])
  const raters = request.raters === 'random' ? "; for Gwet's family also over raters" : ''
  const rests = `Intervals: 95 %, over items, for these raters${raters}; ${request.boot} bootstrap draws from seed ${request.seed}, or the usual formula.\n`
  return `${sections.join('\n')}\n${rests}`
}

function section(title: string, figures: Figures, level: string): string {
  const { items, raters, ratings, missing, levels, coefficients, reading } = figures
  const scale = levels.length === 0 ? 'no scores' : `levels ${levels[0]} to ${levels.at(-1)}`
  const rests = `${count(items, 'item')}, ${count(raters, 'rater')}, ${count(ratings, 'rating')}, ${missing} missing, ${scale}`
  const lines = COEFFICIENTS.map((name) => {
    const label = name === 'alpha' ? `${LABELS.alpha}, ${level}` : LABELS[name]
    return `  ${label.padEnd(32)}${shown(coefficients[name])}`
  })
  return [
    `${title}: ${rests}`,
    ...lines,
    `  ${reading.sentence}`,
    ...(reading.next ? [`  ${reading.next.sentence}`] : []),
    '',
  ].join('\n')
}

function shown(coefficient: Estimated): string {
  if (!coefficient.estimable) return `     –   ${coefficient.reason}`
  const { estimate, interval } = coefficient
  const range = interval.estimable
    ? `[${figure(interval.low)}, ${figure(interval.high)}]${interval.rough ? ' rough' : ''}`
    : `no interval: ${interval.reason}`
  return `${figure(estimate)}   ${range}`
}

function figure(value: number): string {
  return value
    .toFixed(4)
    .replace(/^-(?=[0.]*$)/, '')
    .padStart(7)
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
