import type { Names } from './columns.ts'

export const namesOf = (names: string[]): Names => ({
  names,
  numbers: new Map(names.map((name, number) => [name, number])),
})

/** The number of a name, given on its first appearance. */
export function numberOf({ names, numbers }: Names, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, names.length)
  names.push(name)
  return names.length - 1
}

const orders = new WeakMap<Names, { order: number[]; places: Uint32Array }>()

/** The place of each name, by its number, in the order of the names. Kept until there are more. */
export function placesOf(all: Names): Uint32Array {
  const { names } = all
  const known = orders.get(all) ?? { order: [], places: new Uint32Array(0) }
  if (known.order.length === names.length) return known.places
  // what was in order stays so, and sorting what is nearly in order is quick
  for (let number = known.order.length; number < names.length; number++) known.order.push(number)
  known.order.sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1))
  known.places = new Uint32Array(names.length)
  known.order.forEach((number, place) => {
    known.places[number] = place
  })
  orders.set(all, known)
  return known.places
}
