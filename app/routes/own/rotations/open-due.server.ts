import type { Scope } from '#app/auth/permissions.ts'
import { wakeJobs } from '#app/evaluation/jobs/start.ts'
import { queueDueOpenings } from '#app/evaluation/rotation/open.ts'
import { store } from '#app/store.server.ts'

/** Has what rotations let out a day ago opened, should the hourly look not have come by yet. */
export async function openDue({ project }: Scope): Promise<void> {
  if ((await queueDueOpenings(store(), project.id)) > 0) wakeJobs()
}
