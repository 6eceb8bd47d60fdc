import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '#app/ambient.ts'
import { env } from '#app/env.server.ts'
import { checkSealKeys, keysInUse } from '#app/evaluation/seal/check-keys.ts'
import { decrypt } from '#app/evaluation/seal/cipher.server.ts'
import { formerKeyFile, keyFile, keyOf, sealKeys } from '#app/evaluation/seal/key.server.ts'
import { rotateKey } from '#app/evaluation/seal/rotate-key.ts'
import { sealTexts } from '#app/evaluation/seal/write.ts'
import { sealedTexts } from '#db/schema/seal.ts'
import { addCase, addProject, addSystemVersion } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { freshStore } from '#tests/support/store.ts'

const TEXTS = 450

let store: Store
let dataDir = ''
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'assay-seal-'))
  store = await freshStore()
  await store.write(async (tx) => {
    const project = await addProject(tx)
    const { caseId } = await addCase(tx, project, (await addSystemVersion(tx, project)).id)
    const notes = Array.from({ length: TEXTS }, (_, i) => ({ id: newId(), value: { note: `note ${i}` } }))
    await sealTexts(
      tx,
      notes.map((note) => ({ kind: 'flag', caseId, ...note })),
    )
  })
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const inFile = (former: string | null = null) => ({ dataDir, sealKey: null, sealKeyFormer: former })
const notesUnder = async (settings: Parameters<typeof sealKeys>[0]) => {
  const rows = await store.read.select().from(sealedTexts)
  return new Set(rows.map((row) => (decrypt(row, sealKeys(settings)) as { note: string }).note)).size
}
const ownId = () => sealKeys()?.current.id ?? ''

describe('at start', () => {
  it('the key in use is found, whatever it is', async () => {
    expect(await keysInUse(store.read)).toEqual([ownId()])
    expect(await checkSealKeys(store)).toEqual({ unfinished: false })
    const other = randomBytes(32).toString('base64')
    const changing = { dataDir, sealKey: other, sealKeyFormer: env().sealKey }
    expect(await checkSealKeys(store, changing)).toEqual({ unfinished: true })
  })

  it('a wrong key is refused with what to do, and so is none', async () => {
    const wrong = { dataDir, sealKey: randomBytes(32).toString('hex'), sealKeyFormer: null }
    const refused = await checkSealKeys(store, wrong).catch((error: Error) => error.message)
    expect(refused).toContain(`need the seal key ${ownId()}`)
    expect(refused).toContain(keyOf(Buffer.from(wrong.sealKey, 'hex')).id)
    expect(refused).not.toContain(wrong.sealKey)
    await expect(checkSealKeys(store, inFile())).rejects.toThrow(/There is no key here[\s\S]*ASSAY_SEAL_KEY/)
  })
})

describe('changing the key', () => {
  it('seals everything anew with a key of a file, and again with the next', async () => {
    const first = await rotateKey(store, undefined, inFile(env().sealKey))
    expect(first).toMatchObject({ texts: TEXTS, resumed: false })
    expect(await keysInUse(store.read)).toEqual([first.keyId])
    const second = await rotateKey(store, undefined, inFile())
    expect(second.keyId).not.toBe(first.keyId)
    expect(await keysInUse(store.read)).toEqual([second.keyId])
    expect(existsSync(formerKeyFile({ dataDir }))).toBe(false)
    expect(await notesUnder(inFile())).toBe(TEXTS)
  })

  it('cut off, is taken up where it was; everything can be opened meanwhile', async () => {
    await rotateKey(store, undefined, inFile(env().sealKey))
    const cut = rotateKey(store, raise, inFile())
    await expect(cut).rejects.toThrow('cut off')
    expect((await keysInUse(store.read)).length).toBe(2)
    expect(await notesUnder(inFile())).toBe(TEXTS)
    expect(await checkSealKeys(store, inFile())).toEqual({ unfinished: true })
    const key = readFileSync(keyFile({ dataDir }), 'utf8')
    const again = await rotateKey(store, undefined, inFile())
    expect(again.resumed).toBe(true)
    expect(again.texts).toBeLessThan(TEXTS)
    expect(readFileSync(keyFile({ dataDir }), 'utf8')).toBe(key)
    expect(await keysInUse(store.read)).toEqual([again.keyId])
    expect(await notesUnder(inFile())).toBe(TEXTS)
  })

  it('to one in the environment is told how, and done when it is there', async () => {
    await expect(rotateKey(store)).rejects.toMatchObject({ code: 'nothing-to-change' })
    const next = { dataDir, sealKey: randomBytes(32).toString('base64'), sealKeyFormer: env().sealKey }
    expect(await rotateKey(store, undefined, next)).toMatchObject({ texts: TEXTS })
    expect(await notesUnder({ ...next, sealKeyFormer: null })).toBe(TEXTS)
  })
})

function raise(): never {
  throw new Error('cut off')
}
