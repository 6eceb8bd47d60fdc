/** What is good and what is wrong with a letter: drawn by system version, and what it is worth on each dimension. */
import type { Category } from './facts.ts'

export type Traits = {
  figures: 'right' | 'wrong'
  grounds: 'explained' | 'named' | 'absent' | 'invented'
  step: 'full' | 'undated' | 'none'
  words: 'plain' | 'mixed' | 'official'
  length: 'tight' | 'padded' | 'lecture'
}

export const LETTER_SYSTEMS = ['letters-3', 'letters-4', 'letters-5-rc1'] as const
export type LetterSystem = (typeof LETTER_SYSTEMS)[number]

type Chances<T extends string> = readonly (readonly [T, number])[]

const STEPS: Record<LetterSystem, Chances<Traits['step']>> = {
  'letters-3': [
    ['full', 0.3],
    ['undated', 0.45],
    ['none', 0.25],
  ],
  'letters-4': [
    ['full', 0.8],
    ['undated', 0.16],
    ['none', 0.04],
  ],
  'letters-5-rc1': [
    ['full', 0.82],
    ['undated', 0.14],
    ['none', 0.04],
  ],
}

const LENGTHS: Record<LetterSystem, Chances<Traits['length']>> = {
  'letters-3': [
    ['tight', 0.35],
    ['padded', 0.45],
    ['lecture', 0.2],
  ],
  'letters-4': [
    ['tight', 0.35],
    ['padded', 0.45],
    ['lecture', 0.2],
  ],
  'letters-5-rc1': [
    ['tight', 0.6],
    ['padded', 0.32],
    ['lecture', 0.08],
  ],
}

/** Refusals are the hard ones: reasons get lost in them, and officialese creeps in. */
const GROUNDS: Record<'easy' | 'hard', Chances<Traits['grounds']>> = {
  easy: [
    ['explained', 0.6],
    ['named', 0.3],
    ['absent', 0.07],
    ['invented', 0.03],
  ],
  hard: [
    ['explained', 0.3],
    ['named', 0.37],
    ['absent', 0.2],
    ['invented', 0.13],
  ],
}

const WORDS: Record<'easy' | 'hard', Chances<Traits['words']>> = {
  easy: [
    ['plain', 0.55],
    ['mixed', 0.3],
    ['official', 0.15],
  ],
  hard: [
    ['plain', 0.25],
    ['mixed', 0.4],
    ['official', 0.35],
  ],
}

const WRONG_FIGURES = 0.06

type Random = () => number

/** From 0 (best) to 1: what comes out of chances that are listed from good to bad. */
function drawn<T extends string>(chances: Chances<T>, place: number): T {
  let rest = place
  const found = chances.find(([, chance]) => {
    rest -= chance
    return rest < 0
  })
  return (found ?? (chances[0] as readonly [T, number]))[0]
}

/** How often a trait follows the letter as a whole: what is careful in one respect tends to be so in others. */
const AS_THE_WHOLE = 0.8

export function drawTraits(system: LetterSystem, category: Category, random: Random): Traits {
  const difficulty = category === 'refused' ? 'hard' : 'easy'
  const whole = random()
  const place = () => (random() < AS_THE_WHOLE ? whole : random())
  return {
    figures: place() > 1 - WRONG_FIGURES ? 'wrong' : 'right',
    grounds: drawn(GROUNDS[difficulty], place()),
    step: drawn(STEPS[system], place()),
    words: drawn(WORDS[difficulty], place()),
    length: drawn(LENGTHS[system], place()),
  }
}

/** The true quality on each dimension, from 1 to 4, that the simulation draws levels from. */
export type LetterQuality = Record<LetterDimension, number>
export type LetterDimension = 'accuracy' | 'grounds' | 'next-step' | 'plain-words' | 'conciseness'

const WORTH = {
  figures: { right: 3.8, wrong: 1.3 },
  grounds: { explained: 3.7, named: 2.5, absent: 1.6, invented: 1.2 },
  step: { full: 3.7, undated: 2.4, none: 1.3 },
  words: { plain: 3.7, mixed: 2.7, official: 1.5 },
  length: { tight: 3.7, padded: 2.7, lecture: 1.4 },
} as const

const JITTER = 0.3

export function qualityOf(traits: Traits, random: Random): LetterQuality {
  const about = (worth: number) => Math.min(4, Math.max(1, worth + JITTER * (2 * random() - 1)))
  return {
    accuracy: about(WORTH.figures[traits.figures]),
    grounds: about(WORTH.grounds[traits.grounds]),
    'next-step': about(WORTH.step[traits.step]),
    'plain-words': about(WORTH.words[traits.words]),
    conciseness: about(WORTH.length[traits.length]),
  }
}

const FAULTS: { [T in keyof Traits]: Partial<Record<Traits[T], string>> } = {
  figures: { wrong: 'a figure is not the claim’s' },
  grounds: {
    absent: 'no reason is given',
    invented: 'the handbook has no such rule',
    named: 'the rule is named, not said',
  },
  step: { none: 'no next step', undated: 'the next step has no date' },
  words: { official: 'officialese', mixed: 'one sentence of officialese' },
  length: { lecture: 'a lecture', padded: 'padding' },
}

/** What a rater would note as wrong on each dimension; null: nothing. */
export const faultsOf = (traits: Traits): Record<LetterDimension, string | null> => ({
  accuracy: FAULTS.figures[traits.figures] ?? null,
  grounds: FAULTS.grounds[traits.grounds] ?? null,
  'next-step': FAULTS.step[traits.step] ?? null,
  'plain-words': FAULTS.words[traits.words] ?? null,
  conciseness: FAULTS.length[traits.length] ?? null,
})
