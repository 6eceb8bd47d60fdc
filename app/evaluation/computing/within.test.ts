import { describe, expect, it } from 'vitest'
import { within } from './within.ts'

describe('waiting for a result', () => {
  it('ends with the value when it comes in time, and without it when it does not', async () => {
    expect(await within(1_000, Promise.resolve(3))).toEqual({ ready: true, value: 3 })
    expect(await within(1, new Promise(() => undefined))).toEqual({ ready: false })
  })

  it('rejects with a failure that comes in time, and swallows one that comes late', async () => {
    await expect(within(1_000, Promise.reject(new Error('no')))).rejects.toThrow('no')
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 20))
    expect(await within(1, late)).toEqual({ ready: false })
    await new Promise((resolve) => setTimeout(resolve, 40))
  })
})
