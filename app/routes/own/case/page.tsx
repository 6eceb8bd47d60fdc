import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { can, type Scope } from '#app/auth/permissions.ts'
import { anchorStates } from '#app/evaluation/anchors/search.ts'
import { archiveCase, restoreCase } from '#app/evaluation/cases/archive.ts'
import { caseHistory, HISTORY_SIZE } from '#app/evaluation/cases/history.ts'
import { readCase } from '#app/evaluation/cases/read.ts'
import { caseRisk } from '#app/evaluation/contamination/read.ts'
import { renderMarkdown } from '#app/evaluation/markdown.server.ts'
import { askFor, withdrawTask } from '#app/evaluation/references/tasks/ask.ts'
import { listResponses } from '#app/evaluation/responses/list.ts'
import { isBarred } from '#app/evaluation/seal/barred.ts'
import { listExposures } from '#app/evaluation/seal/exposures.ts'
import { factsOfSealed } from '#app/evaluation/seal/facts.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { receiveForm } from '#app/http/form.ts'
import { pageOf } from '#app/http/query.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page, Section } from '#app/ui/page.tsx'
import { SafeHtml } from '#app/ui/safe-html.tsx'
import { When } from '#app/ui/when.tsx'
import { ReferenceState } from '../reference-state.tsx'
import { Archive } from './archive.tsx'
import { Documents } from './documents.tsx'
import { History } from './history.tsx'
import { referencesOnPage } from './reference-view.server.ts'
import { isInUse, References } from './references.tsx'
import { Responses } from './responses.tsx'
import { Risk } from './risk.tsx'
import { Sealed } from './sealed.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.case.key} · Cases · Assay` : 'Case · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'cases.read')
  const page = pageOf(new URL(request.url).searchParams, 'history')
  return answering(async () => {
    const { input, documents, ...whole } = await readCase(store(), scope, params.case ?? '')
    const responses = await listResponses(store(), scope, whole.id)
    const anchors = await anchorStates(
      store().read,
      scope,
      responses.map(({ id }) => id),
    )
    return {
      case: whole,
      input: renderMarkdown(input, { breaks: true }),
      documents: documents.map(({ id, title, text }) => ({
        id,
        title,
        html: renderMarkdown(text),
        words: text.match(/\S+/g)?.length ?? 0,
      })),
      ...(await referencesOnPage(scope, whole.id, whole.sealed)),
      responses: responses.map(({ text, ...response }) => ({
        ...response,
        html: renderMarkdown(text),
        anchor: anchors.get(response.id) ?? null,
      })),
      risk: await caseRisk(store(), scope, whole.id),
      history: { ...(await caseHistory(store(), scope, whole, page)), page, size: HISTORY_SIZE },
      sealed: whole.sealed ? await sealedParts(scope, whole) : null,
      mayArchive: can(scope.roles, 'cases.write'),
      mayWrite: can(scope.roles, 'references.write'),
      mayAsk: can(scope.roles, 'references.ask') && whole.archivedAt === null,
      mayAnchor: can(scope.roles, 'anchors.write') && whole.archivedAt === null && !whole.sealed,
      slug: scope.project.slug,
    }
  })
}

const OPENINGS = 10

/** What is shown of a sealed case in place of what is written of it. */
async function sealedParts(scope: Scope, { id, key }: { id: string; key: string }) {
  const filter = { key, personId: null, exposedFor: null, from: null, to: null }
  const { exposures } = await listExposures(store(), scope, { ...filter, page: 1, size: OPENINGS })
  return {
    facts: await factsOfSealed(store(), scope, id),
    exposures,
    mayBreak: can(scope.roles, 'seals.break') && !isBarred(scope.roles),
  }
}

/** Archives the case, or puts it back; asks for a reference, or takes that back. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'references.ask')
  const id = params.case ?? ''
  await answering(async () => {
    const form = await receiveForm(request)
    const [intent] = amongst(form, 'intent', ['archive', 'restore', 'ask', 'withdraw'] as const)
    const [quality = 'high'] = amongst(form, 'quality', ['high', 'borderline'] as const)
    if (intent === 'ask') await askFor(store(), scope, [{ caseId: id, quality }])
    if (intent === 'withdraw') await withdrawTask(store(), scope, textOf(form, 'task'))
    if (intent === 'archive') await archiveCase(store(), scope, id)
    if (intent === 'restore') await restoreCase(store(), scope, id)
  })
  throw redirect(`/p/${scope.project.slug}/cases/${id}`)
}

export default function Case() {
  const loaded = useLoaderData<typeof loader>()
  const { case: whole, references, mayArchive, mayWrite } = loaded
  const current = references.filter(isInUse)
  const archive = mayArchive ? <Archive archived={whole.archivedAt !== null} /> : null
  if (loaded.sealed) {
    return (
      <Page title={whole.key} note={<span className="chip">Sealed</span>} actions={archive}>
        <Sealed {...loaded.sealed} />
        <References
          references={references}
          tasks={loaded.tasks}
          slug={loaded.slug}
          may={{ write: false, ask: loaded.mayAsk }}
        />
        <Risk whole={loaded.risk} />
        <History {...loaded.history} />
      </Page>
    )
  }
  return (
    <Page
      title={whole.key}
      note={whole.archivedAt === null ? null : <span className="chip">Archived</span>}
      actions={archive}
    >
      <dl className="case-facts">
        <div>
          <dt>Category</dt>
          <dd>{whole.category}</dd>
        </div>
        <div>
          <dt>User segment</dt>
          <dd>{whole.userSegment}</dd>
        </div>
        <div>
          <dt>Pool</dt>
          <dd>
            {whole.pool}, since <When at={whole.enteredPoolAt} />
          </dd>
        </div>
        {whole.samplingWeight === null ? null : (
          <div>
            <dt>Stands for</dt>
            <dd>{whole.samplingWeight.toFixed(1)} interactions</dd>
          </div>
        )}
        <div>
          <dt>References</dt>
          <dd>
            <ReferenceState
              qualities={current.map(({ quality }) => quality)}
              validated={current.filter(({ state }) => state === 'validated').map(({ quality }) => quality)}
            />
          </dd>
        </div>
        <div>
          <dt>Added</dt>
          <dd>
            <When at={whole.createdAt} />
          </dd>
        </div>
        {Object.entries(whole.metadata).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
      <Section id="input" title="Input" aside={<Link to="../cases">All cases</Link>}>
        <SafeHtml className="reading" html={loaded.input} />
      </Section>
      <Documents documents={loaded.documents} />
      <References
        references={references}
        tasks={loaded.tasks}
        slug={loaded.slug}
        may={{ write: mayWrite, ask: loaded.mayAsk }}
      />
      <Responses
        responses={loaded.responses}
        mayImport={mayArchive}
        anchoring={loaded.mayAnchor ? { slug: loaded.slug, caseId: whole.id } : null}
      />
      <Risk whole={loaded.risk} />
      <History {...loaded.history} />
    </Page>
  )
}
