import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { Heat } from '#app/charts/heat.server.ts'
import { HeatMap } from '#app/charts/heat-map.tsx'
import { ShareBar } from '#app/charts/share-bar.tsx'
import type { ShownItemName, ShownRater } from '#app/evaluation/agreement/names.ts'
import { hundredths, inWords, percent, whole, within } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { Scroll } from '#app/ui/scroll.tsx'
import { useAddress } from './filters.tsx'
import type { PairMeasure } from './query.server.ts'

type Rest = { count: number; share: number } | null

export type WhereView = {
  dimension: { key: string; name: string; levels: number }
  heat: Heat | null
  measure: PairMeasure
  shared: { least: number; most: number } | null
  grouped: boolean
  raterCount: number
  /** Raters in the table of pairs: those with the largest shares where all would not fit. */
  paired: number
  levelPairs: { shown: { low: number; high: number; share: number }[]; rest: Rest }
  raters: {
    shown: { rater: string; share: number; alphaWithout: number | null; meanDifference: number | null }[]
    rest: Rest
  }
  segments: {
    shown: { category: string; userSegment: string; share: number; alphaWithout: number | null }[]
    rest: Rest
  }
  items: { shown: { item: string; share: number }[]; rest: Rest }
  names: { raters: Record<string, ShownRater>; items: Record<string, ShownItemName> }
}

/** Where the observed disagreement on one dimension sits. */
export function Where({ view, why, mayList }: { view: WhereView | null; why: string | null; mayList: boolean }) {
  const address = useAddress()
  if (!view) return why ? <p className="soft">Where the disagreement sits cannot be said: {why}.</p> : null
  const name = within(view.dimension.name)
  return (
    <Section
      id="where"
      title={`Where the disagreement on ${name} sits`}
      aside={<a href={address('agreement.csv', { dimension: view.dimension.key })}>CSV</a>}
      lead={leadOf(view)}
    >
      <div className="beside split">
        <div className="section between" data-wide={view.heat && view.heat.columns.length > WIDE_FROM ? '' : undefined}>
          <h3>Between which raters</h3>
          <Between view={view} mayList={mayList} />
        </div>
        <div className="stack">
          <Split title="Between which levels" rest={view.levelPairs.rest} restName={(n) => `${n} other pairs`}>
            {view.levelPairs.shown.map(({ low, high, share }, i) => (
              <Share
                key={`${low} ${high}`}
                name={
                  mayList ? (
                    <Link to={address('ratings', { levels: `${low},${high}`, dimension: view.dimension.key })}>
                      {`${low} and ${high}`}
                    </Link>
                  ) : (
                    `${low} and ${high}`
                  )
                }
                share={share}
                most={i === 0}
              />
            ))}
          </Split>
          <Split
            title="Which raters, and alpha without each"
            rest={view.raters.rest}
            restName={(n) => `${n} others`}
            extra
          >
            {view.raters.shown.map(({ rater, share, alphaWithout }, i) => (
              <Share
                key={rater}
                name={
                  mayList ? (
                    <Link to={address('ratings', { rater, dimension: view.dimension.key })}>
                      {view.names.raters[rater]?.name ?? ''}
                    </Link>
                  ) : (
                    (view.names.raters[rater]?.name ?? '')
                  )
                }
                share={share}
                most={i === 0}
                extra={alphaWithout === null ? '–' : hundredths(alphaWithout)}
              />
            ))}
          </Split>
        </div>
        <Split
          title="Which segments, and alpha without each"
          rest={view.segments.rest}
          restName={(n) => `${n} other segments`}
          extra
        >
          {view.segments.shown.map(({ category, userSegment, share, alphaWithout }, i) => (
            <Share
              key={`${category} ${userSegment}`}
              name={
                <Link to={address('', { category, user: userSegment, dimension: view.dimension.key })}>
                  {`${category}, ${userSegment}`}
                </Link>
              }
              share={share}
              most={i === 0}
              extra={alphaWithout === null ? '–' : hundredths(alphaWithout)}
            />
          ))}
        </Split>
        <Split title="Which items" rest={view.items.rest} restName={(n) => `${n} other items`} extra={mayList}>
          {view.items.shown.map(({ item, share }, i) => (
            <Share
              key={item}
              name={<ItemName name={view.names.items[item]} />}
              share={share}
              most={i === 0}
              extra={
                mayList ? (
                  <Link to={address('ratings', { item, dimension: view.dimension.key })}>ratings</Link>
                ) : undefined
              }
            />
          ))}
        </Split>
      </div>
    </Section>
  )
}

/** A table of more columns takes the width of the page. */
const WIDE_FROM = 8

const PAIRS: Record<PairMeasure, string> = {
  alpha: 'Alpha',
  kappa: 'Cohen’s kappa with quadratic weights',
  spearman: 'Spearman’s correlation',
  tauB: 'Kendall’s tau-b',
  exact: 'Exact agreement',
}

function leadOf({ shared, grouped, measure, raterCount, paired }: WhereView): string {
  const split = 'Each of the four lists splits the same observed disagreement.'
  if (!shared) return split
  const over = shared.least === shared.most ? whole(shared.most) : `${whole(shared.least)} to ${whole(shared.most)}`
  const order = grouped
    ? 'ordered so that raters who agree stand together: two blocks, and little between them'
    : 'those first who agree most with the others'
  const whom =
    paired < raterCount ? `the ${paired} raters of ${whole(raterCount)} who carry most of the disagreement` : 'raters'
  return `${PAIRS[measure]} of each pair of ${whom} over the ${over} items both rated, ${order}. ${split}`
}

const MEASURES: Record<PairMeasure, string> = {
  alpha: 'Alpha',
  kappa: 'Quadratic kappa',
  spearman: 'Spearman',
  tauB: 'Tau-b',
  exact: 'Exact',
}

function Between({
  view: { heat, raterCount, names, measure, dimension },
  mayList,
}: {
  view: WhereView
  mayList: boolean
}) {
  const address = useAddress()
  if (!heat)
    return (
      <p className="soft">
        {raterCount < 3
          ? 'With two raters there is one pair, whose alpha stands above.'
          : 'No two raters share an item.'}
      </p>
    )
  return (
    <>
      <ul className="measures" aria-label="Measure">
        {Object.entries(MEASURES).map(([key, label]) => (
          <li key={key}>
            {key === measure ? (
              <b aria-current="true">{label}</b>
            ) : (
              <Link to={`${address('', { pairs: key })}#where`} preventScrollReset>
                {label}
              </Link>
            )}
          </li>
        ))}
      </ul>
      <Scroll label="Agreement rater by rater">
        <HeatMap
          heat={heat}
          rowName={(id) => names.raters[id]?.name}
          columnName={(id) => names.raters[id]?.short}
          spell={measure === 'exact' ? percent : hundredths}
          cellLink={
            mayList
              ? (row, column, content) => (
                  <Link to={address('ratings', { rater: row, and: column, dimension: dimension.key })}>{content}</Link>
                )
              : undefined
          }
        />
      </Scroll>
      <ul className="key" aria-label="Key" data-levels="4">
        <li>
          <i data-level="1" />
          below 0.4
        </li>
        <li>
          <i data-level="2" />
          0.4 to 0.667
        </li>
        <li>
          <i data-level="3" />
          0.667 to 0.8
        </li>
        <li>
          <i data-level="4" />
          0.8 and above
        </li>
        <li>no colour: fewer than ten items</li>
        <li>beneath: items both rated</li>
      </ul>
    </>
  )
}

function Split({
  title,
  rest,
  restName,
  extra = false,
  children,
}: {
  title: string
  rest: Rest
  restName: (count: string) => string
  extra?: boolean
  children: ReactNode
}) {
  return (
    <div>
      <h3>{title}</h3>
      <table aria-label={title}>
        <tbody>
          {children}
          {rest ? (
            <Share
              name={capitalised(restName(inWords(rest.count)))}
              share={rest.share}
              most={false}
              extra={extra ? '' : undefined}
            />
          ) : null}
        </tbody>
      </table>
    </div>
  )
}

const capitalised = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

function Share({ name, share, most, extra }: { name: ReactNode; share: number; most: boolean; extra?: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="bar">
        <ShareBar share={share} most={most} />
      </td>
      <td className="number">{percent(share)}</td>
      {extra === undefined ? null : <td className="number faint">{extra}</td>}
    </tr>
  )
}

function ItemName({ name }: { name: ShownItemName | undefined }) {
  if (!name) return null
  if (name.caseId === null) return name.label
  return (
    <span className="named">
      <Link to={`../cases/${name.caseId}`} title={name.label}>
        {name.label}
      </Link>
      <span className="faint">{name.systemVersion}</span>
    </span>
  )
}
