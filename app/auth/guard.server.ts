/** What every loader and action begins with. */

import { redirect } from '@remix-run/node'
import { and, eq, sql } from 'drizzle-orm'
import { env } from '#app/env.server.ts'
import { answerProblem, forbidden, notFound } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { memberships, projects } from '#db/schema/people.ts'
import { statement } from '#db/statement.server.ts'
import { foreignMessage, isForeign } from './origin.ts'
import { demand, type Permission, type Scope } from './permissions.ts'
import { readSession, type SignedIn } from './session.server.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a request that changes something and was not sent by a page of this site. Remix checks page actions alone, and
 * lets a missing Origin pass.
 */
export function requireSameOrigin(request: Request): void {
  const { method, headers } = request
  const sent = { method, site: headers.get('Sec-Fetch-Site'), origin: headers.get('Origin') }
  if (isForeign(sent, env().appUrl)) throw forbidden(foreignMessage(env().appUrl))
}

/** The signed-in person. Sends anyone else to sign in, and back here afterwards (a page) or answers 401 (data). */
export async function requireUser(request: Request): Promise<SignedIn> {
  requireSameOrigin(request)
  const signedIn = await readSession(request)
  if (signedIn) return signedIn
  const url = new URL(request.url)
  if (request.headers.get('Accept')?.includes('application/json') || !SAFE.has(request.method)) {
    throw Response.json(
      {
        problem: {
          code: 'signed-out',
          message: 'You are signed out. Sign in again; what you entered is kept.',
          fields: {},
        },
      },
      { status: 401 },
    )
  }
  throw redirect(`/sign-in?to=${encodeURIComponent(url.pathname.replace(/\.data$/, '') + url.search)}`)
}

/**
 * The scope in which the signed-in person acts in the project that the address names, with at least the given permission.
 * A project one does not belong to does not exist (404); one without the permission is told which role it needs (403).
 */
export async function requireScope(
  request: Request,
  params: { project?: string | undefined },
  permission: Permission,
): Promise<Scope> {
  const { user } = await requireUser(request)
  const scope = await scopeIn(user, params.project ?? '')
  if (!scope) throw notFound('This project')
  try {
    demand(scope, permission)
  } catch (error) {
    throw answerProblem(error)
  }
  return scope
}

const rolesIn = statement((db) =>
  db
    .select({ id: projects.id, slug: projects.slug, name: projects.name, role: memberships.role })
    .from(projects)
    .innerJoin(
      memberships,
      and(eq(memberships.projectId, projects.id), eq(memberships.userId, sql.placeholder('user'))),
    )
    .where(eq(projects.slug, sql.placeholder('slug'))),
)

/** The person's scope in a project by its slug, or null when they do not belong to it. */
export async function scopeIn(user: { id: string; name: string }, slug: string): Promise<Scope | null> {
  const rows = await rolesIn(store().read).execute({ user: user.id, slug })
  const [first] = rows
  if (!first) return null
  return {
    user: { id: user.id, name: user.name },
    project: { id: first.id, slug: first.slug, name: first.name },
    roles: rows.map((row) => row.role),
  }
}
