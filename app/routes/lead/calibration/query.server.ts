import { z } from 'zod'
import { ITEM_SORTS } from '#app/evaluation/calibration/items-list.ts'
import { type AgreementQuery, readQuery } from '../agreement/query.server.ts'

const page = z.coerce.number().int().min(1).max(100_000).catch(1)

const query = z.object({
  unit: z.enum(['points', 'logits']).catch('points'),
  sort: z.enum(ITEM_SORTS).catch('moved'),
  raterPage: page,
  itemPage: page,
})

export type CalibrationQuery = Pick<AgreementQuery, 'filter' | 'rater'> & z.infer<typeof query>

/**
 * What the address asks for.
 *
 * @throws Problem `invalid` for a date that is none
 */
export function readCalibrationQuery(request: Request): CalibrationQuery {
  const { filter, rater } = readQuery(request)
  return { filter, rater, ...query.parse(Object.fromEntries(new URL(request.url).searchParams)) }
}
