import { setImmediate } from 'node:timers/promises'
import { log } from '#app/log.server.ts'
import { chrf2 } from '#app/stats/text/chrf.ts'
import { tokenF1 } from '#app/stats/text/token-f1.ts'
import { insertMany } from '#db/rows.server.ts'
import { closenessScores } from '#db/schema/references.ts'
import type { Store } from '#db/store.server.ts'
import { cosine, type Embed } from './embed.server.ts'
import { countPairs, type Measure, nextPairs, type Pair } from './pairs.ts'

const PIECE = 100

/** The beginning of a text is compared: some of what is pasted in has no end. */
const LETTERS = 30_000

export type Scored = {
  /** Pairs of a response and a reference scored now. */
  pairs: number
  /** Why there is no embedding, where one is configured and failed; null: it did not fail. */
  embeddingFailed: string | null
}

type Report = (progress: { done: number; total: number }) => void

/**
 * Scores every pair that is not scored yet, some at a time, each piece stored as it is done. Text of sealed cases is never
 * among them. A failing embedding service leaves the lexical measures as they are.
 */
export async function scoreCloseness(
  store: Store,
  projectId: string,
  embed: Embed | null,
  report: Report = () => {},
): Promise<Scored> {
  const { unscored: total } = await countPairs(store.read, projectId, 'chrf')
  let done = 0
  await inPieces(store, projectId, 'chrf', async (pairs) => {
    const rows: Row[] = []
    for (const pair of pairs) {
      rows.push(...lexical(pair))
      // Others are waiting for the event loop.
      await setImmediate()
    }
    done += pairs.length
    report({ done, total })
    return rows
  })
  return { pairs: done, embeddingFailed: embed === null ? null : await tryEmbedding(store, projectId, embed) }
}

type Row = typeof closenessScores.$inferInsert

function lexical({ responseId, referenceId, response, reference }: Pair): Row[] {
  const [a, b] = [response.slice(0, LETTERS), reference.slice(0, LETTERS)]
  const pair = { responseId, referenceId }
  return [
    { ...pair, measure: 'chrf', value: chrf2(a, b) },
    { ...pair, measure: 'token-f1', value: tokenF1(a, b) },
  ]
}

async function inPieces(
  store: Store,
  projectId: string,
  measure: Measure,
  score: (pairs: Pair[]) => Promise<Row[]>,
): Promise<void> {
  for (;;) {
    const pairs = await nextPairs(store.read, projectId, measure, PIECE)
    if (pairs.length === 0) return
    const rows = await score(pairs)
    await store.write(async (tx) => {
      await insertMany(tx, closenessScores, rows)
    })
  }
}

async function tryEmbedding(store: Store, projectId: string, embed: Embed): Promise<string | null> {
  try {
    await inPieces(store, projectId, 'embedding', async (pairs) => {
      const texts = [...new Set(pairs.flatMap(({ response, reference }) => [response, reference]))]
      const vectors = await embed(texts)
      const vectorOf = new Map(texts.map((text, i) => [text, vectors[i] ?? []]))
      return pairs.map(({ responseId, referenceId, response, reference }): Row => {
        const value = cosine(vectorOf.get(response) ?? [], vectorOf.get(reference) ?? [])
        return { responseId, referenceId, measure: 'embedding', value }
      })
    })
    return null
  } catch (error) {
    log().warn({ err: error }, 'the embedding service failed')
    return error instanceof Error ? error.message.slice(0, 300) : 'it could not be reached'
  }
}
