import type { Database } from '#db/store.server.ts'
import { sampleOf } from '../sample.ts'
import { type AnchorPool, candidatesIn, placedCandidates } from './candidates.ts'
import { nearMiddle } from './screened.ts'

export type AnchorDraw = AnchorPool & {
  how: 'random' | 'screened'
  number: number
}

export type AskedDraw = { projectId: string; draw: AnchorDraw }

/** `candidates`: responses in the pool; `drawnFrom`: those of them that have a chance; `chosen`: those that chance took. */
export type Chosen = { candidates: number; drawnFrom: number; chosen: string[] }

/** Takes a simple random sample of the pool, or of its half nearest mid-scale. Reads all ratings of the pool; stores nothing. */
export async function chooseAnchors(read: Database, { projectId, draw }: AskedDraw): Promise<Chosen> {
  const candidates =
    draw.how === 'random' ? await candidatesIn(read, projectId, draw) : await placedCandidates(read, projectId, draw)
  const drawnFrom = draw.how === 'random' ? candidates : nearMiddle(candidates)
  return {
    candidates: candidates.length,
    drawnFrom: drawnFrom.length,
    chosen: sampleOf(drawnFrom, draw.number).map(({ responseId }) => responseId),
  }
}

/** Who does the choosing: here, or elsewhere. */
export type Choosing = (read: Database, asked: AskedDraw) => Promise<Chosen>
