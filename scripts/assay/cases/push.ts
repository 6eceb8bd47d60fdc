import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '#app/auth/permissions.ts'
import { type PushedCase, pushCases } from '#app/evaluation/cases/files/push.ts'
import { storedCases } from '#app/evaluation/cases/files/stored.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { PushRefused } from '#app/evaluation/rubrics/files/refusal.ts'
import { writeCaseFile } from '#app/formats/case-file-text.ts'
import type { Store } from '#db/store.server.ts'
import type { CasesRequest } from '../cases.ts'
import { caseFilesIn, documentsIn } from './folder.ts'

/**
 * Brings the folder's cases into the project, and says what it did. Files that made or changed something are written anew as
 * pull would write them.
 */
export async function pushFrom(store: Store, scope: Scope, { folder }: Pick<CasesRequest, 'folder'>): Promise<string> {
  const found = caseFilesIn(folder)
  const faults = found.flatMap((one) => one.faults)
  if (faults.length > 0) throw new PushRefused(faults)
  const files = found.flatMap(({ read }) => (read ? [read] : []))
  if (files.length === 0) {
    throw new Problem('missing', `There is no case in ${folder}: it would be in cases/KEY.yaml.`)
  }
  const done = await pushCases(store, scope, files, documentsIn(folder))
  const stored = done.filter(({ did }) => did === 'created' || did === 'changed')
  if (stored.length > 0) {
    const { cases } = await storedCases(
      store.read,
      scope,
      stored.map(({ key }) => key),
    )
    for (const { path, key } of stored) {
      const now = cases.get(key)
      if (now && !path.endsWith('.json')) writeFileSync(join(folder, path), writeCaseFile(now.file))
    }
  }
  const changed = done.filter(({ did }) => did !== 'unchanged')
  return [...changed.map(inWords), `${done.length} files, ${done.length - changed.length} of them unchanged.\n`].join(
    '',
  )
}

const SAID: Record<PushedCase['did'], string> = {
  unchanged: 'is here already',
  created: 'made the case',
  changed: 'changed its references',
  behind: 'not edited here, and something newer is in the project: pull',
  elsewhere: 'stands for a sealed case that is not here; nothing can be made of it',
}

const inWords = ({ path, did }: PushedCase): string => `${path}: ${SAID[did]}\n`
