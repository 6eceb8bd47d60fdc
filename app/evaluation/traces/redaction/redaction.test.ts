import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passesLuhn } from './card.ts'
import { namesIn } from './names.ts'
import { redactedRecord } from './record.ts'
import { obscured, Tally } from './report.ts'
import { redacted } from './step.ts'
import { REDACTIONS, stepsOf } from './steps.ts'

const NAMES = ['Ada Moreau', 'Mark', "O'Neill", 'Jean-Luc Picard']
const steps = stepsOf(REDACTIONS, NAMES)
const clean = (text: string) => redacted(text, steps).text

describe('what is masked', () => {
  it.each([
    ['Write to ada.moreau+x@mail.example.org.', 'Write to [email].'],
    ['<j.doe@example.co.uk>, (k@x.io)', '<[email]>, ([email])'],
    ['müller@größe.de', '[email]'],
    ['my card 4111 1111 1111 1111 exp', 'my card [card] exp'],
    ['5500-0055-5555-5559', '[card]'],
    ['call +49 30 901820 now', 'call [phone] now'],
    ['(555) 123-4567 or 020 7946 0958', '[phone] or [phone]'],
    ['06.12.34.56.78', '[phone]'],
    ['0301234567', '[phone]'],
    ['said ADA MOREAU to Mark', 'said [name] to [name]'],
    ['Mark’s and Ada Moreau’s', '[name]’s and [name]’s'],
    ["Mr O'Neill met Jean-Luc Picard", 'Mr [name] met [name]'],
  ])('%s', (text, expected) => {
    expect(clean(text)).toBe(expected)
  })
})

describe('what is left', () => {
  it.each([
    'mark the page',
    'an @ alone, user@localhost, @handle',
    '4111 1111 1111 1112 has a wrong check digit, as has 1234567890123456789012',
    'on 2026-05-02 and 02.05.2026',
    'from 192.168.100.200 at 10:30',
    'pi is 3.14159265358',
    'EUR 1 000 000 000',
    'order 8812345678',
    'v1.2.3-rc.4, 404, 10-12 people',
    'Adam Moreau',
    'abc0301234567',
  ])('%s', (text) => {
    expect(clean(text)).toBe(text)
  })
})

describe('redaction', () => {
  const wordy = fc.stringMatching(/^[a-zA-Z0-9 @.+()\-'é]{0,60}$/)

  it('leaves nothing that it would find again', () => {
    fc.assert(
      fc.property(fc.oneof(wordy, fc.string()), (text) => {
        const once = clean(text)
        expect(redacted(once, steps.slice(0, 1)).masked).toEqual([])
        expect(redacted(once, steps.slice(1, 2)).masked).toEqual([])
      }),
    )
  })

  it('changes nothing but what it tells of', () => {
    fc.assert(
      fc.property(wordy, (text) => {
        const { text: made, masked } = redacted(text, steps)
        let back = made
        for (const one of masked) back = back.replace(`[${one.kind}]`, () => one.text)
        expect(back).toBe(text)
      }),
    )
  })

  it('finds every card whose check digit is right', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 })
    fc.assert(
      fc.property(digits, (made) => {
        const check = Array.from({ length: 10 }, (_, i) => i).find((i) => passesLuhn([...made, i].join('')))
        fc.pre(check !== undefined)
        expect(clean(`no ${[...made, check].join('')}.`)).toBe('no [card].')
      }),
    )
  })

  it('takes time in proportion to the text, whatever it is', () => {
    const began = performance.now()
    for (const letter of ['a', '1', '@', '1 ', '+1', 'a@']) clean(letter.repeat(200_000))
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it('reaches every text of a trace but its key', () => {
    const { record, counts } = redactedRecord(
      {
        key: 'a@b.org',
        input: 'a@b.org',
        response: 'a@b.org',
        documents: ['a@b.org', { title: 'a@b.org', text: 'none' }],
        signals: { note: 'a@b.org', stars: 4 },
        metadata: { deep: [{ user: 'a@b.org' }] },
      },
      steps,
    )
    expect(JSON.stringify(record).match(/a@b\.org/g)).toHaveLength(1)
    expect(record.key).toBe('a@b.org')
    expect(counts).toEqual({ email: 6 })
  })
})

describe('the report', () => {
  it('gives nobody away', () => {
    expect(obscured('ada.moreau@example.org')).toBe('a••.m•••@e•••.o••')
    expect(obscured('4111 1111 1111 1234')).toBe('•••• •••• •••• ••34')
    expect(obscured('Ada Moreau')).toBe('A•• M•••')
  })

  it('counts what was masked, and the traces it was in', () => {
    const tally = new Tally()
    tally.add({ email: 2 }, [{ kind: 'email', text: 'a@b.cd' }])
    tally.add({ email: 1 }, [{ kind: 'email', text: 'a@b.cd' }])
    expect(tally.report).toEqual([{ kind: 'email', count: 3, traces: 2, examples: ['a@b.c•'] }])
  })
})

it('reads a list of names', () => {
  expect(namesIn('# staff\nAda Moreau\r\n\n Mark \n')).toEqual(['Ada Moreau', 'Mark'])
})
