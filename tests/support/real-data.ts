import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(process.env.ASSAY_REAL_DATA ?? '../shared/data')

/** Whether the published ratings are on this machine; tests that need them are skipped, and say so, where they are not. */
export const haveRealData = existsSync(root)

export const withoutRealData = `no published ratings at ${root} (ASSAY_REAL_DATA)`

/** A folder of published ratings. */
export const realFolder = (name: string): string => join(root, name)
