/** What each route of app/routes.ts asks for. A new route has to say so here; the test of permissions then holds it to it. */
import type { Permission } from '#app/auth/permissions.ts'

/** `anybody`: without an account; `signed in`: with any; `admins`: of any project; otherwise a permission in the project. */
export type Asked = Permission | 'anybody' | 'signed in' | 'admins'
export type Expected = { loader?: Asked; action?: Asked }

export const EXPECTED: Record<string, Expected> = {
  'routes/home.ts': { loader: 'signed in' },
  'routes/health/live.ts': { loader: 'anybody' },
  'routes/health/ready.ts': { loader: 'anybody' },

  'routes/account/sign-in.tsx': { loader: 'anybody', action: 'anybody' },
  'routes/account/sign-out.ts': { loader: 'anybody', action: 'signed in' },
  'routes/account/set-up.tsx': { loader: 'anybody', action: 'anybody' },
  'routes/account/invitation.tsx': { loader: 'anybody', action: 'anybody' },
  'routes/account/account.tsx': { loader: 'signed in', action: 'signed in' },
  'routes/account/missing.tsx': { loader: 'anybody', action: 'anybody' },
  'routes/admin/project-new.tsx': { loader: 'admins', action: 'admins' },

  'routes/project.tsx': { loader: 'permissions.read' },
  'routes/project-home.ts': { loader: 'permissions.read' },
  'routes/admin/missing.tsx': { loader: 'permissions.read', action: 'permissions.read' },

  'routes/rate/queue.tsx': { loader: 'items.rate' },
  'routes/rate/history.tsx': { loader: 'items.rate' },
  'routes/rate/last-ten.ts': { loader: 'items.rate' },
  'routes/rate/own-rating.tsx': { loader: 'items.rate' },
  'routes/rate/preferences.ts': { action: 'items.rate' },
  'routes/rate/page.tsx': { loader: 'items.rate', action: 'items.rate' },
  'routes/rate/next.ts': { action: 'items.rate' },
  'routes/rate/submit.ts': { action: 'items.rate' },
  'routes/rate/draft.ts': { action: 'items.rate' },
  'routes/rate/reveal.ts': { action: 'items.rate' },
  'routes/rate/skip.ts': { action: 'items.rate' },
  'routes/rate/take-up.ts': { action: 'items.rate' },
  'routes/rate/flag.ts': { action: 'items.rate' },
  'routes/rate/undo.ts': { action: 'items.rate' },
  'routes/rate/correct.ts': { action: 'items.rate' },
  'routes/rate/lease.ts': { action: 'items.rate' },
  'routes/rate/item.ts': { action: 'items.rate' },

  'routes/own/cases/page.tsx': { loader: 'cases.read' },
  'routes/own/cases/segments-csv.ts': { loader: 'cases.read' },
  'routes/own/case/page.tsx': { loader: 'cases.read', action: 'cases.write' },
  'routes/own/case/write-reference.tsx': { loader: 'references.write', action: 'references.write' },
  'routes/own/systems.tsx': { loader: 'cases.read' },
  'routes/own/imports/page.tsx': { loader: 'imports.read' },
  'routes/own/imports/new.tsx': { loader: 'imports.read', action: 'imports.read' },
  'routes/own/imports/example.ts': { loader: 'imports.read' },
  'routes/own/imports/import.tsx': { loader: 'imports.read' },
  'routes/own/rubrics.tsx': { loader: 'rubrics.read', action: 'rubrics.write' },
  'routes/own/rubric.tsx': { loader: 'rubrics.read', action: 'rubrics.write' },

  'routes/lead/rounds/list.tsx': { loader: 'rounds.read' },
  'routes/lead/rounds/new.tsx': { loader: 'rounds.write', action: 'rounds.write' },
  'routes/lead/rounds/round.tsx': { loader: 'rounds.read', action: 'rounds.write' },
  'routes/lead/rounds/ratings.ts': { loader: 'ratings.read' },
  'routes/lead/agreement/page.tsx': { loader: 'agreement.read' },
  'routes/lead/agreement/csv.ts': { loader: 'agreement.read' },
  'routes/lead/agreement/ratings.tsx': { loader: 'ratings.read' },

  'routes/admin/people.tsx': { loader: 'people.read', action: 'people.write' },
  'routes/admin/invite.tsx': { loader: 'people.write', action: 'people.write' },
  'routes/admin/person.tsx': { loader: 'people.read', action: 'people.write' },
  'routes/admin/permissions.tsx': { loader: 'permissions.read' },
  'routes/admin/audit.tsx': { loader: 'audit.read', action: 'audit.read' },
  'routes/admin/audit-export.ts': { loader: 'audit.read' },
  'routes/admin/settings.tsx': { loader: 'project.write', action: 'project.write' },
}
