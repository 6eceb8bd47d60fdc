import { expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { CANNOT_JUDGE } from '#app/evaluation/ratings/in-force/columns.ts'
import { ITEMS, inForce, rated } from '#tests/support/in-force.ts'

it('has every rating in force once, with its levels, and adds what is made and takes out what is superseded', async () => {
  const { round, raters, rate, supersede, kept, rubric } = await rated()
  const line = (item: number, rater: number, code: number) => `${round.itemIds[item]} ${raters[rater]?.id} ${code}`
  expect(inForce(await kept())).toEqual([])

  const ids: string[] = []
  for (let item = 0; item < ITEMS; item++) for (const rater of [0, 1]) ids.push(await rate(item, rater, 0))
  const all = Array.from({ length: ITEMS }, (_, item) => [line(item, 0, 1), line(item, 1, 1)]).flat()
  const columns = await kept()
  expect(inForce(columns)).toEqual([...all].sort())
  const last = rubric.dimensions.length - 1
  expect(columns.codes.map((codes) => codes[0])).toEqual(
    rubric.dimensions.map((_, d) => (d === last ? CANNOT_JUDGE : 1 + (d % 4))),
  )
  expect(columns.activeMs[0]).toBe(5)

  // a correction, and one that is taken back
  await supersede(ids[0] as string)
  await rate(0, 0, 2, { revision: 2 })
  await supersede(ids[3] as string)
  const corrected = [line(0, 0, 3), ...all.filter((one) => one !== line(0, 0, 1) && one !== line(1, 1, 1))]
  expect(inForce(await kept())).toEqual(corrected.sort())
  expect(inForce(await kept())).toEqual(corrected)

  // corrected twice before anybody looks
  const again = await rate(1, 1, 1, { revision: 2 })
  await supersede(again)
  await rate(1, 1, 3, { revision: 3 })
  expect(inForce(await kept())).toEqual([...corrected, line(1, 1, 4)].sort())
})

it('finds ratings that were stored with an id before those already read', async () => {
  const { rate, kept, supersede } = await rated()
  const early = newId()
  const ids: string[] = []
  for (let item = 0; item < ITEMS - 1; item++) for (const rater of [0, 1]) ids.push(await rate(item, rater, 0))
  expect(inForce(await kept())).toHaveLength(2 * ITEMS - 2)
  await rate(ITEMS - 1, 0, 1, { id: early })
  expect(inForce(await kept())).toHaveLength(2 * ITEMS - 1)
  // what had to be read anew goes on as before
  await supersede(ids[5] as string)
  await rate(ITEMS - 1, 1, 1)
  expect(inForce(await kept())).toHaveLength(2 * ITEMS - 1)
  expect(new Set(inForce(await kept())).size).toBe(2 * ITEMS - 1)
})

it('reads the news once for those who ask at the same time', async () => {
  const { rate, kept } = await rated()
  for (let item = 0; item < 5; item++) await rate(item, 0, 0)
  const found = await Promise.all([kept(), kept(), kept()])
  for (const columns of found) expect(inForce(columns)).toHaveLength(5)
})
