/**
 * Root of an increasing function between `low` and `high` by Newton steps kept inside a shrinking bracket, to about one
 * unit in the last place of the root.
 *
 * @param at value and slope of the function, whose sign changes from minus to plus inside the bracket
 */
export function increasingRoot(
  at: (x: number) => { readonly value: number; readonly slope: number },
  low: number,
  high: number,
  start: number,
): number {
  let left = low
  let right = high
  let x = start
  for (let step = 0; step < 200; step++) {
    const { value, slope } = at(x)
    if (value === 0) return x
    if (value < 0) left = x
    else right = x
    const newton = x - value / slope
    const next = newton > left && newton < right ? newton : (left + right) / 2
    if (Math.abs(next - x) <= 4e-16 * Math.abs(x)) return next
    x = next
  }
  return x
}
