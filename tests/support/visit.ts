/** Somebody signed in who reads pages and sends their forms. */
import type { Scope } from '#app/auth/permissions.ts'
import { openSession } from '#app/auth/session.server.ts'
import { type Answer, ask, type Params, routes } from './routes.ts'

export type Visit = {
  /** What the loader of a route (by its file in app/routes/) gives; `query` with its question mark. */
  read: <T>(file: string, params?: Params, query?: string) => Promise<T>
  /** The answer to a form sent to the route. */
  send: (file: string, form: Record<string, string | string[]>, params?: Params) => Promise<Answer>
}

const SAME_ORIGIN = { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://localhost:3000' }

function routeOf(file: string) {
  const route = routes.find((one) => one.file === `routes/${file}`)
  if (!route) throw new Error(`no route ${file}`)
  return route
}

/** Signs the person of a scope in to its project. The store has to serve already (`serveFrom`). */
export async function visitAs({ user, project }: Scope): Promise<Visit> {
  const cookie = (await openSession(user.id, 'a browser')).split(';')[0] ?? ''
  const headers = { ...SAME_ORIGIN, Cookie: cookie }
  return {
    read: async <T>(file: string, params: Params = {}, query = '') => {
      const { text } = await ask(routeOf(file), 'loader', {
        params: { project: project.slug, ...params },
        headers,
        query,
      })
      return JSON.parse(text) as T
    },
    send: async (file, form, params = {}) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one)
      return ask(routeOf(file), 'action', { params: { project: project.slug, ...params }, headers, body })
    },
  }
}
