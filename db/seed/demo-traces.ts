/** Production traffic of the demo's assistant: traces that wait to be sampled, a few unassigned, a few merged already. */
import { newId, now } from '#app/ambient.ts'
import { documentHash } from '#app/evaluation/cases/hash.ts'
import { traceHash } from '#app/evaluation/traces/hash.ts'
import { traceSearchText } from '#app/evaluation/traces/search-text.ts'
import { type Signals, traceDocuments, traces } from '#db/schema/traces.ts'
import type { Database } from '#db/store.server.ts'
import { readDocuments, readTraces } from './demo-content.ts'
import type { Project } from './rows.ts'

const DAY_MS = 86_400_000
/** What answered in production. */
const SYSTEM = 'handbook-1.4'

export async function addTraces(
  tx: Database,
  project: Pick<Project, 'id'>,
  documentIds: ReadonlyMap<string, string>,
): Promise<void> {
  const at = now()
  const texts = readDocuments()
  const hashOf = (name: string) => {
    const { title = '', text = '' } = texts.get(name) ?? {}
    return documentHash(title, text)
  }
  const written = readTraces()
  const ids = new Map(written.map(({ key }) => [key, newId()]))
  const idOf = (key: string) => ids.get(key) as string
  await tx.insert(traces).values(
    written.map(
      ({ key, input, response, documents, category, user_segment, channel, thumbs, days_ago, duplicate_of }) => {
        const content = {
          input,
          response,
          systemVersion: SYSTEM,
          model: null,
          occurredAt: Math.round(at - days_ago * DAY_MS),
          metadata: { channel },
        }
        return {
          ...content,
          id: idOf(key),
          projectId: project.id,
          key,
          signals: (thumbs === null ? {} : { thumbs }) as Signals,
          contentHash: traceHash({ ...content, documentHashes: documents.map(hashOf) }),
          category,
          userSegment: user_segment,
          categoryBy: category === null ? null : ('import' as const),
          userSegmentBy: user_segment === null ? null : ('import' as const),
          redactions: {},
          duplicateOfId: duplicate_of === undefined ? null : idOf(duplicate_of),
          state: 'waiting' as const,
          searchText: traceSearchText({ key, input }),
          createdAt: at,
        }
      },
    ),
  )
  await tx.insert(traceDocuments).values(
    written.flatMap(({ key, documents }) =>
      documents.map((name, position) => ({
        traceId: idOf(key),
        position,
        documentId: documentIds.get(name) as string,
      })),
    ),
  )
}
