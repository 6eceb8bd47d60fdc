import { sha256 } from '#app/ambient.ts'
import { capital } from '#app/evaluation/figure.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { faultInWords, faultsOfContent } from './faults.ts'

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

/**
 * Throws an `invalid` Problem with the first thing that keeps the content from being a rubric, naming the dimension: no
 * dimension, an unusable or doubled key, levels that are not 2 to 10 consecutive integers, a level without an anchor. Its
 * `fields` name every fault by its place. A draft may have gaps (names and anchors that are not written yet).
 */
export function checkContent(content: RubricContent, { gaps = false }: { gaps?: boolean } = {}): void {
  const faults = faultsOfContent(content).filter(({ gap }) => !(gaps && gap))
  const [first] = faults
  if (!first) return
  const fields = Object.fromEntries([...faults].reverse().map(({ path, reason }) => [path, `${capital(reason)}.`]))
  throw new Problem('invalid', faultInWords(first), { fields })
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

/** What a draft says in full, its change note too: two forms or files with the same hash were made from the same draft. */
export const draftHashOf = (contentHash: string, changeNote: string): string =>
  sha256(JSON.stringify([contentHash, changeNote]))
