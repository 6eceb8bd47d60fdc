import { firstUnstorable } from '#app/formats/storable.ts'
import type { DimensionContent, LevelContent, RubricContent } from './content.ts'

/**
 * Something that keeps content from being a rubric. `path` names the place as in `dimensions.0.levels.1.anchor`. A `gap` is
 * only unwritten yet: a draft may have gaps, what is published may not.
 */
export type ContentFault = { path: string; dimension: string | null; reason: string; gap: boolean }

const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/i
export const FEWEST_LEVELS = 2
export const MOST_LEVELS = 10
export const MOST_DIMENSIONS = 20
export const LONGEST_NAME = 200
export const LONGEST_LABEL = 60
export const LONGEST_TEXT = 10_000
export const MOST_EXAMPLES = 20
const FARTHEST_LEVEL = 1000

/** True for a name usable in files. */
export const isKey = (key: string): boolean => KEY.test(key)

type Found = { at: string; reason: string; gap?: boolean }

/** Everything that keeps the content from being a rubric, in the order of the content; empty: nothing does. */
export function faultsOfContent({ dimensions }: RubricContent): ContentFault[] {
  const faults: ContentFault[] = []
  const whole = (reason: string) => faults.push({ path: 'dimensions', dimension: null, reason, gap: false })
  if (dimensions.length === 0) whole('A rubric needs at least one dimension')
  if (dimensions.length > MOST_DIMENSIONS) whole(`A rubric has at most ${MOST_DIMENSIONS} dimensions`)
  const seen = new Set<string>()
  for (const [index, dimension] of dimensions.entries()) {
    const found = [
      ...(seen.has(dimension.key) ? [{ at: 'key', reason: 'this key is used twice' }] : []),
      ...faultsOfDimension(dimension),
    ]
    for (const { at, reason, gap = false } of found) {
      const path = at === '' ? `dimensions.${index}` : `dimensions.${index}.${at}`
      faults.push({ path, dimension: dimension.key, reason, gap })
    }
    seen.add(dimension.key)
  }
  return faults
}

function faultsOfDimension(dimension: DimensionContent): Found[] {
  const { key, name, description = '', weight = 1, rationaleAtOrBelow = null, levels } = dimension
  const faults: Found[] = []
  const say = (at: string, reason: string, gap = false) => faults.push({ at, reason, gap })
  if (!isKey(key)) say('key', 'its key must be 1 to 64 letters, digits, “-” or “_”')
  if (name.trim() === '') say('name', 'it needs a name', true)
  if (name.length > LONGEST_NAME) say('name', `its name has more than ${LONGEST_NAME} characters`)
  if (description.length > LONGEST_TEXT) say('description', `its description has ${tooMany}`)
  if (Number.isNaN(weight)) say('weight', 'its weight must be a number, such as 1 or 0.5')
  else if (!(weight > 0 && Number.isFinite(weight))) say('weight', `its weight must be more than 0, not ${weight}`)
  const first = levels[0]?.value ?? Number.NaN
  if (levels.length < FEWEST_LEVELS || levels.length > MOST_LEVELS) {
    say('levels', `it needs ${FEWEST_LEVELS} to ${MOST_LEVELS} levels, not ${levels.length}`)
  } else if (levels.some(({ value }, index) => !isLevel(value) || value !== first + index)) {
    const given = levels.map(({ value }) => value).join(', ')
    say('levels', `its levels must be consecutive integers, lowest first, not ${given}`)
  }
  for (const [index, level] of levels.entries()) faults.push(...faultsOfLevel(level, `levels.${index}`))
  if (rationaleAtOrBelow !== null && !levels.some(({ value }) => value === rationaleAtOrBelow)) {
    say('rationaleAtOrBelow', `a note is asked for at or below ${rationaleAtOrBelow}, which is not one of its levels`)
  }
  const unstorable = firstUnstorable({ name, description, levels })
  if (unstorable) say(unstorable.field.replaceAll(/\[(\d+)\]/g, '.$1'), `its text ${unstorable.reason}`)
  return faults
}

function faultsOfLevel({ value, label = '', anchor, examples = [] }: LevelContent, at: string): Found[] {
  const faults: Found[] = []
  const say = (field: string, reason: string, gap = false) => faults.push({ at: `${at}.${field}`, reason, gap })
  if (label.length > LONGEST_LABEL)
    say('label', `the label of level ${value} has more than ${LONGEST_LABEL} characters`)
  if (anchor.trim() === '') say('anchor', `level ${value} needs an anchor, the words that say when it is given`, true)
  if (anchor.length > LONGEST_TEXT) say('anchor', `the anchor of level ${value} has ${tooMany}`)
  if (examples.length > MOST_EXAMPLES) say('examples', `level ${value} has more than ${MOST_EXAMPLES} examples`)
  for (const [index, example] of examples.entries()) {
    if (example.length > LONGEST_TEXT) say(`examples.${index}`, `an example of level ${value} has ${tooMany}`)
  }
  return faults
}

const tooMany = `more than ${LONGEST_TEXT.toLocaleString('en')} characters`

const isLevel = (value: number): boolean => Number.isSafeInteger(value) && Math.abs(value) <= FARTHEST_LEVEL

/** A fault as a sentence. */
export const faultInWords = ({ dimension, reason }: ContentFault): string =>
  dimension === null ? `${reason}.` : `Dimension "${dimension}": ${reason}.`
