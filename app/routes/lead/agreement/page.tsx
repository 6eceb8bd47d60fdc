import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can, type Scope } from '#app/auth/permissions.ts'
import { agreementIn } from '#app/evaluation/agreement/agreement.ts'
import { COMPUTING } from '#app/evaluation/agreement/computing.server.ts'
import { type AgreementFigures, worstOf } from '#app/evaluation/agreement/figures.ts'
import type { Settled } from '#app/evaluation/agreement/filter.ts'
import { gapOf } from '#app/evaluation/agreement/gap-words.ts'
import { findingOf, forestInWords } from '#app/evaluation/agreement/words.ts'
import { whole } from '#app/evaluation/figure.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { Coefficients } from './coefficients.tsx'
import { Dimensions, restingOn } from './dimensions.tsx'
import { Filters, isNarrowed, useAddress } from './filters.tsx'
import { insideOf } from './inside.server.ts'
import { Method, NoRatings, NoRounds } from './method.tsx'
import { fieldsOf, type PairMeasure, readQuery } from './query.server.ts'
import { Raters } from './raters.tsx'
import { alphaForest, dimensionRows } from './view.server.ts'
import { Where } from './where.tsx'

export const meta: MetaFunction = () => [{ title: 'Agreement · Assay' }]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'agreement.read')
  return answering(async () => {
    const { filter: wanted, dimension, pairs } = readQuery(request)
    const { choices, filter, figures } = await agreementIn(store(), scope, wanted, COMPUTING)
    const found =
      filter && figures && figures.ratings > 0 ? await drawn(scope, filter, figures, dimension, pairs) : null
    return {
      choices,
      fields: fieldsOf(filter ?? wanted),
      /** Another version was asked for than the chosen round has. */
      otherVersion:
        wanted.rubricVersionId !== null && filter !== null && wanted.rubricVersionId !== filter.rubricVersionId,
      found,
      mayList: can(scope.roles, 'ratings.read'),
      mayPlan: can(scope.roles, 'rounds.read'),
    }
  })
}

async function drawn(
  scope: Scope,
  filter: Settled,
  figures: AgreementFigures,
  wanted: string | null,
  pairs: PairMeasure,
) {
  const { dimensions, items, raters, ratings, sources } = figures
  const chosen = dimensions.find(({ dimension }) => dimension.key === wanted) ?? worstOf(dimensions)
  const inside = chosen ? await insideOf(scope, filter, chosen, pairs) : null
  const groups = inside?.groups ?? null
  const finding = findingOf(figures, chosen ? { dimensionId: chosen.dimension.id, groups } : null)
  return {
    finding: { ...finding, more: [...(inside?.cause && !groups ? [inside.cause] : []), ...finding.more] },
    basis: { items, raters, ratings },
    sources,
    rows: dimensionRows(dimensions),
    forest: alphaForest(dimensions),
    description: forestInWords(dimensions),
    gap: gapOf(dimensions),
    chosen: chosen ? { key: chosen.dimension.key, farApart: inside?.farApart ?? 0 } : null,
    where: { view: inside?.view ?? null, why: inside?.why ?? null },
    coefficients: inside?.coefficients ?? null,
    raters: inside?.raters ?? null,
  }
}

export default function Agreement() {
  const { choices, fields, otherVersion, found, mayList, mayPlan } = useLoaderData<typeof loader>()
  const simulated = found && found.sources.simulated === found.basis.ratings
  return (
    <Page title="Agreement" note={simulated ? <span className="chip">Simulated ratings</span> : null}>
      {choices.rounds.length === 0 ? (
        <NoRounds mayPlan={mayPlan} />
      ) : (
        <>
          <div className="section">
            <Filters fields={fields} choices={choices} dimension={found?.chosen?.key ?? null} />
            {otherVersion ? (
              <p className="soft">The round you chose has its own rubric version, so that is the one shown.</p>
            ) : null}
            {found ? <Mixed found={found} /> : null}
          </div>
          {found ? (
            <Found found={found} mayList={mayList} />
          ) : (
            <NoRatings narrowed={otherVersion || isNarrowed(fields)} />
          )}
        </>
      )}
    </Page>
  )
}

type Drawn = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['found']>

function Found({ found, mayList }: { found: Drawn; mayList: boolean }) {
  const address = useAddress()
  const { finding, chosen } = found
  return (
    <>
      <div className="section">
        <p className="finding">
          {finding.headline.map(({ text, strong }) => (strong ? <strong key={text}>{text}</strong> : text))}
        </p>
        <p className="finding">{finding.more.join(' ')}</p>
        <p className="row">
          {mayList && chosen && chosen.farApart > 0 ? (
            <Link className="button" to={address('ratings', { dimension: chosen.key, apart: '2' })}>
              {chosen.farApart === 1
                ? 'Open the item whose scores lie 2 or more apart'
                : `Open the ${whole(chosen.farApart)} items whose scores lie 2 or more apart`}
            </Link>
          ) : null}
          <Link className="button quiet" to={address('compare', { pairs: null })}>
            Compare
          </Link>
          <Link className="button quiet" to={address('plan', { pairs: null })}>
            Plan ratings
          </Link>
          <span className="soft">{restingOn(found.basis)}</span>
        </p>
      </div>
      <Dimensions
        rows={found.rows}
        forest={found.forest}
        description={found.description}
        gap={found.gap}
        chosen={chosen?.key ?? null}
        mayList={mayList}
      />
      <Where view={found.where.view} why={found.where.why} mayList={mayList} />
      {found.raters ? <Raters view={found.raters} mayList={mayList} /> : null}
      {found.coefficients ? <Coefficients view={found.coefficients} /> : null}
      <Method />
    </>
  )
}

/** Simulated ratings beside real ones are never passed over in silence. */
function Mixed({ found: { sources, basis } }: { found: Drawn }) {
  const address = useAddress()
  if (sources.simulated === 0 || sources.simulated === basis.ratings) return null
  return (
    <p className="banner" data-tone="warn">
      {whole(sources.simulated)} of these {whole(basis.ratings)} ratings are simulated, the others are not.
      {sources.app > 0 ? <Link to={address('', { source: 'app' })}>Only those made here</Link> : null}
      {sources.import > 0 ? <Link to={address('', { source: 'import' })}>Only those imported</Link> : null}
      <Link to={address('', { source: 'simulated' })}>Only the simulated</Link>
    </p>
  )
}
