import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bound, decrypt, encrypt } from './cipher.server.ts'
import { formerKeyFile, keyFile, keyOf, neededKeys, sealKeys } from './key.server.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'assay-key-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const settings = (over: { sealKey?: string; sealKeyFormer?: string } = {}) => ({
  dataDir,
  sealKey: null,
  sealKeyFormer: null,
  ...over,
})
const text = () => randomBytes(32).toString('base64')

describe('the keys', () => {
  it('are made on first need, in a file for its owner alone, and stay', () => {
    expect(sealKeys(settings())).toBeNull()
    const made = neededKeys(settings())
    expect(statSync(keyFile({ dataDir })).mode & 0o777).toBe(0o600)
    expect(neededKeys(settings()).current.id).toBe(made.current.id)
    expect(made.current.id).toMatch(/^[0-9a-f]{16}$/)
  })

  it('are refused where others may read the file, saying what to do, also after they were read once', () => {
    neededKeys(settings())
    chmodSync(keyFile({ dataDir }), 0o640)
    expect(() => sealKeys(settings())).toThrow(/chmod 600 .*seal\.key/)
  })

  it('are refused where the file holds something else', () => {
    writeFileSync(keyFile({ dataDir }), 'no key', { mode: 0o600 })
    expect(() => sealKeys(settings())).toThrow(/holds no key of 32 bytes/)
  })

  it('come from the environment before the file, which then is a former key', () => {
    const file = neededKeys(settings()).current
    const [now, before] = [text(), text()]
    const keys = sealKeys(settings({ sealKey: now, sealKeyFormer: before }))
    expect(keys?.current.id).toBe(keyOf(Buffer.from(now, 'base64')).id)
    expect(keys?.former.map(({ id }) => id)).toEqual([keyOf(Buffer.from(before, 'base64')).id, file.id])
  })

  it('are read again when the file is another', () => {
    const first = neededKeys(settings()).current.id
    writeFileSync(formerKeyFile({ dataDir }), readFileSync(keyFile({ dataDir })), { mode: 0o600 })
    rmSync(keyFile({ dataDir }))
    writeFileSync(keyFile({ dataDir }), text(), { mode: 0o600 })
    const keys = sealKeys(settings())
    expect(keys?.current.id).not.toBe(first)
    expect(keys?.former.map(({ id }) => id)).toEqual([first])
  })
})

describe('a sealed text', () => {
  const to: Bound = { kind: 'case', id: 'a', caseId: 'a' }
  const [key, other] = [keyOf(randomBytes(32)), keyOf(randomBytes(32))]
  const row = (sealed: string, over: Partial<Bound> = {}) => ({ ...to, ...over, keyId: key.id, sealed })
  const keys = { current: other, former: [key] }

  it('opens with its key, be it a former one, and is other each time', () => {
    const value = { input: 'Was heißt das? 🔒', metadata: {} }
    const [one, two] = [encrypt(key, to, value), encrypt(key, to, value)]
    expect(one).not.toBe(two)
    expect(decrypt(row(one), keys)).toEqual(value)
    expect(Buffer.from(one, 'base64').includes('heißt')).toBe(false)
  })

  it('does not open as the text of another row, another kind or another case', () => {
    const sealed = encrypt(key, to, 'secret words')
    for (const over of [{ kind: 'trace' }, { id: 'b' }, { caseId: 'b' }] as const) {
      expect(() => decrypt(row(sealed, over), keys)).toThrow(/cannot be opened: it was changed/)
    }
  })

  it('does not open when a single bit of it was changed, or it was cut off', () => {
    const bytes = Buffer.from(encrypt(key, to, 'secret words'), 'base64')
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => decrypt(row(changed.toString('base64')), keys)).toThrow(/it was changed/)
    }
    expect(() => decrypt(row(bytes.subarray(0, 20).toString('base64')), keys)).toThrow(/cut off/)
  })

  it('names the key that is missing, and nothing of the text', () => {
    const sealed = encrypt(key, to, 'secret words')
    expect(() => decrypt(row(sealed), { current: other, former: [] })).toThrow(key.id)
    expect(() => decrypt(row(sealed), null)).toThrow(/Bring that key back/)
  })
})
