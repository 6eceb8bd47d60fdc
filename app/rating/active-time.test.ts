import { expect, test } from 'vitest'
import { counted, IDLE_AFTER_MS, shown, startMeter, touched } from './active-time.ts'

const seconds = (n: number) => n * 1000

test('time runs from the start without any sign of life for a minute, and no longer', () => {
  const meter = startMeter(0, seconds(100), true)
  expect(counted(meter, seconds(130)).activeMs).toBe(seconds(30))
  expect(counted(meter, seconds(1000)).activeMs).toBe(IDLE_AFTER_MS)
})

test('a sign of life after a pause counts the minute before the pause and not the rest', () => {
  let meter = touched(startMeter(0, 0, true), seconds(10))
  meter = touched(meter, seconds(310))
  expect(meter.activeMs).toBe(seconds(70))
  expect(counted(meter, seconds(320)).activeMs).toBe(seconds(80))
})

test('hidden time is not counted', () => {
  let meter = shown(startMeter(0, 0, true), seconds(5), false)
  meter = counted(meter, seconds(50))
  meter = shown(meter, seconds(55), true)
  expect(meter.activeMs).toBe(seconds(5))
  expect(counted(meter, seconds(60)).activeMs).toBe(seconds(10))
})

test('a page opened in the background starts to count when it is looked at', () => {
  const meter = shown(startMeter(0, 0, false), seconds(600), true)
  expect(counted(meter, seconds(601)).activeMs).toBe(seconds(1))
})

test('counting often adds up to counting once', () => {
  let meter = startMeter(seconds(7), 0, true)
  for (let now = 0; now <= 90; now += 1) meter = counted(meter, seconds(now))
  expect(meter.activeMs).toBe(seconds(67))
})

test('a clock that stands still or goes back never takes time away', () => {
  const meter = counted(startMeter(0, seconds(10), true), seconds(20))
  expect(counted(meter, seconds(15)).activeMs).toBe(seconds(10))
  expect(counted(counted(meter, seconds(15)), seconds(21)).activeMs).toBe(seconds(11))
})
