import { Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { Documents } from '../../own/case/documents.tsx'
import type { TaskOnPage } from './task.tsx'

/** What the reference is of: the case, its context, and what stands beside it. */
export function CaseBeside({ task }: { task: TaskOnPage }) {
  return (
    <div className="stack">
      <Section id="input" title="Input">
        <SafeHtml className="reading" html={task.input} />
      </Section>
      <Documents documents={task.documents} />
      {task.others.length > 0 ? (
        <Section id="others" title="Other references of this case">
          <div className="folded">
            {task.others.map(({ id, quality, html }) => (
              <details key={id}>
                <summary>{quality === 'high' ? 'High' : 'Borderline'}</summary>
                <SafeHtml className="reading" html={html} />
              </details>
            ))}
          </div>
        </Section>
      ) : null}
    </div>
  )
}
