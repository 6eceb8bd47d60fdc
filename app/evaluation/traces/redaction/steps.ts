import { card } from './card.ts'
import { email } from './email.ts'
import { namesStep } from './names.ts'
import { phone } from './phone.ts'
import type { Step } from './step.ts'

export const REDACTIONS = ['email', 'card', 'phone', 'names'] as const
export type Redaction = (typeof REDACTIONS)[number]

/** What each finds, for those who choose. */
export const REDACTION_WORDS: Record<Redaction, string> = {
  email: 'E-mail addresses',
  card: 'Payment cards (check digit right)',
  phone: 'Telephone numbers',
  names: 'Names of a list',
}

/** The steps of an import in the order in which they look: a card's number would pass for a telephone's. */
export const stepsOf = (chosen: readonly Redaction[], names: readonly string[]): Step[] =>
  REDACTIONS.filter((kind) => chosen.includes(kind)).map((kind) => {
    if (kind === 'names') return namesStep(names)
    return { email, card, phone }[kind]
  })
