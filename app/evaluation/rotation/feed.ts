/** The private calendar feed of a project: whoever has its secret may read the dates, and nothing else. */
import { timingSafeEqual } from 'node:crypto'
import { and, asc, eq, isNull } from 'drizzle-orm'
import { ICalAlarmType, ICalCalendar, ICalCalendarMethod } from 'ical-generator'
import { newToken, now, sha256 } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { record } from '#app/evaluation/audit/record.ts'
import { POOL_DEFAULTS } from '#app/evaluation/pools/settings.ts'
import { projects } from '#db/schema/people.ts'
import { poolSettings, rotations } from '#db/schema/pools.ts'
import type { Store } from '#db/store.server.ts'
import { calendarOf } from './calendar.ts'
import { countMoves, type MoveCounts } from './list.ts'
import { DAY } from './plan.ts'

const NO_HASH = '0'.repeat(64)
const REMIND_DAYS = [7, 1]

/** Whether the project has a feed. */
export async function hasFeed({ read }: Pick<Store, 'read'>, scope: Scope): Promise<boolean> {
  demand(scope, 'rotation.read')
  const [row] = await read.select().from(poolSettings).where(eq(poolSettings.projectId, scope.project.id))
  return typeof row?.calendarTokenHash === 'string'
}

/** Makes the feed's secret, in place of a former one, which ends. It is told here and never again. */
export async function makeFeed(store: Store, scope: Scope): Promise<string> {
  const token = newToken()
  await setToken(store, scope, sha256(token))
  return token
}

/** Ends the feed. Doing it twice changes nothing. */
export const removeFeed = (store: Store, scope: Scope): Promise<void> => setToken(store, scope, null)

async function setToken(store: Store, scope: Scope, calendarTokenHash: string | null): Promise<void> {
  demand(scope, 'rotation.write')
  const projectId = scope.project.id
  await store.write(async (tx) => {
    const set = { calendarTokenHash, updatedAt: now() }
    await tx
      .insert(poolSettings)
      .values({ projectId, ...POOL_DEFAULTS, ...set })
      .onConflictDoUpdate({ target: poolSettings.projectId, set })
    await record(tx, {
      projectId,
      actor: scope.user,
      action: calendarTokenHash === null ? 'rotation-feed.removed' : 'rotation-feed.made',
      subject: 'project',
      subjectId: projectId,
    })
  })
}

/** The project whose feed the secret opens; null for a wrong secret, a project without a feed and one that is not there. */
export async function feedOf(
  { read }: Pick<Store, 'read'>,
  slug: string,
  token: string,
): Promise<{ id: string; slug: string; name: string } | null> {
  const [row] = await read
    .select({ id: projects.id, slug: projects.slug, name: projects.name, hash: poolSettings.calendarTokenHash })
    .from(projects)
    .leftJoin(poolSettings, eq(poolSettings.projectId, projects.id))
    .where(eq(projects.slug, slug))
  // The same work whatever is wrong, so that the time taken tells nothing.
  const same = timingSafeEqual(Buffer.from(sha256(token)), Buffer.from(row?.hash ?? NO_HASH))
  return row && row.hash !== null && same ? { id: row.id, slug: row.slug, name: row.name } : null
}

/** The feed as iCalendar text: rotations done, the next one with reminders, and those after it. */
export async function feedText(
  { read }: Pick<Store, 'read'>,
  project: { id: string; slug: string; name: string },
  appUrl: string,
): Promise<string> {
  const at = now()
  const { coming, overdue } = await calendarOf(read, project.id, at)
  const done = await read
    .select({ id: rotations.id, doneAt: rotations.doneAt })
    .from(rotations)
    .where(and(eq(rotations.projectId, project.id), isNull(rotations.undoneAt)))
    .orderBy(asc(rotations.doneAt))
  const counts = await countMoves(
    read,
    done.map(({ id }) => id),
  )
  const url = `${appUrl}/p/${project.slug}/rotations`
  const calendar = new ICalCalendar({
    name: `${project.name}: rotations`,
    prodId: { company: 'Assay', product: 'Rotations' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 6 * 60 * 60,
  })
  const event = (id: string, start: number, summary: string, description: string) =>
    calendar.createEvent({
      id: `${id}@${project.id}.assay`,
      start: new Date(start),
      end: new Date(start + DAY),
      allDay: true,
      timezone: 'UTC',
      stamp: new Date(at),
      summary,
      description,
      url,
    })
  for (const { id, doneAt } of done) {
    event(id, doneAt, `Pools rotated: ${project.name}`, inWords(counts.get(id)))
  }
  for (const [i, due] of coming.entries()) {
    const late = overdue && i === 0
    const made = event(
      `due-${i + 1}`,
      late ? at : due,
      `${late ? 'Rotation overdue' : 'Rotation due'}: ${project.name}`,
      `The pools of ${project.name} are to be rotated${late ? `, since ${new Date(due).toISOString().slice(0, 10)}` : ''}.`,
    )
    if (i > 0) continue
    for (const days of REMIND_DAYS)
      made.createAlarm({ type: ICalAlarmType.display, triggerBefore: (days * DAY) / 1000 })
  }
  return calendar.toString()
}

const inWords = (counts: MoveCounts | undefined): string =>
  counts === undefined
    ? ''
    : `${counts.graduated} cases graduated, ${counts.retired} retired, ${counts.entered} entered the holdout.`
