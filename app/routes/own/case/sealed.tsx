import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { plural } from '#app/evaluation/figure.ts'
import type { ListedExposure } from '#app/evaluation/seal/exposures.ts'
import type { SealedFacts } from '#app/evaluation/seal/facts.ts'
import { Section } from '#app/ui/page.tsx'
import { When } from '#app/ui/when.tsx'
import { ExposureTable } from '../exposures/table.tsx'

/** A case that is sealed: all that may be known of it without opening it. */
export function Sealed({
  facts,
  exposures,
  mayBreak,
}: {
  facts: SealedFacts
  exposures: ListedExposure[]
  mayBreak: boolean
}) {
  const { key, seal } = facts
  const openings = seal?.openings ?? 0
  return (
    <>
      <p className="banner">
        <span>
          This case is sealed. What is written of it is encrypted, and shown to raters alone, through an item that they
          are handed; each time is on record below.
        </span>
        {mayBreak ? <Link to="break-glass">Break the seal…</Link> : null}
      </p>
      <SealFacts facts={facts} />
      <Section
        id="exposures"
        title="Openings"
        aside={
          openings > exposures.length ? (
            <Link to={`../exposures?case=${encodeURIComponent(key)}`}>All of them</Link>
          ) : null
        }
        lead={
          openings === 0
            ? 'Nobody has seen it since it was sealed.'
            : `Opened ${openings === 1 ? 'once' : `${openings} times`}, by ${seal?.people === 1 ? 'one person' : plural(seal?.people ?? 0, 'person', 'people')}.`
        }
      >
        {exposures.length > 0 ? <ExposureTable exposures={exposures} ofOne /> : null}
      </Section>
    </>
  )
}

/** The seal in figures. */
export function SealFacts({
  facts: { category, userSegment, pool, burntAt, seal, answeredBy, references },
}: {
  facts: SealedFacts
}) {
  return (
    <dl className="case-facts">
      <Fact name="Category">{category}</Fact>
      <Fact name="User segment">{userSegment}</Fact>
      <Fact name="Pool">{pool}</Fact>
      {seal ? (
        <>
          <Fact name="Sealed">
            <When at={seal.sealedAt} />
          </Fact>
          <Fact name={seal.endedAt === null ? 'Sealed until' : 'Seal ended'}>
            <When at={seal.endedAt ?? seal.sealedUntil} />
          </Fact>
        </>
      ) : null}
      <Fact name="Responses of">{answeredBy.length === 0 ? 'no system version yet' : answeredBy.join(', ')}</Fact>
      <Fact name="References">
        {references.high} high, {references.borderline} borderline
      </Fact>
      {burntAt === null ? null : (
        <Fact name="Burnt">
          <When at={burntAt} time />: its seal was broken, and it retires with the next rotation
        </Fact>
      )}
      {seal ? (
        <Fact name="SHA-256 of its content">
          <code>{seal.contentHash}</code>
        </Fact>
      ) : null}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
