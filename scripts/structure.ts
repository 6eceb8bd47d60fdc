/**
 * Keeps the structure: imports go one way, files stay small, transactions have one door. Run by `npm test`; prints each
 * place that breaks a rule and what the rule is for.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const LARGEST = 10_240
// The tests of one subject stay together, up to what can still be read in one go.
const LARGEST_TEST = 20_480
const FOLDERS = ['app', 'db', 'scripts', 'tests']
const SAYS_NOTHING = /(^|\/)(utils?|helpers?|lib|common|misc)(\/|$)/

type Source = { path: string; text: string; imports: string[] }

/** Which of our own folders a folder may import from; what is not listed may import anything. The longest prefix counts. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'app/stats': ['app/stats'],
  'app/ui': ['app/ui'],
  'app/charts': ['app/charts', 'app/ui'],
  'app/formats': ['app/formats'],
  'app/rating': [
    'app/rating',
    'app/ui',
    'app/evaluation/queue/shown.ts',
    'app/evaluation/ratings/check.ts',
    'app/evaluation/ratings/content.ts',
    'app/evaluation/ratings/shown.ts',
  ],
  'app/evaluation': [
    'app/evaluation',
    'app/stats',
    'app/formats',
    'app/ambient.ts',
    'app/auth/permissions.ts',
    'app/log.server.ts',
    'app/env.server.ts',
    'db',
  ],
  'app/auth': [
    'app/auth',
    'app/evaluation',
    'app/ambient.ts',
    'app/env.server.ts',
    'app/store.server.ts',
    'app/http',
    'db',
  ],
  'app/http': ['app/http', 'app/evaluation/problem.ts', 'db/errors.ts'],
  'db/schema': ['db'],
  'app/ambient.ts': [],
}

/** Packages that only some folders may know. */
const KEEPERS: readonly { what: RegExp; only: RegExp; why: string }[] = [
  {
    what: /^lucia$/,
    only: /^app\/auth\/session\.server\.ts$/,
    why: 'Lucia is known in one file, so that leaving it stays cheap',
  },
  {
    what: /^zod$/,
    only: /(\.server\.tsx?|^app\/(formats|evaluation|http|routes)\/.*|^scripts\/.*|^tests\/.*)$/,
    why: 'zod stays on the server',
  },
  {
    what: /^drizzle-orm/,
    only: /^(app\/(evaluation|auth)|db|tests|scripts)\//,
    why: 'SQL lives in evaluation/ and auth/ only',
  },
  {
    what: /^@remix-run|^react/,
    only: /^(app\/(routes|ui|charts|rating|auth\/guard)|app\/[^/]+$|scripts\/server|tests|vite)/,
    why: 'the domain knows no requests and no React',
  },
]

function read(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((entry) => /\.(ts|tsx|js)$/.test(entry))
    .map((entry) => {
      const path = join(folder, entry)
      const text = readFileSync(path, 'utf8')
      const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((found) => found[1] ?? '')
      return { path, text, imports: imports.map((name) => own(path, name)) }
    })
}

/** An import as a path of the project where it is one, as the package's name otherwise. */
function own(path: string, name: string): string {
  if (name.startsWith('#')) return name.slice(1)
  if (name.startsWith('.')) return relative(resolve('.'), resolve(path, '..', name))
  return name
}

/** A text without its comments, which may speak of anything. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

const isOwn = (name: string) => FOLDERS.some((folder) => name.startsWith(`${folder}/`))

function faultsOf({ path, text, imports }: Source): string[] {
  const faults: string[] = []
  const isTest = /\.test\.tsx?$|^tests\//.test(path)
  const bytes = Buffer.byteLength(text)
  if (bytes > (isTest ? LARGEST_TEST : LARGEST) && !/^\/\*\*?[\s\S]{0,2000}?Long because/.test(text)) {
    faults.push(`${(bytes / 1024).toFixed(1)} kB: part it, or say "Long because ..." in its first comment`)
  }
  if (SAYS_NOTHING.test(path)) faults.push('a folder of this name says nothing about what is in it')
  if (/\.transaction\(/.test(text) && path !== 'db/postgres.server.ts' && path !== 'scripts/structure.ts') {
    faults.push('transactions go through store.write')
  }
  if (isTest) return faults
  if (
    /\b(sealedTexts|sealed_texts)\b/.test(code(text)) &&
    !/^(app\/evaluation\/seal|db)\/|^scripts\/structure/.test(path)
  ) {
    faults.push('sealed text is read and written in app/evaluation/seal alone: go through its door')
  }
  if (
    /\btextsForScan\b/.test(code(text)) &&
    !/^app\/evaluation\/(seal\/for-scan|contamination\/case-texts)\.ts$|^scripts\/structure/.test(path)
  ) {
    faults.push('sealed text is read without an exposure by the search of files alone')
  }
  const folder = Object.keys(MAY_IMPORT)
    .filter((prefix) => path === prefix || path.startsWith(`${prefix}/`))
    .sort((a, b) => b.length - a.length)[0]
  const allowed = folder === undefined ? undefined : MAY_IMPORT[folder]
  for (const name of imports) {
    if (isOwn(name) && allowed && !allowed.some((prefix) => name === prefix || name.startsWith(`${prefix}/`))) {
      faults.push(`imports ${name}; ${folder} may import from ${allowed.join(', ') || 'nothing of ours'}`)
    }
    for (const keeper of KEEPERS) {
      if (keeper.what.test(name) && !keeper.only.test(path)) faults.push(`imports ${name}: ${keeper.why}`)
    }
  }
  return faults
}

const sources = FOLDERS.flatMap(read)
const faults = sources.flatMap((source) => faultsOf(source).map((fault) => `${source.path}: ${fault}`))
for (const fault of faults) console.error(fault)
console.log(`${sources.length} files, ${faults.length} out of order`)
process.exit(faults.length === 0 ? 0 : 1)
