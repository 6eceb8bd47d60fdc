/**
 * The key that gives each level: its own digit where every level has one (10 is on `0`), else the digit of its place.
 */
export function levelKeys(values: readonly number[]): string[] {
  const own = values.every((value) => value >= 0 && value <= 9) || values.every((value) => value >= 1 && value <= 10)
  return values.map((value, place) => String((own ? value : place + 1) % 10))
}
