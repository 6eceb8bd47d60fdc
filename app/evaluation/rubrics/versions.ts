import { and, asc, eq, inArray } from 'drizzle-orm'
import { demand, type Scope } from '#app/auth/permissions.ts'
import { rubrics, rubricVersions } from '#db/schema/rubrics.ts'
import type { Store } from '#db/store.server.ts'
import { type Bridge, bridgeOf, changesBetween, type VersionChange } from './changes.ts'
import { type Dimension, dimensionsOfAll } from './read.ts'

type Placed = { id: string; rubricId: string; number: number; basedOnId: string | null }

/**
 * The version that another was drafted from. A version from before that was recorded counts as made from the one numbered
 * before it; a first version has none.
 */
export function baseOf<V extends Placed>(version: Placed, versions: readonly V[]): V | null {
  const own = versions.filter(({ rubricId, id }) => rubricId === version.rubricId && id !== version.id)
  if (version.basedOnId !== null) return own.find(({ id }) => id === version.basedOnId) ?? null
  return own.filter(({ number }) => number < version.number).sort((a, b) => b.number - a.number)[0] ?? null
}

export type VersionSinceBase = {
  versionId: string
  base: { id: string; number: number } | null
  /** Null for a first version. */
  change: VersionChange | null
  /** Whether a bridge from the base is asked for, and on which dimensions (keys). All empty for a first version. */
  bridge: Bridge
}

const NOTHING: Bridge = { asked: [], worthHaving: [], noPast: [], ends: [] }

/**
 * For each of the versions, what changed since the version it was drafted from, and whether a bridge is asked for. Versions
 * that are not of this project are left out.
 */
export async function changesSinceBase(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  versionIds: readonly string[],
): Promise<Map<string, VersionSinceBase>> {
  demand(scope, 'rubrics.read')
  const found = new Map<string, VersionSinceBase>()
  if (versionIds.length === 0) return found
  const versions = await read
    .select({
      id: rubricVersions.id,
      rubricId: rubricVersions.rubricId,
      number: rubricVersions.number,
      basedOnId: rubricVersions.basedOnId,
    })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(eq(rubrics.projectId, scope.project.id))
  const asked = versions
    .filter(({ id }) => versionIds.includes(id))
    .map((version) => ({
      version,
      base: baseOf(version, versions),
    }))
  const contents = await dimensionsOfAll(
    read,
    asked.flatMap(({ version, base }) => (base ? [version.id, base.id] : [])),
  )
  for (const { version, base } of asked) {
    const change = base ? changesBetween(contentIn(contents, base.id), contentIn(contents, version.id)) : null
    found.set(version.id, {
      versionId: version.id,
      base: base ? { id: base.id, number: base.number } : null,
      change,
      bridge: change ? bridgeOf(change) : NOTHING,
    })
  }
  return found
}

const contentIn = (contents: ReadonlyMap<string, Dimension[]>, id: string) => ({ dimensions: contents.get(id) ?? [] })

/**
 * What changed from one version to another of the same project, whichever rubric they are of, and what is to be bridged.
 * Nothing where one of them is not of this project.
 */
export async function changesFromTo(
  { read }: Pick<Store, 'read'>,
  scope: Scope,
  fromId: string,
  toId: string,
): Promise<{ change: VersionChange; bridge: Bridge } | null> {
  demand(scope, 'rubrics.read')
  const own = await read
    .select({ id: rubricVersions.id })
    .from(rubricVersions)
    .innerJoin(rubrics, eq(rubrics.id, rubricVersions.rubricId))
    .where(and(eq(rubrics.projectId, scope.project.id), inArray(rubricVersions.id, [fromId, toId])))
    .orderBy(asc(rubricVersions.id))
  if (own.length < new Set([fromId, toId]).size) return null
  const contents = await dimensionsOfAll(read, [fromId, toId])
  const change = changesBetween(contentIn(contents, fromId), contentIn(contents, toId))
  return { change, bridge: bridgeOf(change) }
}
