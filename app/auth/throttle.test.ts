import { describe, expect, it } from 'vitest'
import { countedKeys, keysOf, MINUTE_MS, type Place, waitInWords, waitMs } from './throttle.ts'

const NOW = 1_000_000_000

const place = (over: Partial<Place> = {}): Place => ({
  account: 'ada@example.org',
  network: '203.0.113.7',
  browser: null,
  knownBrowser: false,
  knownNetwork: false,
  ...over,
})

/** Failures from each of the places, the first `ago` milliseconds ago and the rest a second apart. */
function failuresFrom(places: readonly Place[], ago = MINUTE_MS): Map<string, number[]> {
  const failures = new Map<string, number[]>()
  places.forEach((one, i) => {
    for (const key of countedKeys(one)) failures.set(key, [...(failures.get(key) ?? []), NOW - ago + i])
  })
  return failures
}

const repeated = (times: number, one: Place) => Array.from({ length: times }, () => one)
const strangers = (times: number) =>
  Array.from({ length: times }, (_, i) => place({ network: `198.51.100.${i}`, browser: null }))

describe('waitMs', () => {
  it('bears five failures of an account from one network, and then waits for the oldest to leave the window', () => {
    expect(waitMs(place(), failuresFrom(repeated(4, place())), NOW)).toBe(0)
    expect(waitMs(place(), failuresFrom(repeated(5, place())), NOW)).toBe(14 * MINUTE_MS)
    expect(waitMs(place(), failuresFrom(repeated(5, place()), 15 * MINUTE_MS), NOW)).toBe(0)
  })

  it('counts another account from the same network by itself until the network as a whole has failed too often', () => {
    const other = place({ account: 'bo@example.org' })
    expect(waitMs(other, failuresFrom(repeated(5, place())), NOW)).toBe(0)
    const sprayed = Array.from({ length: 50 }, (_, i) => place({ account: `person-${i}@example.org` }))
    expect(waitMs(other, failuresFrom(sprayed), NOW)).toBeGreaterThan(0)
  })

  it('lets a known browser in whatever happens elsewhere, even on its own network', () => {
    const mine = place({ browser: 'token', knownBrowser: true })
    const attack = failuresFrom([...repeated(60, place()), ...strangers(250)])
    expect(waitMs(place(), attack, NOW)).toBeGreaterThan(0)
    expect(waitMs(mine, attack, NOW)).toBe(0)
    expect(waitMs(mine, failuresFrom(repeated(10, mine)), NOW)).toBeGreaterThan(0)
  })

  it('lets a known network in while strangers guess', () => {
    const home = place({ network: '192.0.2.1', knownNetwork: true })
    expect(waitMs(home, failuresFrom(strangers(250)), NOW)).toBe(0)
    expect(waitMs(home, failuresFrom(repeated(5, home)), NOW)).toBeGreaterThan(0)
  })

  it('gives a strange network one failure an hour while an account is guessed at, and none when that goes on', () => {
    const traveller = place({ network: '192.0.2.99' })
    expect(waitMs(traveller, failuresFrom([traveller, ...strangers(10)]), NOW)).toBe(0)
    expect(waitMs(traveller, failuresFrom(strangers(20)), NOW)).toBe(0)
    expect(waitMs(traveller, failuresFrom([traveller, ...strangers(20)]), NOW)).toBe(59 * MINUTE_MS)
    expect(waitMs(traveller, failuresFrom(strangers(200)), NOW)).toBeGreaterThan(0)
  })

  it('forgets failures dated in the future, as after a clock that was set back', () => {
    expect(waitMs(place(), failuresFrom(repeated(9, place()), -60 * MINUTE_MS), NOW)).toBe(0)
  })
})

describe('keysOf', () => {
  it('keeps neither the email nor the network readable, and parts apart', () => {
    const keys = Object.values(keysOf(place()))
    expect(keys.join()).not.toMatch(/ada|203/)
    expect(keysOf(place({ account: 'a', network: 'bc' })).pair).not.toBe(
      keysOf(place({ account: 'ab', network: 'c' })).pair,
    )
  })
})

describe('waitInWords', () => {
  it.each([
    [1, '1 second'],
    [39_001, '40 seconds'],
    [60_000, '60 seconds'],
    [60_001, '2 minutes'],
    [15 * MINUTE_MS, '15 minutes'],
  ])('says %d ms as %s', (ms, words) => {
    expect(waitInWords(ms)).toBe(words)
  })
})
