import { demand, type Scope } from '#app/auth/permissions.ts'
import type { Store } from '#db/store.server.ts'
import { type Member, memberIn, projectsLeftAlone, worksBeyond } from './members.ts'

export type ShownPerson = Member & {
  /** Their account is not this admin's to disable or to give a new password. */
  beyond: boolean
  /** Nobody else could administer the project. */
  lastAdmin: boolean
}

/** One person of the project, with what stands in the way of changing their account. */
export async function readPerson(store: Store, scope: Scope, personId: string): Promise<ShownPerson> {
  demand(scope, 'people.read')
  const member = await memberIn(store.read, scope, personId)
  return {
    ...member,
    beyond: await worksBeyond(store.read, scope, personId),
    lastAdmin: (await projectsLeftAlone(store.read, personId, scope.project.id)).length > 0,
  }
}
