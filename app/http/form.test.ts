import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Problem } from '#app/evaluation/problem.ts'
import { enteredIn, errorsOf, readForm, receiveForm } from './form.ts'

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', { method: 'POST', body, headers })

/** A body that goes on for ever, and how much of it was taken. */
function endless() {
  let sent = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536).fill(97))
    },
  })
  return { stream, sent: () => sent }
}

describe('receiveForm', () => {
  it('reads both encodings of a form', async () => {
    const values = new URLSearchParams({ name: 'Ada', note: 'ä & b' })
    expect((await receiveForm(post(values))).get('note')).toBe('ä & b')
    const parts = new FormData()
    parts.set('name', 'Bo')
    expect((await receiveForm(post(parts))).get('name')).toBe('Bo')
  })

  it('stops reading what has no end', async () => {
    const { stream, sent } = endless()
    const request = new Request('http://localhost/', {
      method: 'POST',
      body: stream,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      duplex: 'half',
    } as RequestInit)
    await expect(receiveForm(request, 200_000)).rejects.toMatchObject({ code: 'too-large' })
    expect(sent()).toBeLessThan(1_000_000)
  })

  it('refuses by the announced length before reading', async () => {
    await expect(receiveForm(post('a=b', { 'Content-Length': '900000000' }), 1000)).rejects.toMatchObject({
      code: 'too-large',
    })
  })

  it.each([
    ['JSON', '{"a":1}', { 'Content-Type': 'application/json' }],
    ['a cut multipart body', '--x\r\nContent-Disp', { 'Content-Type': 'multipart/form-data; boundary=x' }],
  ])('says that %s is no form', async (_what, body, headers) => {
    await expect(receiveForm(post(body, headers))).rejects.toMatchObject({ kind: 'invalid', code: 'no-form' })
  })
})

describe('readForm', () => {
  const schema = z.object({ name: z.string().min(1, 'Enter a name.'), roles: z.array(z.string()).optional() })

  it('gives values, or messages by field and what was entered', () => {
    const form = new FormData()
    form.append('name', '')
    form.append('roles', 'rater')
    form.append('roles', 'lead')
    expect(readForm(schema, form)).toEqual({
      ok: false,
      errors: { fields: { name: 'Enter a name.' }, message: null },
      entered: { name: '', roles: ['rater', 'lead'] },
    })
    form.set('name', 'Ada')
    expect(readForm(schema, form)).toEqual({ ok: true, values: { name: 'Ada', roles: ['rater', 'lead'] } })
  })

  it('leaves files out of what was entered', () => {
    const form = new FormData()
    form.set('file', new File(['x'], 'x.csv'))
    expect(enteredIn(form)).toEqual({})
  })
})

describe('errorsOf', () => {
  it('tells a form what can be mended in it, with the status', () => {
    const problem = new Problem('conflict', 'Taken.', { fields: { slug: 'Choose another.' } })
    expect(errorsOf(problem)).toEqual({ fields: { slug: 'Choose another.' }, message: 'Taken.', status: 409 })
    expect(errorsOf(new Problem('throttled', 'Wait.')).status).toBe(429)
  })

  const thrownBy = (error: unknown): unknown => {
    try {
      errorsOf(error)
    } catch (thrown) {
      return thrown
    }
    return undefined
  }

  it('throws what cannot as a response, and a bug as it is', () => {
    expect(thrownBy(new Problem('forbidden', 'No.'))).toMatchObject({ status: 403 })
    const redirection = new Response(null, { status: 302 })
    expect(thrownBy(redirection)).toBe(redirection)
    const bug = new TypeError('bug')
    expect(thrownBy(bug)).toBe(bug)
  })
})
