/** Ranks from 1 with ties at their mean, and the tie term sum (t^3 - t) over groups of t equal values. */
export function midRanks(values: Float64Array): { readonly ranks: Float64Array; readonly tieTerm: number } {
  const order = Uint32Array.from(values, (_value, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number))
  const ranks = new Float64Array(values.length)
  let tieTerm = 0
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++
    for (let i = start; i < end; i++) ranks[order[i] as number] = (start + end + 1) / 2
    tieTerm += (end - start) ** 3 - (end - start)
    start = end
  }
  return { ranks, tieTerm }
}
