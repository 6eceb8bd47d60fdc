/** Who may do what: one table, asked by the domain and shown on a page. */

import { Problem } from '#app/evaluation/problem.ts'
import type { Role } from '#db/schema/people.ts'

type Rule = { what: string; roles: readonly Role[] }

export const PERMISSIONS = {
  'items.rate': { what: 'Rate items of rounds one was chosen for; see one’s own history', roles: ['rater'] },
  'cases.read': { what: 'Read cases, responses and references', roles: ['owner', 'lead'] },
  'cases.write': { what: 'Import and archive cases and responses', roles: ['owner'] },
  'pools.read': { what: 'See how many cases each pool holds, and when it turns', roles: ['owner', 'lead', 'builder'] },
  'pools.write': {
    what: 'Sample traces into the eval set; change how the pools are filled and turned',
    roles: ['owner'],
  },
  'exposures.read': {
    what: 'See who opened which sealed case, and when; never what is in it',
    roles: ['admin', 'owner', 'lead'],
  },
  'seals.break': { what: 'Break the seal of a case, an admin and a lead together', roles: ['admin', 'lead'] },
  'rotation.read': { what: 'See rotations and their calendar', roles: ['owner', 'lead'] },
  'rotation.write': { what: 'Rotate the pools, undo a rotation, keep its calendar feed', roles: ['owner'] },
  'contamination.read': { what: 'See how contaminated cases and pools are', roles: ['owner', 'lead'] },
  'scan.run': { what: 'Search prompts and training files for cases', roles: ['owner', 'lead', 'builder'] },
  'references.write': { what: 'Write references', roles: ['owner', 'lead'] },
  'references.ask': { what: 'Ask for references, take up or decline better answers', roles: ['owner', 'lead'] },
  'references.take': { what: 'Write and check references that were asked for', roles: ['owner', 'lead', 'rater'] },
  'closeness.read': { what: 'See how close responses come to references', roles: ['owner', 'lead', 'builder'] },
  'closeness.write': { what: 'Calibrate closeness to references', roles: ['owner', 'lead'] },
  'rubrics.read': { what: 'Read rubrics and their versions', roles: ['owner', 'lead', 'builder', 'rater'] },
  'rubrics.write': { what: 'Draft, publish and retire rubric versions', roles: ['owner'] },
  'rounds.read': { what: 'See rounds and their progress', roles: ['owner', 'lead'] },
  'rounds.write': { what: 'Make, open, change and close rounds', roles: ['owner', 'lead'] },
  'anchors.write': { what: 'Pick, draw and retire anchors', roles: ['owner', 'lead'] },
  'ratings.read': { what: 'Read and export other people’s ratings', roles: ['lead', 'owner'] },
  'ratings.import': { what: 'Import ratings made elsewhere', roles: ['owner', 'lead'] },
  'agreement.read': { what: 'See agreement figures', roles: ['owner', 'lead', 'builder'] },
  'calibration.read': { what: 'See raters’ calibration: severity, fit, fair scores', roles: ['lead', 'owner'] },
  'calibration.own': { what: 'See one’s own calibration, from closed rounds', roles: ['rater'] },
  'imports.read': { what: 'See imports and their errors', roles: ['owner', 'lead'] },
  'people.read': { what: 'See who works in the project', roles: ['admin', 'owner', 'lead'] },
  'people.write': { what: 'Invite people, change roles, disable accounts', roles: ['admin'] },
  'audit.read': { what: 'Read the audit log', roles: ['admin', 'lead'] },
  'permissions.read': { what: 'Read this table', roles: ['rater', 'owner', 'lead', 'builder', 'admin'] },
  'project.write': { what: 'Change the project’s name, categories and user segments', roles: ['owner', 'admin'] },
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof PERMISSIONS

/** The one who acts, and where: what every domain function that reads or changes a project is given. */
export type Scope = {
  user: { id: string; name: string }
  project: { id: string; slug: string; name: string }
  roles: readonly Role[]
}

/** The acting account's id; null for the command line, which acts without one (its scope's `user.id` is empty). */
export const accountOf = (scope: Scope): string | null => scope.user.id || null

/** True when one of the roles grants the permission. */
export const can = (roles: readonly Role[], permission: Permission): boolean => {
  const granted: readonly Role[] = PERMISSIONS[permission].roles
  return roles.some((role) => granted.includes(role))
}

/** Throws a `forbidden` Problem unless the scope's roles grant the permission. */
export function demand(scope: Scope, permission: Permission): void {
  if (can(scope.roles, permission)) return
  const needed = PERMISSIONS[permission].roles.join(' or ')
  throw new Problem(
    'forbidden',
    `${PERMISSIONS[permission].what}: this needs the role ${needed} in ${scope.project.name}. Ask an admin of the project.`,
  )
}
