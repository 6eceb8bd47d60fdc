/** What a posterior over levels says of one item. */
export interface LevelConsensus {
  /** The most likely level and its chance. */
  readonly level: number
  readonly chance: number
  readonly mean: number
  readonly sd: number
}

/** @param posterior items x levels in rows, as `dawidSkene` and `oneCoin` give it */
export function levelConsensus(posterior: Float64Array, item: number, levels: readonly number[]): LevelConsensus {
  const row = posterior.subarray(item * levels.length, (item + 1) * levels.length)
  let best = 0
  let [mean, square] = [0, 0]
  row.forEach((chance, k) => {
    const level = levels[k] as number
    if (chance > (row[best] as number)) best = k
    mean += chance * level
    square += chance * level ** 2
  })
  return {
    level: levels[best] as number,
    chance: row[best] as number,
    mean,
    sd: Math.sqrt(Math.max(0, square - mean ** 2)),
  }
}
