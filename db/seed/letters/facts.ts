/** The claims that the demo's letters are about: invented, drawn from a seed, and in keeping with the handbook's rules. */
import { CLINICS, COVERED, EXCLUDED, NEEDS_AUTHORISATION, NOTES, PRESCRIBED, SURNAMES } from './names.ts'

const DAY_MS = 86_400_000

export const CATEGORIES = ['paid in full', 'paid in part', 'refused', 'papers missing'] as const
export const RECIPIENTS = ['member', 'clinic'] as const
export type Category = (typeof CATEGORIES)[number]
export type Recipient = (typeof RECIPIENTS)[number]

/** Why a claim was decided as it was; the last four words of a refusal are the handbook's codes (section 4.6). */
export type Ground =
  | 'preventive'
  | 'maximum'
  | 'out of network'
  | 'deductible'
  | 'copayment'
  | 'L3'
  | 'N2'
  | 'X9'
  | 'D1'
  | 'bill'
  | 'proof'
  | 'prescription'

/** Members claim what they paid outside the network themselves (section 4.2); clinics are never late and never asked for proof. */
const GROUNDS: Record<Category, Record<Recipient, readonly Ground[]>> = {
  'paid in full': { member: ['preventive', 'maximum'], clinic: ['preventive', 'maximum'] },
  'paid in part': { member: ['out of network', 'deductible', 'copayment'], clinic: ['deductible', 'copayment'] },
  refused: { member: ['L3', 'N2', 'X9', 'D1'], clinic: ['N2', 'X9', 'D1'] },
  'papers missing': { member: ['bill', 'proof', 'prescription'], clinic: ['bill', 'prescription'] },
}

const OUTSIDE: readonly Ground[] = ['out of network', 'L3', 'proof']
/** Whether the provider has no contract with the plan. */
export const isOutside = ({ ground, recipient }: Facts): boolean =>
  OUTSIDE.includes(ground) || (recipient === 'member' && (ground === 'bill' || ground === 'prescription'))

/** By plan: what it pays in and out of the network, the specialist's copayment and the yearly maximum (sections 2.1, 2.2). */
const PLANS = {
  Fernway: { inside: 70, outside: 50, copayment: 60, maximum: 6000 },
  Millrace: { inside: 80, outside: 60, copayment: 40, maximum: 4000 },
  Highbank: { inside: 90, outside: 70, copayment: 25, maximum: 2500 },
} as const

/** Amounts in dollars, times in ms. */
export type Facts = {
  key: string
  category: Category
  recipient: Recipient
  ground: Ground
  claim: string
  plan: keyof typeof PLANS
  /** "Ms Ferrand". */
  patient: string
  clinic: string
  service: string
  served: number
  received: number
  written: number
  billed: number
  allowed: number
  paid: number
  /** What went towards the deductible. */
  deducted: number
  note: string
}

export const share = ({ billed, paid }: Facts): number => billed - paid
export const percentOf = ({ plan, ground }: Facts): number =>
  ground === 'out of network' ? PLANS[plan].outside : PLANS[plan].inside
export const copaymentOf = ({ plan }: Facts): number => PLANS[plan].copayment
export const maximumOf = ({ plan }: Facts): number => PLANS[plan].maximum
/** Whole days from the service until the claim came in. */
export const daysUntil = ({ served, received }: Facts): number => Math.round((received - served) / DAY_MS)

type Random = () => number

const whole = (low: number, high: number, random: Random): number => low + Math.floor(random() * (high - low + 1))
export const oneOf = <T>(all: readonly T[], random: Random): T => all[Math.floor(random() * all.length)] as T

function serviceFor(ground: Ground, random: Random): { name: string; from: number; to: number } {
  if (ground === 'preventive') return { name: 'the yearly check-up', from: 120, to: 260 }
  if (ground === 'X9') return oneOf(EXCLUDED, random)
  if (ground === 'N2') return oneOf(NEEDS_AUTHORISATION, random)
  if (ground === 'prescription') return oneOf(PRESCRIBED, random)
  if (ground === 'copayment') return { name: 'a visit to a specialist', from: 130, to: 320 }
  return oneOf(COVERED, random)
}

function paidOf(facts: Omit<Facts, 'paid' | 'deducted'>, random: Random): { paid: number; deducted: number } {
  const { billed, allowed, ground, plan } = facts
  if (facts.category === 'paid in full') return { paid: billed, deducted: 0 }
  if (facts.category !== 'paid in part') return { paid: 0, deducted: 0 }
  if (ground === 'copayment') return { paid: billed - PLANS[plan].copayment, deducted: 0 }
  if (ground === 'out of network') return { paid: Math.round((allowed * PLANS[plan].outside) / 100), deducted: 0 }
  const deducted = Math.round((allowed * whole(20, 60, random)) / 100)
  return { paid: Math.round(((allowed - deducted) * PLANS[plan].inside) / 100), deducted }
}

/** The number-th claim of a segment, decided on the day of `written`. */
export function drawFacts(
  { category, recipient }: { category: Category; recipient: Recipient },
  number: number,
  written: number,
  random: Random,
): Facts {
  const ground = oneOf(GROUNDS[category][recipient], random)
  const service = serviceFor(ground, random)
  const billed = whole(service.from, service.to, random)
  const received = written - whole(6, 19, random) * DAY_MS
  const served = received - (ground === 'L3' ? whole(186, 260, random) : whole(4, 45, random)) * DAY_MS
  const claim = `${4100 + number}-${whole(10, 99, random)}`
  const known = {
    key: `${category.replaceAll(' ', '-')}-${ground.replaceAll(' ', '-')}-${claim}`.toLowerCase(),
    category,
    recipient,
    ground,
    claim,
    plan: oneOf(Object.keys(PLANS) as (keyof typeof PLANS)[], random),
    patient: `${oneOf(['Ms', 'Mr'], random)} ${oneOf(SURNAMES, random)}`,
    clinic: oneOf(CLINICS, random),
    service: service.name,
    served,
    received,
    written,
    billed,
    // in the network the provider bills the agreed rate
    allowed: ground === 'out of network' ? Math.round((billed * whole(62, 88, random)) / 100) : billed,
    note: oneOf(NOTES[recipient], random),
  }
  return { ...known, ...paidOf(known, random) }
}

/** The same claim as somebody in a hurry reads it: an amount or a number of days is another. */
export function misread(facts: Facts, random: Random): Facts {
  const off = oneOf([0.7, 0.8, 1.25, 1.4], random)
  return {
    ...facts,
    billed: Math.round(facts.billed * off),
    paid: Math.round(facts.paid * off),
    received: facts.received + 25 * DAY_MS,
  }
}
