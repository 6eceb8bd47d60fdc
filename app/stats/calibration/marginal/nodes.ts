/** Points and log weights of an integral over a normal distribution of items. */
export interface Nodes {
  readonly theta: Float64Array
  readonly logWeight: Float64Array
}

/** Reach of the nodes in standard deviations; the weights beyond are below 1e-11. */
const REACH = 6.9
/** Spacing in standard deviations: 41 equal nodes on +-4.6, continued outwards. */
const SPACING = 0.23
const MOST_NODES = 1001

/**
 * Equal nodes with weights proportional to the normal density, normalised (the trapezoidal rule, whose error for a smooth
 * integrand falls as exp(-2 pi^2 (sd/spacing)^2)). Where items have so many scores that their posterior is narrower than the
 * spacing, the nodes are as close as the narrowest posterior's standard deviation.
 *
 * @param sd of the items
 * @param narrowest standard deviation of the narrowest posterior, in logits
 */
export function nodesFor(sd: number, narrowest: number): Nodes {
  const half = Math.min(Math.ceil(REACH / Math.min(SPACING, narrowest / sd)), (MOST_NODES - 1) / 2)
  const count = 2 * half + 1
  const theta = new Float64Array(count)
  const logWeight = new Float64Array(count)
  let sum = 0
  for (let q = 0; q < count; q++) {
    const z = ((q - half) / half) * REACH
    theta[q] = sd * z
    logWeight[q] = (-z * z) / 2
    sum += Math.exp((-z * z) / 2)
  }
  const logSum = Math.log(sum)
  for (let q = 0; q < count; q++) logWeight[q] = (logWeight[q] as number) - logSum
  return { theta, logWeight }
}
