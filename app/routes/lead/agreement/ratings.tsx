import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { agreementChoices, settle } from '#app/evaluation/agreement/choices.ts'
import type { ListedKind } from '#app/evaluation/agreement/listed-kind.ts'
import { type ListedRating, listRatings, RATINGS_PER_PAGE } from '#app/evaluation/agreement/ratings-list.ts'
import { listed, plural, within } from '#app/evaluation/figure.ts'
import { readVersion } from '#app/evaluation/rubrics/read.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page } from '#app/ui/page.tsx'
import { Paging } from '#app/ui/paging.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { When } from '#app/ui/when.tsx'
import { Filters, useAddress } from './filters.tsx'
import { fieldsOf, readQuery } from './query.server.ts'

export const meta: MetaFunction = () => [{ title: 'Ratings behind the figures · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'ratings.read')
  return answering(async () => {
    const { filter: wanted, dimension, item, rater, and, levels, apart, kind, page } = readQuery(request)
    const choices = await agreementChoices(store(), scope)
    const filter = settle(wanted, choices)
    const fields = fieldsOf(filter ?? wanted)
    if (!filter)
      return {
        choices,
        fields,
        page,
        size: RATINGS_PER_PAGE,
        total: 0,
        ratings: [],
        dimensions: [],
        chosen: null,
        narrowed: null,
      }
    const { dimensions } = await readVersion(store(), scope, filter.rubricVersionId)
    const chosen = dimensions.find(({ key }) => key === dimension) ?? null
    const far = apart !== null && chosen ? { dimensionId: chosen.id, levels: apart } : null
    const given = levels !== null && chosen ? { dimensionId: chosen.id, low: levels[0], high: levels[1] } : null
    const { total, ratings } = await listRatings(store(), scope, filter, {
      itemId: item,
      raterId: rater,
      withRaterId: and,
      levels: given,
      apart: far,
      kind,
      page,
    })
    return {
      choices,
      fields,
      page,
      size: RATINGS_PER_PAGE,
      total,
      ratings,
      dimensions: dimensions.map(({ id, key, name, levels }) => ({
        id,
        key,
        name,
        levels: levels.map(({ value }) => value),
      })),
      chosen: chosen && { key: chosen.key, name: chosen.name },
      narrowed: narrowedTo({
        item,
        kind,
        raters: [rater, and].flatMap((id) => (id === null ? [] : [nameOf(choices.raters, id)])),
        far: far && chosen ? { by: far.levels, on: chosen.name } : null,
        given: given && chosen ? { low: given.low, high: given.high, on: chosen.name } : null,
      }),
    }
  })
}

const nameOf = (raters: readonly { id: string; name: string }[], id: string): string =>
  raters.find((rater) => rater.id === id)?.name ?? 'one rater'

const OF_KIND: Record<ListedKind, string> = {
  live: 'of live items',
  anchor: 'of anchors',
  bridge: 'of bridge items',
}

/** In words, what the list holds beyond the filters of the form. */
function narrowedTo({
  item,
  kind,
  raters,
  far,
  given,
}: {
  item: string | null
  kind: ListedKind | null
  raters: readonly string[]
  far: { by: number; on: string } | null
  given: { low: number; high: number; on: string } | null
}): string | null {
  const parts = [
    item === null ? null : 'of one item',
    kind === null ? null : OF_KIND[kind],
    raters.length === 0 ? null : `by ${listed(raters)}${raters.length > 1 ? ' of items both rated' : ''}`,
    far ? `of items whose scores on ${within(far.on)} lie ${far.by} or more apart` : null,
    given ? `of items that were given both a ${given.low} and a ${given.high} on ${within(given.on)}` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(', ')
}

export default function Ratings() {
  const { choices, fields, page, size, total, ratings, dimensions, chosen, narrowed } = useLoaderData<typeof loader>()
  const address = useAddress()
  return (
    <Page title="Ratings behind the figures">
      <div className="section">
        <Filters fields={fields} choices={choices} dimension={chosen?.key ?? null} />
        <p className="soft">
          <Back />
          {' · '}
          {plural(total, 'rating')} in force
          {narrowed ? ` ${narrowed} · ` : ''}
          {narrowed ? (
            <Link
              to={address('', {
                item: null,
                rater: null,
                and: null,
                levels: null,
                apart: null,
                kind: null,
                page: null,
              })}
            >
              Show all of them
            </Link>
          ) : null}
        </p>
      </div>
      {ratings.length === 0 ? (
        <Empty
          title="No rating passes these filters"
          action={
            <Link className="button" to="?">
              Clear the filters
            </Link>
          }
        >
          Only ratings in force are listed: a corrected one in its last form, none that was taken back.
        </Empty>
      ) : (
        <Scroll label="Ratings">
          <table className="behind">
            <thead>
              <tr>
                <th scope="col">Case</th>
                <th scope="col">System version</th>
                <th scope="col">Rater</th>
                {dimensions.map(({ id, key, name }) => (
                  <th key={id} scope="col" aria-current={key === chosen?.key ? 'true' : undefined}>
                    {name}
                  </th>
                ))}
                <th scope="col">Submitted</th>
              </tr>
            </thead>
            <tbody>
              {ratings.map((rating, i) => (
                <Row
                  key={rating.id}
                  rating={rating}
                  first={ratings[i - 1]?.itemId !== rating.itemId}
                  dimensions={dimensions}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <Paging page={page} size={size} total={total} of="ratings" />
    </Page>
  )
}

/** To the page whose figures led here. */
function Back() {
  const [params] = useSearchParams()
  const address = useAddress()
  const taken = { item: null, rater: null, and: null, levels: null, apart: null, kind: null, page: null, back: null }
  if (params.get('back') === 'calibration')
    return <Link to={address('../calibration', { ...taken, dimension: null })}>Back to calibration</Link>
  if (params.get('back') === 'drift')
    return (
      <Link to={address('../drift', { ...taken, rubric: null, round: null, from: null, to: null })}>Back to drift</Link>
    )
  return <Link to={address('../agreement', taken)}>Back to agreement</Link>
}

const MADE = { app: '', import: 'imported', simulated: 'simulated' } as const

/** `first`: the first rating of its item, which carries the item's name. */
function Row({
  rating,
  first,
  dimensions,
}: {
  rating: ListedRating
  first: boolean
  dimensions: { id: string; name: string; levels: number[] }[]
}) {
  const address = useAddress()
  return (
    <tr className={first ? 'first' : undefined}>
      <td className="asked">
        {first ? (
          <Link to={`../cases/${rating.caseId}`}>{rating.question}</Link>
        ) : (
          <span className="unseen">{rating.question}</span>
        )}
      </td>
      <td>{first ? rating.systemVersion : <span className="unseen">{rating.systemVersion}</span>}</td>
      <td>
        <Link to={address('', { rater: rating.raterId, and: null, page: null })}>{rating.rater}</Link>
      </td>
      {dimensions.map(({ id, levels }) => (
        <td key={id} data-levels={levels.length}>
          <Given level={rating.levels[id]} lowest={levels[0] ?? 1} />
        </td>
      ))}
      <td>
        <When at={rating.submittedAt} />
        <small>
          {[rating.round, MADE[rating.source], rating.revision > 1 ? 'corrected' : ''].filter(Boolean).join(', ')}
        </small>
      </td>
    </tr>
  )
}

function Given({ level, lowest }: { level: number | null | undefined; lowest: number }) {
  if (level === undefined) return null
  if (level === null)
    return (
      <span className="faint" title="Cannot judge">
        –<span className="unseen">cannot judge</span>
      </span>
    )
  return (
    <b className="level-mark" data-level={level - lowest + 1}>
      {level}
    </b>
  )
}
