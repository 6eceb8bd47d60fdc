import { existsSync, readFileSync } from 'node:fs'

export type Program = { script: string; preload: string[] }

type Chunk = { file: string; imports?: string[] }

const MANIFEST = 'build/.vite/client-manifest.json'
const ENTRY = 'app/rating/start.client.tsx'

let found: Program | null | undefined

/**
 * The addresses of the rating page's own program in the build, or null where there is none (a development server), and the
 * framework's has to do.
 */
export function ratingProgram(): Program | null {
  if (process.env.NODE_ENV === 'development') return null
  found ??= existsSync(MANIFEST) ? programIn(JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, Chunk>) : null
  return found
}

/** The program's file in a Vite manifest, and every file it imports, directly or not. */
export function programIn(manifest: Readonly<Record<string, Chunk>>): Program | null {
  const entry = manifest[ENTRY]
  if (!entry) return null
  const preload = new Set<string>()
  const follow = ({ imports = [] }: Chunk) => {
    for (const name of imports) {
      const chunk = manifest[name]
      if (!chunk || preload.has(`/${chunk.file}`)) continue
      preload.add(`/${chunk.file}`)
      follow(chunk)
    }
  }
  follow(entry)
  return { script: `/${entry.file}`, preload: [...preload] }
}
