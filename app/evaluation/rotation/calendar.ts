/** When rotations are due. */
import { now } from '#app/ambient.ts'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { type NextRotation, nextRotation } from '#app/evaluation/pools/next-rotation.ts'
import type { Database, Store } from '#db/store.server.ts'
import { DAY } from './plan.ts'

/** So many of the coming dates are shown. */
const COMING = 4

export type RotationCalendar = NextRotation & {
  /** Whole days that it is late; 0 when it is not. */
  daysLate: number
  overdue: boolean
  /** The date that is due and those after it, if each is kept; an overdue one counts as done now. */
  coming: number[]
}

/** The dates of the project's rotations, as far as they can be known now. */
export async function rotationCalendar({ read }: Pick<Store, 'read'>, scope: Scope): Promise<RotationCalendar> {
  demand(scope, 'rotation.read')
  return calendarOf(read, scope.project.id, now())
}

/** The same without asking who asks: for the feed, whose secret lets in. */
export const calendarOf = async (read: Database, projectId: string, at: number): Promise<RotationCalendar> =>
  dated(await nextRotation(read, projectId), at)

/** Reckons the dates that follow from the next one. */
export function dated(next: NextRotation, at: number): RotationCalendar {
  const { dueAt, rotationDays } = next
  if (dueAt === null) return { ...next, daysLate: 0, overdue: false, coming: [] }
  const kept = Math.max(dueAt, at)
  const coming = Array.from({ length: COMING }, (_, i) => (i === 0 ? dueAt : kept + i * rotationDays * DAY))
  return { ...next, daysLate: Math.max(0, Math.floor((at - dueAt) / DAY)), overdue: dueAt <= at, coming }
}

/** How late the rotation is, for the banner of those who see to it; null where it is not due, or is no matter of theirs. */
export async function overdueRotation(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
): Promise<{ dueAt: number; daysLate: number } | null> {
  if (!scope.roles.some((role) => role === 'owner' || role === 'lead')) return null
  const { dueAt, daysLate, overdue } = await calendarOf(read, scope.project.id, now())
  return overdue && dueAt !== null ? { dueAt, daysLate } : null
}
