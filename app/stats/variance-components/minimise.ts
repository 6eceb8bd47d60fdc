/**
 * The place of a smooth function's minimum by the method of Broyden, Fletcher, Goldfarb & Shanno (Nocedal & Wright 2006,
 * algorithm 6.1) with central differences for the slope.
 *
 * @returns the place, and whether it settled
 */
export function minimise(
  of: (x: Float64Array) => number,
  start: readonly number[],
  rounds = 200,
): { readonly place: Float64Array; readonly settled: boolean } {
  const n = start.length
  let place = Float64Array.from(start)
  let value = of(place)
  let slope = slopeOf(of, place)
  const bend = identity(n)
  for (let round = 0; round < rounds; round++) {
    const direction = Float64Array.from(slope, (_s, i) => -dot(bend.subarray(i * n, (i + 1) * n), slope))
    let downhill = dot(direction, slope)
    if (downhill >= 0) {
      bend.set(identity(n))
      direction.set(slope.map((s) => -s))
      downhill = dot(direction, slope)
    }
    const step = stepAlong(of, place, value, direction, downhill)
    if (step === null) return { place, settled: largest(slope) < SETTLED }
    const next = slopeOf(of, step.place)
    update(
      bend,
      Float64Array.from(step.place, (x, i) => x - (place[i] as number)),
      Float64Array.from(next, (s, i) => s - (slope[i] as number)),
    )
    const gained = value - step.value
    place = step.place
    value = step.value
    slope = next
    if (largest(slope) < SETTLED || gained < 1e-12 * Math.abs(value)) return { place, settled: true }
  }
  return { place, settled: false }
}

/** A slope below this is level; the functions here are deviances, of which hundredths do not matter. */
const SETTLED = 1e-5
const DIFFERENCE = 1e-5

function slopeOf(of: (x: Float64Array) => number, place: Float64Array): Float64Array {
  return Float64Array.from(place, (x, i) => {
    const width = DIFFERENCE * Math.max(1, Math.abs(x))
    const there = place.slice()
    there[i] = x + width
    const above = of(there)
    there[i] = x - width
    return (above - of(there)) / (2 * width)
  })
}

/** The first of ever shorter steps that gains enough (Armijo's rule); null where none does. */
function stepAlong(
  of: (x: Float64Array) => number,
  place: Float64Array,
  value: number,
  direction: Float64Array,
  downhill: number,
) {
  let length = Math.min(1, 2 / Math.max(1e-12, largest(direction)))
  for (let tries = 0; tries < 40; tries++) {
    const there = Float64Array.from(place, (x, i) => x + length * (direction[i] as number))
    const found = of(there)
    if (found <= value + 1e-4 * length * downhill && found < value) return { place: there, value: found }
    length /= 2
  }
  return null
}

/** The inverse Hessian after a step and the change of slope that came with it, in place. */
function update(bend: Float64Array, step: Float64Array, change: Float64Array): void {
  const n = step.length
  const curvature = dot(step, change)
  if (curvature <= 1e-14) return
  const turned = Float64Array.from(step, (_s, i) => dot(bend.subarray(i * n, (i + 1) * n), change))
  const scale = 1 + dot(change, turned) / curvature
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [si, sj] = [step[i] as number, step[j] as number]
      const mixed = (turned[i] as number) * sj + si * (turned[j] as number)
      bend[i * n + j] = (bend[i * n + j] as number) + (scale * si * sj - mixed) / curvature
    }
}

const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, cell) => (cell % (n + 1) === 0 ? 1 : 0))

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
