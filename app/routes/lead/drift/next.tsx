import { Link } from '@remix-run/react'
import type { NextStep } from '#app/evaluation/drift/next-steps.ts'
import { Section } from '#app/ui/page.tsx'

/** What to do next, each with the place where it is done. */
export function Next({ steps }: { steps: readonly NextStep[] }) {
  if (steps.length === 0) return null
  return (
    <Section id="next" title="What to do next">
      <ul className="steps">
        {steps.map((step) => (
          <li key={step.text}>
            <p>{step.text}</p>
            <Where step={step} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Where({ step: { kind, versions } }: { step: NextStep }) {
  switch (kind) {
    case 'anchors':
      return (
        <Link className="button" to="../anchors">
          Pick anchors
        </Link>
      )
    case 'share':
    case 'more anchors':
      return (
        <Link className="button" to="../rounds/new">
          Plan a round with anchors
        </Link>
      )
    case 'bridge':
      return (
        <Link className="button" to={`../rounds/bridge?${new URLSearchParams(versions ?? {})}`}>
          Make a bridge
        </Link>
      )
    case 'panel':
      return (
        <Link className="button" to="../rubrics">
          Open the rubric
        </Link>
      )
    case 'raters':
      return (
        <a className="button" href="#raters">
          See each rater
        </a>
      )
    case 'levels':
      return null
  }
}
