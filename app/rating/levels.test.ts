import { expect, test } from 'vitest'
import { levelKeys } from './levels.ts'

test('levels from 0 to 9 are given by their own digit', () => {
  expect(levelKeys([1, 2, 3, 4])).toEqual(['1', '2', '3', '4'])
  expect(levelKeys([0, 1, 2])).toEqual(['0', '1', '2'])
})

test('ten levels from 1 use 0 for the tenth', () => {
  expect(levelKeys([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'])
})

test('levels without digits of their own go by their place', () => {
  expect(levelKeys([-2, -1, 0, 1, 2])).toEqual(['1', '2', '3', '4', '5'])
  expect(levelKeys([95, 96])).toEqual(['1', '2'])
  expect(new Set(levelKeys([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])).size).toBe(10)
})
