import { now } from '#app/ambient.ts'
import type { Scope } from '#app/auth/permissions.ts'
import type { Import } from '#app/evaluation/imports/importer.ts'
import { Faults } from '#app/evaluation/imports/refused.ts'
import type { Database } from '#db/store.server.ts'

/** Nothing but a transaction and a moment: what importing asks for beside its file. */
export const asImport = (tx: Database, scope: Scope): Import => ({
  tx,
  scope,
  options: {},
  fileName: '',
  at: now(),
  faults: new Faults(),
  added: 0,
  unchanged: 0,
  passed: {},
  notes: [],
})
