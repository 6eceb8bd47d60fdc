import { capital, inWords } from '#app/evaluation/figure.ts'
import type { RoundOfWork } from '#app/evaluation/queue/work.ts'
import { timeLeftInWords } from '#app/rating/said.ts'
import { Empty } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'
import { daysInWords } from './work-row.tsx'

/** What is left in the round to go on with, in a sentence. */
export function WhatIsLeft({ work: { round, progress }, at }: { work: RoundOfWork; at: number }) {
  const { left, secondsLeft } = progress
  return (
    <p className="finding">
      {round.name}
      {round.endsAt === null ? ': ' : <> closes {daysInWords(round.endsAt, at)}. </>}
      <strong>{left === 1 ? 'One item is left' : `${left} items are left`}</strong>, about{' '}
      {timeLeftInWords(secondsLeft).replace('min', 'minutes').replace(/ h$/, ' hours')}.
    </p>
  )
}

/** Nothing can be rated now: what will come, and what can be done meanwhile. */
export function NothingToRate({
  work,
  elsewhere,
  slug,
}: {
  work: readonly RoundOfWork[]
  /** Items in other raters' hands that would be open to this one. */
  elsewhere: number
  slug: string
}) {
  const skipped = work.find(({ standing, progress }) => standing === 'open' && progress.skipped > 0)
  const coming = work.find(({ standing, startsAt }) => standing === 'not started' && startsAt !== null)
  const isOpen = work.some(({ standing }) => standing === 'open')
  return (
    <Empty
      title="Nothing to rate now"
      action={
        skipped ? (
          <a className="button" href={`/p/${slug}/rate/${skipped.round.id}`}>
            Look at what you skipped in {skipped.round.name}
          </a>
        ) : null
      }
    >
      {isOpen
        ? `You have rated all that is open to you. ${inOtherHandsInWords(elsewhere)} `
        : 'None of your rounds is open. '}
      {coming?.startsAt ? (
        <>
          {coming.round.name} opens on <When at={coming.startsAt} />.
        </>
      ) : null}
    </Empty>
  )
}

function inOtherHandsInWords(items: number): string {
  if (items === 0) return 'Should another rater let go of an item, it appears here.'
  return items === 1
    ? 'One more item is in another rater’s hands: should they let go of it, it appears here.'
    : `${capital(inWords(items))} more items are in other raters’ hands: what they let go of appears here.`
}
