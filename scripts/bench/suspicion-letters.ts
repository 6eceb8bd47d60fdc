/**
 * Honest pools like the demo's letters (db/seed/letters), drawn without a database: few raters who share many items, letters whose
 * dimensions differ far more than they go together, raters with leanings of their own, one who gets stricter, months in which all do,
 * anchors and a bridge, and one who does not read. What is rated under version 2, first meetings only.
 */
import { anchorNumber } from '#app/evaluation/anchors/share.ts'
import { type NamedScores, type ScoreRow, scoresFrom } from '#app/stats/calibration/scores.ts'
import { readLetterPeople } from '#db/seed/letters/content.ts'
import { drawScore, type LetterRater, raterOf } from '#db/seed/letters/draw.ts'
import { CATEGORIES, RECIPIENTS } from '#db/seed/letters/facts.ts'
import { ANCHOR_SHARE, ANCHORS, BRIDGE, MONTHS, SECOND_VERSION } from '#db/seed/letters/story.ts'
import { drawTraits, type LetterDimension, type LetterQuality, qualityOf } from '#db/seed/letters/traits.ts'
import { seededRandom } from '#db/seed/simulate.ts'

const DIMENSIONS: readonly LetterDimension[] = ['accuracy', 'grounds', 'next-step', 'plain-words', 'conciseness']
const OVERLAP = 4

type Random = () => number
type Letter = { name: string; quality: LetterQuality }

/** @returns the scores, and the number of the rater who does not read */
export function lettersPool(seed: number): { scores: NamedScores; careless: number } {
  const random = seededRandom(seed)
  const people = readLetterPeople().map((person) => ({
    rater: raterOf(person, person.email, DIMENSIONS, random),
    months: person.months,
  }))
  const months = MONTHS.map((_, month) => lettersOf(month, random))
  const anchors = shuffled(months[0] as Letter[], random).slice(0, ANCHORS)
  const met = new Set<string>()
  const rows: ScoreRow[] = []
  const rate = (letters: readonly Letter[], raters: readonly LetterRater[], overlap: number, month: number) => {
    for (const { letter, rater } of allotted(letters, raters, overlap, random)) {
      // an anchor that comes back to a rater tells nothing new about who copies whom
      const meeting = `${letter.name} ${rater.id}`
      if (met.has(meeting)) continue
      met.add(meeting)
      for (const dimension of DIMENSIONS) {
        const read = rater.careless ? oneOf(letters, random).quality : letter.quality
        const score = drawScore(rater, read, { dimension, version: 2, month }, random)
        rows.push({ item: `${letter.name} in ${month} by ${overlap}`, rater: rater.id, dimension, score })
      }
    }
  }
  for (let month = SECOND_VERSION; month < MONTHS.length; month++) {
    const letters = months[month] as Letter[]
    const strewn = shuffled(anchors, random).slice(0, anchorNumber(ANCHOR_SHARE, letters.length))
    const present = people.filter(({ months: [from, to] }) => from <= month && month <= to).map(({ rater }) => rater)
    rate(shuffled([...letters, ...strewn], random), present, OVERLAP, month)
    if (month > SECOND_VERSION) continue
    const older = shuffled(months.slice(0, SECOND_VERSION).flat(), random).slice(0, BRIDGE.items)
    const taking = present.filter(({ email }) => !BRIDGE.leftOut.includes(email))
    rate(older, taking, BRIDGE.overlap, month)
  }
  const scores = scoresFrom(rows, () => [1, 2, 3, 4])
  const { rater } = people.find(({ rater: { careless } }) => careless) as (typeof people)[number]
  return { scores, careless: scores.raters.indexOf(rater.id) }
}

function lettersOf(month: number, random: Random): Letter[] {
  const { system, mix } = MONTHS[month] as (typeof MONTHS)[number]
  return CATEGORIES.flatMap((category) =>
    RECIPIENTS.flatMap((recipient) =>
      Array.from({ length: mix[category][recipient] }, (_, i) => ({
        name: `${month} ${category} ${recipient} ${i}`,
        quality: qualityOf(drawTraits(system, category, random), random),
      })),
    ),
  )
}

/** Each letter to those raters who have the fewest so far. */
function allotted(letters: readonly Letter[], raters: readonly LetterRater[], overlap: number, random: Random) {
  const load = new Map<string, number>()
  const loadOf = ({ id }: LetterRater) => load.get(id) ?? 0
  return letters.flatMap((letter) => {
    const chosen = shuffled(raters, random)
      .sort((a, b) => loadOf(a) - loadOf(b))
      .slice(0, overlap)
    for (const rater of chosen) load.set(rater.id, loadOf(rater) + 1)
    return chosen.map((rater) => ({ letter, rater }))
  })
}

const oneOf = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list]
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as T)
}
