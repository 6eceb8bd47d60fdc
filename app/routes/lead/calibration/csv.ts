import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireScope } from '#app/auth/guard.server.ts'
import type { Scope } from '#app/auth/permissions.ts'
import { nameItems, nameRaters, type ShownItemName } from '#app/evaluation/agreement/names.ts'
import { calibratedItems, calibrationIn, suspicionIn } from '#app/evaluation/calibration/calibration.ts'
import { COMPUTING_TO_THE_END } from '#app/evaluation/calibration/computing.server.ts'
import { calibrationCsv, suspicionCsv, TABLES, type TableName } from '#app/evaluation/calibration/csv.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { file, provenanceOf } from '../agreement/csv-file.server.ts'
import { readCalibrationQuery } from './query.server.ts'

/** A table of the calibration page, whole: `table` says which. Waits until it is computed. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'calibration.read')
  return answering(async () => {
    const table = tableOf(request)
    const { filter: wanted } = readCalibrationQuery(request)
    const { choices, filter, figures: made } = await calibrationIn(store(), scope, wanted, COMPUTING_TO_THE_END)
    const figures = made?.ready ? made.value : null
    const provenance = provenanceOf({ choices, filter, figures })
    if (!filter || !figures || !provenance || figures.ratings === 0)
      throw new Problem('missing', 'There are no ratings to calibrate raters from.')
    const raters = await nameRaters(
      store(),
      scope,
      figures.raterList.map(({ id }) => id),
    )
    const itemList =
      table === 'items' ? await calibratedItems(store(), scope, filter, figures, COMPUTING_TO_THE_END) : []
    const items = await nameAll(
      scope,
      itemList.map(({ id }) => id),
    )
    const names = { raters, items }
    const name = table === 'severity' ? 'calibration' : `calibration-${table}`
    if (table !== 'suspicion')
      return file(calibrationCsv(table, { ...figures, itemList }, names, provenance), scope.project.slug, name)

    const suspicion = await suspicionIn(store(), scope, filter, COMPUTING_TO_THE_END)
    if (!suspicion.ready || !suspicion.value.estimable)
      throw new Problem(
        'missing',
        `Nobody can be tested: ${suspicion.ready && 'reason' in suspicion.value ? suspicion.value.reason : 'no answer'}.`,
      )
    return file(suspicionCsv(suspicion.value, names, provenance), scope.project.slug, name)
  })
}

function tableOf(request: Request): TableName {
  const asked = new URL(request.url).searchParams.get('table') ?? 'severity'
  if (asked === 'suspicion' || Object.hasOwn(TABLES, asked)) return asked as TableName
  throw new Problem(
    'missing',
    `There is no table "${asked}". There are ${Object.keys(TABLES).join(', ')} and suspicion.`,
  )
}

/** A query takes so many ids at once. */
const CHUNK = 5_000

async function nameAll(scope: Scope, ids: readonly string[]): Promise<Record<string, ShownItemName>> {
  const named: Record<string, ShownItemName> = {}
  for (let start = 0; start < ids.length; start += CHUNK)
    Object.assign(named, await nameItems(store(), scope, ids.slice(start, start + CHUNK)))
  return named
}
