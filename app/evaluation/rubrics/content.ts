import { sha256 } from '#app/ambient.ts'
import { Problem } from '#app/evaluation/problem.ts'

/** One step of a dimension's scale, and what it means. */
export type LevelContent = { value: number; label?: string; anchor: string; examples?: readonly string[] }

/** One thing that is judged, on consecutive integer levels given lowest first. */
export type DimensionContent = {
  /** Its name in files: letters, digits, hyphens, underscores. */
  key: string
  name: string
  description?: string
  /** Its share in an overall score, where one is made; 1 unless said otherwise. */
  weight?: number
  /** A note is asked for at or below this level; null or absent: never. */
  rationaleAtOrBelow?: number | null
  levels: readonly LevelContent[]
}

/** All of a rubric version that a rater can be guided by, dimensions in the order they are scored in. */
export type RubricContent = { dimensions: readonly DimensionContent[] }

const KEY = /^[a-z0-9][a-z0-9_-]{0,63}$/i
const FEWEST_LEVELS = 2
const MOST_LEVELS = 10

/** True for a name usable in files. */
export const isKey = (key: string): boolean => KEY.test(key)

/**
 * Throws an `invalid` Problem with the first thing that keeps the content from being a rubric, naming the dimension:
 * no dimension, an unusable or doubled key, levels that are not 2 to 10 consecutive integers, a level without an anchor.
 */
export function checkContent({ dimensions }: RubricContent): void {
  if (dimensions.length === 0) throw new Problem('invalid', 'A rubric needs at least one dimension.')
  const seen = new Set<string>()
  for (const dimension of dimensions) {
    const wrong = (seen.has(dimension.key) && 'this key is used twice') || problemWith(dimension)
    if (wrong) throw new Problem('invalid', `Dimension "${dimension.key}": ${wrong}.`)
    seen.add(dimension.key)
  }
}

function problemWith({ key, name, weight = 1, rationaleAtOrBelow = null, levels }: DimensionContent): string | null {
  if (!isKey(key)) return 'its key must be 1 to 64 letters, digits, “-” or “_”'
  if (name.trim() === '') return 'it needs a name'
  if (!(weight > 0 && Number.isFinite(weight))) return `its weight must be more than 0, not ${weight}`
  if (levels.length < FEWEST_LEVELS || levels.length > MOST_LEVELS)
    return `it needs ${FEWEST_LEVELS} to ${MOST_LEVELS} levels, not ${levels.length}`
  const first = levels[0]?.value ?? Number.NaN
  if (levels.some(({ value }, index) => !Number.isSafeInteger(value) || value !== first + index))
    return `its levels must be consecutive integers, lowest first, not ${levels.map(({ value }) => value).join(', ')}`
  const bare = levels.find(({ anchor }) => anchor.trim() === '')
  if (bare) return `level ${bare.value} needs an anchor, the words that say when it is given`
  if (rationaleAtOrBelow !== null && !levels.some(({ value }) => value === rationaleAtOrBelow))
    return `a note is asked for at or below ${rationaleAtOrBelow}, which is not one of its levels`
  return null
}

/**
 * SHA-256 over everything that may guide a rater, in one fixed spelling: equal hashes mean the same rubric, whatever its
 * version is called and however its file was laid out.
 */
export const contentHashOf = ({ dimensions }: RubricContent): string =>
  sha256(
    JSON.stringify(
      dimensions.map((dimension) => [
        dimension.key,
        dimension.name,
        dimension.description ?? '',
        dimension.weight ?? 1,
        dimension.rationaleAtOrBelow ?? null,
        dimension.levels.map((level) => [level.value, level.label ?? '', level.anchor, level.examples ?? []]),
      ]),
    ),
  )
