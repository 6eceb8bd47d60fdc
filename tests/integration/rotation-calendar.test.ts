import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '#app/ambient.ts'
import { readPoolSettings, savePoolSettings } from '#app/evaluation/pools/settings.ts'
import { dated, overdueRotation, rotationCalendar } from '#app/evaluation/rotation/calendar.ts'
import { feedOf, feedText, hasFeed, makeFeed, removeFeed } from '#app/evaluation/rotation/feed.ts'
import { rotatePools } from '#app/evaluation/rotation/rotate.ts'
import { undoRotation } from '#app/evaluation/rotation/undo.ts'
import { poolSettings } from '#db/schema/pools.ts'
import type { Store } from '#db/store.server.ts'
import { clock, DAY, type Filled, fillPools } from '#tests/support/rotation.ts'
import { ask, routes } from '#tests/support/routes.ts'
import { serveFrom } from '#tests/support/server-store.ts'
import { freshStore } from '#tests/support/store.ts'

const START = Date.UTC(2026, 0, 5, 23, 30)

let store: Store
let filled: Filled
let time: ReturnType<typeof clock>
beforeEach(async () => {
  store = await freshStore()
  time = clock(START)
  filled = await fillPools(store)
})
afterEach(() => time.stop())

describe('the calendar', () => {
  it('has the next rotation ninety days after the first sampling, and loudly when that is past', async () => {
    const calendar = await rotationCalendar(store, filled.lead)
    expect(calendar).toMatchObject({ dueAt: START + 90 * DAY, overdue: false, daysLate: 0 })
    expect(calendar.coming.map((at) => (at - START) / DAY)).toEqual([90, 180, 270, 360])
    time.at = START + 90 * DAY - 1
    expect(await overdueRotation(store, filled.owner)).toBeNull()
    time.at = START + 102.5 * DAY
    expect(await overdueRotation(store, filled.owner)).toEqual({ dueAt: START + 90 * DAY, daysLate: 12 })
    expect(await overdueRotation(store, { ...filled.owner, roles: ['builder', 'rater'] })).toBeNull()
  })

  it('goes on from a rotation, and not from one that was undone', async () => {
    time.at = START + 100 * DAY
    const id = await rotatePools(store, filled.owner, { stamp: null })
    expect((await rotationCalendar(store, filled.owner)).dueAt).toBe(START + 190 * DAY)
    time.at += 60_000
    await undoRotation(store, filled.owner, id)
    expect(await rotationCalendar(store, filled.owner)).toMatchObject({ dueAt: START + 90 * DAY, overdue: true })
  })

  it('has no date where nothing was ever sampled', () => {
    expect(dated({ since: null, dueAt: null, rotationDays: 90 }, START)).toMatchObject({ overdue: false, coming: [] })
  })
})

describe('the calendar feed', () => {
  const events = (text: string) =>
    text
      .replace(/\r\n /g, '')
      .split('BEGIN:VEVENT')
      .slice(1)
      .map((event) => [/DTSTART;VALUE=DATE:(\d+)/.exec(event)?.[1], /SUMMARY:(.*)/.exec(event)?.[1]?.trim()])

  it('holds what was rotated, what is due with reminders, and what comes after, by the day in UTC', async () => {
    time.at = START + 90 * DAY
    await rotatePools(store, filled.owner, { stamp: null })
    const text = await feedText(store, filled.project, 'https://assay.example')
    const name = filled.project.name
    expect(events(text)).toEqual([
      ['20260405', `Pools rotated: ${name}`],
      ['20260704', `Rotation due: ${name}`],
      ['20261002', `Rotation due: ${name}`],
      ['20261231', `Rotation due: ${name}`],
      ['20270331', `Rotation due: ${name}`],
    ])
    expect(text.match(/BEGIN:VALARM/g)).toHaveLength(2)
    expect(text).toContain('4 cases graduated')
    expect(text).not.toContain('factual lookup')
  })

  it('says that a rotation is overdue on the day it is asked for', async () => {
    time.at = START + 100 * DAY
    const [first] = events(await feedText(store, filled.project, 'https://assay.example'))
    expect(first).toEqual(['20260415', `Rotation overdue: ${filled.project.name}`])
  })

  it('opens by its secret alone, of which a hash is kept, until a new one is made or it is ended', async () => {
    const { slug } = filled.project
    expect(await hasFeed(store, filled.owner)).toBe(false)
    expect(await feedOf(store, slug, '')).toBeNull()
    const first = await makeFeed(store, filled.owner)
    const [row] = await store.read.select().from(poolSettings).where(eq(poolSettings.projectId, filled.project.id))
    expect(row?.calendarTokenHash).toBe(sha256(first))
    expect(await feedOf(store, slug, first)).toMatchObject({ id: filled.project.id })
    expect(await feedOf(store, 'no-such-project', first)).toBeNull()
    expect(await feedOf(store, slug, row?.calendarTokenHash ?? '')).toBeNull()
    const second = await makeFeed(store, filled.owner)
    expect(await feedOf(store, slug, first)).toBeNull()
    expect(await feedOf(store, slug, second)).not.toBeNull()
    await removeFeed(store, filled.owner)
    expect(await feedOf(store, slug, second)).toBeNull()
    await expect(makeFeed(store, filled.lead)).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('leaves the settings of the pools alone, and they leave it', async () => {
    const token = await makeFeed(store, filled.owner)
    const settings = await readPoolSettings(store.read, filled.project.id)
    await savePoolSettings(store, filled.owner, { ...settings, rotationDays: 30 })
    expect(await feedOf(store, filled.project.slug, token)).not.toBeNull()
    await removeFeed(store, filled.owner)
    expect((await readPoolSettings(store.read, filled.project.id)).rotationDays).toBe(30)
  })

  it('is served without a session, and a network that asks too often has to wait', async () => {
    serveFrom(store)
    const token = await makeFeed(store, filled.owner)
    const route = routes.find(({ file }) => file === 'routes/own/rotations/ics.ts')
    if (!route) throw new Error('no feed')
    const get = (secret: string) =>
      ask(route, 'loader', { params: { project: filled.project.slug }, headers: {}, query: `?token=${secret}` })
    expect(await get(token)).toMatchObject({ status: 200, text: expect.stringContaining('BEGIN:VCALENDAR') })
    expect(await get('another')).toMatchObject({ status: 404 })
    for (let i = 0; i < 30; i++) await get('another')
    expect(await get(token)).toMatchObject({ status: 429 })
    time.at += 61_000
    expect(await get(token)).toMatchObject({ status: 200 })
  })
})
