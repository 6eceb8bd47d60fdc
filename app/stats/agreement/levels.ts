/** Levels are stored as one byte an entry, so that a million ratings stay small. */
const MOST_LEVELS = 250

/** Mark of a missing score where a level index is expected. */
export const MISSING = 255

/**
 * Checks the levels of a dimension: consecutive integers in rising order, used or not.
 *
 * @throws RangeError with what is wrong
 */
export function checkLevels(levels: readonly number[]): readonly number[] {
  if (levels.length === 0) throw new RangeError('a scale needs at least one level')
  if (levels.length > MOST_LEVELS)
    throw new RangeError(`a scale may have at most ${MOST_LEVELS} levels, not ${levels.length}`)
  const first = levels[0] as number
  for (const [index, level] of levels.entries()) {
    if (!Number.isSafeInteger(level) || level !== first + index)
      throw new RangeError(`levels must be consecutive integers in rising order, not ${levels.join(', ')}`)
  }
  return levels
}

/** Every integer from the lowest to the highest level. */
export function levelsBetween(lowest: number, highest: number): number[] {
  return Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index)
}
