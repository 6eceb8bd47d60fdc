import { eq } from 'drizzle-orm'
import type { FileError } from '#app/formats/unreadable.ts'
import { projects } from '#db/schema/people.ts'
import type { Import } from './importer.ts'

type Wanted = { line: number; category: string | undefined; userSegment: string | undefined }

/** The project's two lists: finds names in them whatever their capitals, and adds new ones where that was asked for. */
export async function openSegments(run: Import) {
  const [project] = await run.tx
    .select({ categories: projects.categories, userSegments: projects.userSegments })
    .from(projects)
    .where(eq(projects.id, run.scope.project.id))
  const categories = new NameList(project?.categories ?? [])
  const userSegments = new NameList(project?.userSegments ?? [])

  function find(list: NameList, field: string, line: number, name: string | undefined): string | FileError {
    if (name === undefined) return { line, field, reason: 'is missing, and no value for all was given at the import' }
    const found = list.find(name)
    if (found !== undefined) return found
    if (run.options.addSegments) return list.add(name)
    const allowed = list.names.map((one) => `“${one}”`).join(', ')
    return {
      line,
      field,
      reason: `“${name}” is none of the project’s: ${allowed}. Use one of these, or import with “add new categories and user segments”.`,
    }
  }

  return {
    /** The segment of a record in the project's own spelling; what is wrong goes to the faults. */
    segmentOf({ line, category, userSegment }: Wanted): { category: string; userSegment: string } | null {
      const found = find(categories, 'category', line, category ?? run.options.category)
      const segment = find(userSegments, 'user_segment', line, userSegment ?? run.options.userSegment)
      if (typeof found === 'string' && typeof segment === 'string') return { category: found, userSegment: segment }
      for (const fault of [found, segment]) if (typeof fault !== 'string') run.faults.add(fault)
      return null
    },
    /** As `segmentOf` for records that may leave either open: null is unassigned, undefined wrong. */
    maybe({ line, category, userSegment }: Wanted) {
      const lookUp = (list: NameList, field: string, name: string | undefined) =>
        name === undefined ? null : find(list, field, line, name)
      const found = lookUp(categories, 'category', category ?? run.options.category)
      const segment = lookUp(userSegments, 'user_segment', userSegment ?? run.options.userSegment)
      for (const fault of [found, segment]) if (typeof fault === 'object' && fault !== null) run.faults.add(fault)
      const isName = (one: typeof found) => typeof one === 'string' || one === null
      return isName(found) && isName(segment) ? { category: found, userSegment: segment } : undefined
    },
    async end(): Promise<void> {
      if (categories.added.length + userSegments.added.length === 0) return
      await run.tx
        .update(projects)
        .set({ categories: categories.names, userSegments: userSegments.names })
        .where(eq(projects.id, run.scope.project.id))
      const told = [...categories.added, ...userSegments.added].map((name) => `“${name}”`).join(', ')
      run.notes.push(`Added to the project’s categories and user segments: ${told}.`)
    },
  }
}

class NameList {
  readonly names: string[]
  readonly added: string[] = []
  readonly #spelled: Map<string, string>

  constructor(names: readonly string[]) {
    this.names = [...names]
    this.#spelled = new Map(names.map((name) => [name.toLowerCase(), name]))
  }

  find(name: string): string | undefined {
    return this.#spelled.get(name.toLowerCase())
  }

  add(name: string): string {
    this.names.push(name)
    this.added.push(name)
    this.#spelled.set(name.toLowerCase(), name)
    return name
  }
}
