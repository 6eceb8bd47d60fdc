import { expect, it } from 'vitest'
import { shareSteps } from './shares.ts'

it('lays counts end to end', () => {
  expect(shareSteps([1, 0, 3])).toEqual([
    { x: 0, width: 25 },
    { x: 25, width: 0 },
    { x: 25, width: 75 },
  ])
  expect(shareSteps([0, 0])).toBeNull()
})
