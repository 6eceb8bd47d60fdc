/** Writes the demo's briefs, letters and references from the facts of a claim. */
import type { Quality } from '#db/schema/cases.ts'
import {
  copaymentOf,
  daysUntil,
  type Facts,
  type Ground,
  isOutside,
  maximumOf,
  misread,
  oneOf,
  percentOf,
  share,
} from './facts.ts'
import { OPENINGS } from './openings.ts'
import { CLOSINGS, EXPLAINED, FIXES, INVENTED, LECTURES, NAMED, PADDING, STEPS, STIFF } from './phrases.ts'
import type { Traits } from './traits.ts'

const DAY_MS = 86_400_000
const TIME_TO_SEND = 45

type Random = () => number

const dollars = (amount: number): string => `$${amount.toLocaleString('en-US')}`
const day = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const SECTIONS: Record<Ground, string> = {
  preventive: '2.5',
  maximum: '2.1',
  'out of network': '2.3',
  deductible: '2.1',
  copayment: '2.2',
  L3: '4.3',
  N2: '3.1',
  X9: '2.7',
  D1: '4.6',
  bill: '4.2',
  proof: '4.2',
  prescription: '4.2',
}

const PAPERS: Partial<Record<Ground, string>> = {
  bill: 'an itemised bill',
  proof: 'proof of payment',
  prescription: 'the prescription',
}

/** What the braces of the phrases stand for. */
function wordsOf(facts: Facts): Record<string, string> {
  const mine = facts.recipient === 'member'
  const theClaim = mine ? `your claim ${facts.claim}` : `claim ${facts.claim} for your patient ${facts.patient}`
  const isCode = /^[A-Z]\d$/.test(facts.ground)
  return {
    claim: facts.claim,
    theClaim,
    TheClaim: capital(theClaim),
    NothingOwed: mine ? 'You owe nothing' : 'The patient owes nothing',
    payer: mine ? 'you' : 'the patient',
    plan: facts.plan,
    clinic: facts.clinic,
    service: facts.service,
    served: day(facts.served),
    received: day(facts.received),
    due: day(facts.written + TIME_TO_SEND * DAY_MS),
    days: String(daysUntil(facts)),
    billed: dollars(facts.billed),
    allowed: dollars(facts.allowed),
    paid: dollars(facts.paid),
    share: dollars(share(facts)),
    deducted: dollars(facts.deducted),
    copayment: dollars(copaymentOf(facts)),
    maximum: dollars(maximumOf(facts)),
    percent: `${percentOf(facts)}%`,
    section: SECTIONS[facts.ground],
    code: isCode ? facts.ground : facts.category === 'papers missing' ? 'B4' : 'P1',
    paper: PAPERS[facts.ground] ?? 'the bill',
    fix: FIXES[facts.ground] ?? '',
  }
}

const fill = (phrase: string, words: Record<string, string>): string =>
  capital(phrase.replaceAll(/\{(\w+)\}/g, (_, name: string) => words[name] ?? name).trim())

/** The task of a case: the claim's record, and what the clerk noted. */
export function briefOf(facts: Facts, random: Random): string {
  const to = facts.recipient === 'member' ? facts.patient : `the accounts office of ${facts.clinic}`
  const about = `${facts.service}, ${facts.category}`
  const lead = oneOf(
    [
      `Draft the letter to ${to}: ${about}.`,
      `Letter to ${to} about ${about}.`,
      `Write to ${to}: ${about}.`,
      `${capital(about)}. Draft the letter to ${to}.`,
    ],
    random,
  )
  const decision = PAPERS[facts.ground] ? `waiting for ${PAPERS[facts.ground]} (B4)` : facts.category
  const basis = /^[A-Z]\d$/.test(facts.ground)
    ? `code ${facts.ground}`
    : PAPERS[facts.ground]
      ? 'code B4'
      : facts.ground
  const rows = [
    ['Claim', facts.claim],
    ['Patient', `${facts.patient}, ${facts.plan}`],
    ['Provider', `${facts.clinic}, ${isOutside(facts) ? 'out of network' : 'network'}`],
    ['Service', `${facts.service}, ${day(facts.served)}`],
    ['Received', day(facts.received)],
    ['Billed', dollars(facts.billed)],
    ...(facts.allowed === facts.billed ? [] : [['Allowed', dollars(facts.allowed)]]),
    ...(facts.deducted === 0 ? [] : [['Towards the deductible', dollars(facts.deducted)]]),
    ['Plan pays', dollars(facts.paid)],
    ['Decision', `${decision}; ${basis}`],
    ['Letter of', day(facts.written)],
    ['Note', facts.note],
  ]
  return [lead, '', ...rows.map(([name, value]) => `- ${name}: ${value}`)].join('\n')
}

const salutation = ({ recipient, patient, clinic }: Facts, random: Random): string =>
  recipient === 'member'
    ? oneOf([`Dear ${patient},`, `Dear ${patient}`, `Hello ${patient},`], random)
    : oneOf([`To the accounts office of ${clinic}`, `Dear colleagues at ${clinic},`, `Dear ${clinic} team,`], random)

function reasonIn(facts: Facts, { grounds }: Traits, random: Random): string {
  if (grounds === 'explained') return oneOf(EXPLAINED[facts.ground], random)
  if (grounds === 'named') return oneOf(NAMED, random)
  return grounds === 'invented' ? oneOf(INVENTED, random) : ''
}

/** A letter with the given traits, as a system would draft it. */
export function letterOf(facts: Facts, traits: Traits, random: Random): string {
  const told = traits.figures === 'right' ? facts : misread(facts, random)
  const words = wordsOf(told)
  const openings = OPENINGS[facts.category]
  const opening = oneOf(traits.words === 'official' ? openings.official : openings.plain, random)
  const paragraphs = [
    salutation(facts, random),
    traits.length === 'tight' ? '' : oneOf(PADDING.before, random),
    [opening, reasonIn(facts, traits, random)]
      .filter(Boolean)
      .map((phrase) => fill(phrase, words))
      .join(' '),
    traits.length === 'lecture' ? oneOf(LECTURES, random) : '',
    traits.step === 'none' ? '' : fill(oneOf(STEPS[facts.category][traits.step], random), words),
    traits.words === 'plain' ? '' : oneOf(STIFF, random),
    traits.length === 'tight' ? '' : oneOf(PADDING.after, random),
    oneOf(CLOSINGS, random),
  ]
  return paragraphs.filter(Boolean).join('\n\n')
}

const REFERENCE: Record<Quality, Traits> = {
  high: { figures: 'right', grounds: 'explained', step: 'full', words: 'plain', length: 'tight' },
  borderline: { figures: 'right', grounds: 'named', step: 'undated', words: 'plain', length: 'tight' },
}

/** What a letter about this claim is compared with. */
export const referenceOf = (facts: Facts, quality: Quality, random: Random): string =>
  letterOf(facts, REFERENCE[quality], random)
