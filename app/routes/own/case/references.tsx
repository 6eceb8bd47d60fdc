import { Link } from '@remix-run/react'
import { Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { When } from '#app/ui/when.tsx'
import type { Quality } from '#db/schema/cases.ts'

type Reference = {
  id: string
  quality: Quality
  html: string
  author: string | null
  createdAt: number
  supersededAt: number | null
}

const MEANING: Record<Quality, { title: string; what: string }> = {
  high: { title: 'High', what: 'What good looks like.' },
  borderline: { title: 'Borderline', what: 'The least that is acceptable.' },
}

/** The references of both qualities side by side, and what they were before. */
export function References({ references, mayWrite }: { references: Reference[]; mayWrite: boolean }) {
  return (
    <Section id="references" title="References">
      <div className="beside">
        {(['high', 'borderline'] as const).map((quality) => (
          <OfQuality
            key={quality}
            quality={quality}
            references={references.filter((one) => one.quality === quality)}
            mayWrite={mayWrite}
          />
        ))}
      </div>
    </Section>
  )
}

function OfQuality({
  quality,
  references,
  mayWrite,
}: {
  quality: Quality
  references: Reference[]
  mayWrite: boolean
}) {
  const current = references.filter(({ supersededAt }) => supersededAt === null)
  const former = references.filter(({ supersededAt }) => supersededAt !== null)
  const { title, what } = MEANING[quality]
  return (
    <section className="quality" aria-labelledby={quality}>
      <header>
        <h3 id={quality}>{title}</h3>
        <p className="faint">{what}</p>
        {mayWrite ? (
          <Link className="button" to={`references?quality=${quality}`}>
            {current.length === 0 ? 'Write it' : 'Write another'}
          </Link>
        ) : null}
      </header>
      {current.length === 0 ? <p className="soft">None yet.</p> : null}
      {current.map((reference) => (
        <article key={reference.id}>
          <SafeHtml className="reading" html={reference.html} />
          <p className="by">
            <Written {...reference} />
            {mayWrite ? <Link to={`references?replaces=${reference.id}`}>Replace</Link> : null}
          </p>
        </article>
      ))}
      {former.length > 0 ? (
        <details>
          <summary>
            {former.length} former {former.length === 1 ? 'text' : 'texts'}
          </summary>
          {former.map((reference) => (
            <article key={reference.id}>
              <SafeHtml className="reading soft" html={reference.html} />
              <p className="by">
                <Written {...reference} />
              </p>
            </article>
          ))}
        </details>
      ) : null}
    </section>
  )
}

function Written({ author, createdAt, supersededAt }: Pick<Reference, 'author' | 'createdAt' | 'supersededAt'>) {
  return (
    <span>
      {author ?? 'Author not given'}, <When at={createdAt} />
      {supersededAt === null ? null : (
        <>
          ; replaced <When at={supersededAt} />
        </>
      )}
    </span>
  )
}
