import type { Database } from '#db/store.server.ts'
import { type AnchorAtHand, anchorsAtHand, inRotation } from '../anchors/choose.ts'
import { anchorNumber } from '../anchors/share.ts'
import { countAmong } from './draw.ts'
import type { ItemFilter, RoundValues } from './shown.ts'

/** What a round will hold, besides its raters. */
export type RoundPlan = {
  /** Responses that pass the filter and are none of its anchors, and how many of them are taken. */
  count: number
  taken: number
  anchors: AnchorAtHand[]
  /** How many anchors the share comes to, and how many the project has. */
  wanted: number
  active: number
}

/**
 * Of `matched` responses that pass the filter: how many are taken, and which anchors go with them. A response is in a round
 * once: what goes in as an anchor is not drawn from the filter too.
 */
export async function planRound(
  db: Database,
  projectId: string,
  { anchorShare, ...filter }: ItemFilter & Pick<RoundValues, 'anchorShare'>,
  matched: number,
): Promise<RoundPlan> {
  const asked = Math.min(filter.sample ?? matched, matched)
  const wanted = anchorNumber(anchorShare, asked)
  if (wanted === 0) return { count: matched, taken: asked, anchors: [], wanted, active: 0 }
  const all = await anchorsAtHand(db, projectId)
  const ordered = inRotation(all, wanted)
  const beside = (anchors: readonly AnchorAtHand[]) =>
    countAmong(
      db,
      projectId,
      filter,
      anchors.map(({ responseId }) => responseId),
    )
  const both = await beside(ordered)
  if (both === 0) return { count: matched, taken: asked, anchors: ordered, wanted, active: all.length }
  // Anchors that pass the filter take places of it, so that the share is of fewer items.
  const items = ordered.length + Math.min(asked, matched - both)
  const fewer = Math.max(1, Math.round(anchorShare * items))
  const anchors = ordered.slice(0, fewer)
  const count = matched - (await beside(anchors))
  return { count, taken: Math.min(asked, count), anchors, wanted: Math.min(wanted, fewer), active: all.length }
}
