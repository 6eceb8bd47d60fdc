import { Form, Link } from '@remix-run/react'
import { Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import type { Quality } from '#db/schema/cases.ts'
import { CandidateCard } from '../references/candidate.tsx'
import { Reference } from './reference.tsx'
import type { ShownReference, ShownReferences } from './reference-view.server.ts'

const MEANING: Record<Quality, { title: string; what: string }> = {
  high: { title: 'High', what: 'What good looks like.' },
  borderline: { title: 'Borderline', what: 'The least that is acceptable.' },
}

type May = { write: boolean; ask: boolean }

export const isInUse = ({ state, supersededAt }: Pick<ShownReference, 'state' | 'supersededAt'>): boolean =>
  supersededAt === null && (state === 'written' || state === 'validated')

/** The references of both qualities side by side, what was there before, and what raters offer. */
export function References({ references, tasks, slug, may }: ShownReferences & { slug: string; may: May }) {
  const offered = references.filter(({ state, supersededAt }) => state === 'candidate' && supersededAt === null)
  return (
    <Section id="references" title="References">
      <div className="beside">
        {(['high', 'borderline'] as const).map((quality) => (
          <OfQuality
            key={quality}
            quality={quality}
            references={references.filter((one) => one.quality === quality && one.state !== 'candidate')}
            tasks={tasks.filter((task) => task.quality === quality)}
            may={may}
          />
        ))}
      </div>
      {offered.length > 0 ? (
        <section aria-labelledby="offered" className="offered">
          <h3 id="offered">Better answers offered by raters</h3>
          {offered.map((candidate) => (
            <CandidateCard
              key={candidate.id}
              candidate={candidate}
              ofCase={null}
              decideAt={may.ask ? `/p/${slug}/references/candidates` : null}
            />
          ))}
        </section>
      ) : null}
    </Section>
  )
}

function OfQuality({
  quality,
  references,
  tasks,
  may,
}: {
  quality: Quality
  references: ShownReference[]
  tasks: ShownReferences['tasks']
  may: May
}) {
  const current = references.filter(isInUse)
  const former = references.filter((one) => !isInUse(one))
  const whole = current.some((one) => one.state === 'validated' && one.placement?.verdict !== 'not what it says')
  const { title, what } = MEANING[quality]
  return (
    <section className="quality" aria-labelledby={quality}>
      <header>
        <h3 id={quality}>{title}</h3>
        <p className="faint">{what}</p>
        {may.write ? (
          <Link className="button" to={`references?quality=${quality}`}>
            {current.length === 0 ? 'Write it' : 'Write another'}
          </Link>
        ) : null}
      </header>
      {current.length === 0 ? <p className="soft">None yet.</p> : null}
      {current.map((reference) => (
        <Reference key={reference.id} reference={reference} mayWrite={may.write} />
      ))}
      <UnderWay tasks={tasks} quality={quality} may={may} asks={!whole && tasks.length === 0} />
      {former.length > 0 ? (
        <details>
          <summary>
            {former.length} former or refused {former.length === 1 ? 'text' : 'texts'}
          </summary>
          {former.map((reference) => (
            <Reference key={reference.id} reference={reference} mayWrite={false} />
          ))}
        </details>
      ) : null}
    </section>
  )
}

function UnderWay({
  tasks,
  quality,
  may,
  asks,
}: {
  tasks: ShownReferences['tasks']
  quality: Quality
  may: May
  asks: boolean
}) {
  if (asks && may.ask) {
    return (
      <Form method="post" className="row">
        <input type="hidden" name="quality" value={quality} />
        <Submit name="intent" value="ask">
          Ask an expert
        </Submit>
        <span className="faint">To write it, or to check what is written.</span>
      </Form>
    )
  }
  return tasks.map(({ id, kind, taker }) => (
    <Form method="post" className="row" key={id}>
      <input type="hidden" name="task" value={id} />
      <span>
        {taker === null
          ? `Asked to be ${kind === 'write' ? 'written' : 'checked'}.`
          : `Being ${kind === 'write' ? 'written' : 'checked'} by ${taker}.`}
      </span>
      {taker === null && may.ask ? (
        <Submit kind="quiet" name="intent" value="withdraw">
          No longer ask for it
        </Submit>
      ) : null}
    </Form>
  ))
}
