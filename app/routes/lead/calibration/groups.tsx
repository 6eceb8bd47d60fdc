import { Link } from '@remix-run/react'
import { capital, inWords, listed } from '#app/evaluation/figure.ts'
import { Section } from '#app/ui/page.tsx'
import { useAddress } from '../agreement/filters.tsx'

export type GroupsView = {
  count: number
  /** The members of each, as many as can be named. */
  groups: { names: string[]; others: number }[]
  links: { rater: string; group: number; itemId: string; item: string }[]
  moreLinks: number
}

/** Raters who share no item, and the ratings that would join them. */
export function Groups({ groups: view }: { groups: GroupsView | null }) {
  const address = useAddress()
  if (!view) return null
  return (
    <Section
      id="groups"
      title="Raters who cannot be compared"
      lead={`There are ${inWords(view.count)} groups of raters that share no item. Each is measured from its own average rater: a severe group cannot be told from poor items.`}
    >
      <ul>
        {view.groups.map(({ names, others }, i) => (
          <li key={names.join(' ')}>
            {capital(`group ${i + 1}: `)}
            {listed([...names, ...(others > 0 ? [`${inWords(others)} others`] : [])])}
          </li>
        ))}
      </ul>
      {view.links.length > 0 ? (
        <>
          <p>One rating each would join them; several make the comparison precise:</p>
          <ul>
            {view.links.map(({ rater, group, itemId, item }) => (
              <li key={itemId}>
                let {rater} rate an item of group {group}, such as{' '}
                <Link to={address('../agreement/ratings', { item: itemId, rater: null, back: 'calibration' })}>
                  {item}
                </Link>
              </li>
            ))}
          </ul>
          {view.moreLinks > 0 ? <p className="soft">And {inWords(view.moreLinks)} more groups likewise.</p> : null}
        </>
      ) : null}
    </Section>
  )
}
