import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { receiveFile, receiveFiles } from '#app/http/receive.server.ts'
import type { EnteredImport } from '#app/routes/own/imports/asked.ts'
import { enteredImport, importFrom } from '#app/routes/own/imports/entered.server.ts'
import { ownFolder } from '#tests/support/files.ts'

const files = ownFolder()

function post(fields: Record<string, string>, file: File): Request {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', file)
  return new Request('http://localhost/', { method: 'POST', body: form })
}

describe('an upload', () => {
  it('is written to its place byte by byte, with the fields around it', async () => {
    const content = new Uint8Array(300_000).map((_, i) => (i * 31 + (i >> 8)) % 256)
    const path = files.path('deep/er/upload')
    const received = await receiveFile(post({ kind: 'cases', category: 'Größe' }, new File([content], 'a b.csv')), path)
    expect(received).toMatchObject({ fileName: 'a b.csv', bytes: 300_000 })
    expect(received.form.get('category')).toBe('Größe')
    expect(Buffer.compare(readFileSync(path), content)).toBe(0)
  })

  it.each([
    ['is no form', 'hello', { 'Content-Type': 'text/plain' }],
    [
      'breaks off',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nkey,inp',
      { 'Content-Type': 'multipart/form-data; boundary=x' },
    ],
  ])('that %s leaves nothing behind', async (_what, body, headers) => {
    const path = files.path('broken')
    const request = new Request('http://localhost/', { method: 'POST', body, headers })
    await expect(receiveFile(request, path)).rejects.toMatchObject({ kind: 'invalid', code: 'no-form' })
    expect(existsSync(path)).toBe(false)
  })

  it('with an endless field is refused', async () => {
    const request = post({ kind: 'x'.repeat(20_000) }, new File(['a'], 'a.csv'))
    await expect(receiveFile(request, files.path('field'))).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('several uploads at once', () => {
  const two = () => {
    const form = new FormData()
    for (const name of ['a.txt', 'b.txt']) form.append('file', new File([name.repeat(1000)], name))
    return new Request('http://localhost/', { method: 'POST', body: form })
  }

  it('are kept apart', async () => {
    const received = await receiveFiles(two(), (n) => files.path(`part-${n}`), 2)
    expect(received.files).toEqual([
      { fileName: 'a.txt', bytes: 5000 },
      { fileName: 'b.txt', bytes: 5000 },
    ])
    expect(readFileSync(files.path('part-1'), 'utf8').slice(0, 5)).toBe('b.txt')
  })

  it('that are too many leave nothing behind', async () => {
    await expect(receiveFiles(two(), (n) => files.path(`many-${n}`), 1)).rejects.toMatchObject({ kind: 'invalid' })
    expect(existsSync(files.path('many-0'))).toBe(false)
  })
})

describe('what is entered beside it', () => {
  const nothing: EnteredImport = enteredImport(new FormData())
  const file = { fileName: 'may.csv', bytes: 10 }
  const faults = (entered: Partial<EnteredImport>, given = file) => {
    try {
      importFrom({ ...nothing, kind: 'ratings', ...entered }, given)
    } catch (error) {
      return Object.keys((error as { fields: object }).fields)
    }
    return []
  }

  it('becomes the options of an import', () => {
    const form = new FormData()
    const values = {
      kind: 'ratings',
      system: ' v1 ',
      rubric: 'from-data',
      rubricKey: 'old',
      levels: '1 – 6',
      addSegments: 'yes',
    }
    for (const [name, value] of Object.entries(values)) form.set(name, value)
    expect(importFrom(enteredImport(form), file)).toMatchObject({
      ...file,
      kind: 'ratings',
      options: { systemVersion: 'v1', rubricFromData: 'old', levels: { from: 1, to: 6 }, addSegments: true },
    })
    expect(importFrom({ ...nothing, kind: 'ratings', rubric: 'qa@2' }, file).options).toMatchObject({
      rubric: { key: 'qa', version: 2 },
    })
  })

  it('is refused field by field', () => {
    expect(faults({ kind: 'apples' })).toEqual(['kind'])
    expect(faults({}, { fileName: '', bytes: 0 })).toEqual(['file'])
    expect(faults({}, { fileName: 'a', bytes: 0 })).toEqual(['file'])
    expect(faults({ rubric: 'from-data', levels: 'low' })).toEqual(['rubricKey', 'levels'])
    expect(faults({ category: 'c'.repeat(300) })).toEqual(['category'])
    expect(faults({})).toEqual([])
  })
})
