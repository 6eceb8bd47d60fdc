/** Every route of app/routes.ts with its module, and a way to ask one as a browser's request would. */
import type { RouteConfigEntry } from '@remix-run/route-config'
import config from '#app/routes.ts'

type Answerer = (args: { request: Request; params: Record<string, string>; context: object }) => unknown

export type RouteModule = { loader?: Answerer; action?: Answerer; default?: unknown }
export type Route = { file: string; path: string; params: string[]; load: () => Promise<RouteModule> }

const modules = import.meta.glob<RouteModule>('../../app/routes/**/*.{ts,tsx}')

function routesIn(entries: readonly RouteConfigEntry[], under: string): Route[] {
  return entries.flatMap(({ file, path, children }) => {
    const whole = path === undefined ? under : `${under}/${path}`
    const load = modules[`../../app/${file}`]
    if (!load) throw new Error(`app/routes.ts names ${file}, which is not there`)
    const params = [...whole.matchAll(/:([a-zA-Z]+)/g)].map((found) => found[1] ?? '')
    return [{ file, path: whole || '/', params, load }, ...routesIn(children ?? [], whole)]
  })
}

export const routes = routesIn(await config, '')

/** Values of the path parameters by name; `*` for the rest of a catch-all. */
export type Params = Readonly<Record<string, string>>

function addressOf(route: Route, params: Params): string {
  return route.path.replace(/:([a-zA-Z]+)/g, (_whole, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${route.path}: tell the test a value of :${name}`)
    return value
  })
}

export type Answer = { status: number; text: string; location: string }

/** What was returned or thrown, as status and text. What no route should throw is thrown on. */
async function answerOf(result: unknown): Promise<Answer> {
  if (result instanceof Response) {
    return { status: result.status, text: await result.text(), location: result.headers.get('Location') ?? '' }
  }
  const { type, init } = (result ?? {}) as { type?: string; init?: ResponseInit | null }
  const status = type === 'DataWithResponseInit' ? (init?.status ?? 200) : 200
  return { status, text: JSON.stringify(result) ?? '', location: '' }
}

/** Asks a route's loader (GET) or action (POST) and gives the answer. */
export async function ask(
  route: Route,
  kind: 'loader' | 'action',
  {
    params,
    headers,
    body,
    query = '',
  }: { params: Params; headers: Record<string, string>; body?: BodyInit; query?: string },
): Promise<Answer> {
  const answerer = (await route.load())[kind]
  if (!answerer) throw new Error(`${route.file} has no ${kind}`)
  const request = new Request(`http://localhost:3000${addressOf(route, params)}${query}`, {
    method: kind === 'loader' ? 'GET' : 'POST',
    headers,
    ...(kind === 'action' ? { body: body ?? new URLSearchParams() } : {}),
  })
  const args = { request, params: { ...params, '*': 'nothing' }, context: { address: '203.0.113.7', nonce: '' } }
  try {
    return await answerOf(await answerer(args))
  } catch (thrown) {
    if (thrown instanceof Response) return answerOf(thrown)
    throw thrown
  }
}
