import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dayValue, momentsOf, nameValue, readAddress, windowFields } from './query-values.server.ts'

const schema = z.object({ from: dayValue, to: dayValue, category: nameValue })
const read = (search: string) => readAddress(schema, new Request(`http://localhost/figures?${search}`))

describe('an address that narrows figures', () => {
  it('is read into days and names, and missing and empty ones into null', () => {
    expect(read('from=2026-10-31&category=refusal')).toEqual({
      from: Date.UTC(2026, 9, 31),
      to: null,
      category: 'refusal',
    })
    expect(read('from=&category=')).toEqual({ from: null, to: null, category: null })
  })

  it('is refused for a date that is none, naming it', () => {
    for (const wrong of ['31.10.2026', '2026-13-01']) {
      expect(() => read(`to=${wrong}`)).toThrow(`"${wrong}" is not a date`)
    }
  })

  it('means its last day whole, and shows that day again', () => {
    const window = momentsOf(read('from=2026-10-30&to=2026-10-31'))
    expect(window.to).toBe(Date.UTC(2026, 10, 1))
    expect(windowFields(window)).toEqual({ from: '2026-10-30', to: '2026-10-31' })
  })
})
