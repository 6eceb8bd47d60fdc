import { expect, it } from 'vitest'
import { z } from 'zod'
import { Problem } from '#app/evaluation/problem.ts'
import { readJson } from './json.server.ts'

const shape = z.object({ scores: z.record(z.string(), z.number()) })

const sent = (body: string | Uint8Array<ArrayBuffer> | ReadableStream, headers: Record<string, string> = {}) =>
  readJson(
    new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit),
    shape,
  ).catch((error: unknown) => (error instanceof Problem ? error : Promise.reject(error)))

it('gives the body in its shape', async () => {
  expect(await sent('{"scores":{"a":1},"more":true}')).toEqual({ scores: { a: 1 } })
})

it.each([
  ['{"scores":{"a":1}', 'not-json'],
  ['', 'not-json'],
  [new Uint8Array([0xff, 0xfe, 0x7b]), 'not-text'],
  [`{"scores":{},"x":"${'y'.repeat(2_000_001)}"}`, 'too-large'],
])('says what is wrong (%#)', async (body, code) => {
  expect(await sent(body)).toMatchObject({ kind: 'invalid', code })
})

it('names the field', async () => {
  const problem = await sent('{"scores":{"a":"four"}}')
  expect(problem).toMatchObject({ code: 'bad-shape', fields: { 'scores.a': expect.stringContaining('number') } })
})

it('stops reading a body that does not end', async () => {
  let pulled = 0
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1
      controller.enqueue(new Uint8Array(500_000))
    },
  })
  expect(await sent(endless)).toMatchObject({ code: 'too-large' })
  expect(pulled).toBeLessThan(10)
})
