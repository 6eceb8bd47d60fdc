import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { expect, it } from 'vitest'
import { files } from './files.ts'

it('goes on serving when a newer build has taken a file away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-files-'))
  mkdirSync(join(folder, 'assets'))
  for (const name of ['old.js', 'kept.js']) writeFileSync(join(folder, 'assets', name), 'export {}')
  const server = express().use(files(folder)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}/assets`
  rmSync(join(folder, 'assets', 'old.js'))

  await expect(fetch(`${at}/old.js`).then((answer) => answer.text())).rejects.toThrow()
  expect(await fetch(`${at}/kept.js`).then((answer) => answer.text())).toBe('export {}')
  expect((await fetch(`${at}/never.js`)).status).toBe(404)

  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})
