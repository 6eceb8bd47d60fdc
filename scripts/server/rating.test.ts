import type { AddressInfo } from 'node:net'
import type { ServerBuild } from '@remix-run/node'
import express from 'express'
import { expect, it } from 'vitest'
import { ratingEndpoints } from './rating.ts'

const route = (id: string, parentId?: string, path?: string) => ({ id, parentId, path, module: {} })
const all = [
  route('root'),
  route('project', 'root', 'p/:project'),
  route('page', 'project', 'rate/:round'),
  route('submit', 'project', 'rate/:round/submit'),
  route('take-up', 'project', 'rate/:round/take-up'),
  route('cases', 'project', 'cases'),
]
const build = { routes: Object.fromEntries(all.map((one) => [one.id, one])) } as unknown as ServerBuild

it('keeps the endpoints of the rating page with what is above them, and matches their addresses alone', async () => {
  const { build: small, pattern } = ratingEndpoints(build)
  expect(Object.keys(small.routes)).toEqual(['root', 'project', 'submit', 'take-up'])

  const app = express()
  app.post(pattern, (_request, response) => void response.send('rating'))
  app.all('*', (_request, response) => void response.send('all'))
  const server = app.listen(0)
  const { port } = server.address() as AddressInfo
  const ask = async (method: string, path: string) =>
    (await fetch(`http://localhost:${port}${path}`, { method })).text()
  expect(await ask('POST', '/p/a/rate/1/submit')).toBe('rating')
  expect(await ask('POST', '/p/a/rate/1/take-up')).toBe('rating')
  expect(await ask('GET', '/p/a/rate/1/submit')).toBe('all')
  expect(await ask('POST', '/p/a/rate/1')).toBe('all')
  expect(await ask('POST', '/p/a/rate/1/other')).toBe('all')
  server.close()
})
