import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { requireScope } from '#app/auth/guard.server.ts'
import { listEntries } from '#app/evaluation/audit/entries.ts'
import { ACTIONS, actionLabel, SUBJECTS } from '#app/evaluation/audit/sentence.ts'
import { verifyChain } from '#app/evaluation/audit/verify.ts'
import { listPeople } from '#app/evaluation/people/list-people.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Empty, Page, Section } from '#app/ui/page.tsx'
import { Submit } from '#app/ui/submit.tsx'
import { AuditEntries } from './audit-entries.tsx'
import { auditFilter } from './audit-filter.ts'
import { Chain } from './chain.tsx'

export const meta: MetaFunction = () => [{ title: 'Audit log · Assay' }]

const SIZE = 50
const EVERYBODY = { search: '', role: null, page: 1, size: 1000 } as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'audit.read')
  const filter = auditFilter(new URL(request.url).searchParams)
  return answering(async () => {
    const { people } = await listPeople(store(), scope, EVERYBODY)
    return {
      ...(await listEntries(store(), scope, filter, SIZE)),
      people: people.map(({ id, name }) => ({ id, name })),
      subjects: SUBJECTS,
      actions: ACTIONS.map((action) => ({ action, label: actionLabel(action) })),
    }
  })
}

/** Checks the whole chain, which is the installation's. It changes nothing, but is not to be set off by another site. */
export async function action({ request, params }: ActionFunctionArgs) {
  await requireScope(request, params, 'audit.read')
  return answering(() => verifyChain(store()))
}

export default function Audit() {
  const { entries, older, people, actions, subjects } = useLoaderData<typeof loader>()
  const verified = useActionData<typeof action>()
  const [query] = useSearchParams()
  const withBefore = (before: number | null) => {
    const there = new URLSearchParams(query)
    if (before === null) there.delete('before')
    else there.set('before', String(before))
    return `?${there}`
  }
  return (
    <Page
      title="Audit log"
      actions={
        <>
          <a className="button" href={`audit.jsonl${withBefore(null)}`} download>
            JSONL
          </a>
          <Form method="post" preventScrollReset>
            <Submit>Check the chain</Submit>
          </Form>
        </>
      }
    >
      <Chain verified={verified} />
      <Section id="entries" title="Who did what to what">
        <Form className="filters" key={query.toString()}>
          <label className="field">
            <span>Action</span>
            <select name="action" defaultValue={query.get('action') ?? ''}>
              <option value="">Any</option>
              {actions.map(({ action, label }) => (
                <option key={action} value={action}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>Person</span>
            <select name="person" defaultValue={query.get('person') ?? ''}>
              <option value="">Anybody</option>
              {people.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>About</span>
            <select name="subject" defaultValue={query.get('subject') ?? ''}>
              <option value="">Anything</option>
              {subjects.map((subject) => (
                <option key={subject}>{subject}</option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>From (UTC)</span>
            <input type="date" name="from" defaultValue={query.get('from') ?? ''} />
          </label>
          <label className="field">
            <span>To (UTC)</span>
            <input type="date" name="to" defaultValue={query.get('to') ?? ''} />
          </label>
          <button type="submit">Apply</button>
        </Form>
        {entries.length === 0 ? (
          <Empty
            title="Nothing here"
            action={
              <Link className="button" to=".">
                Show all entries
              </Link>
            }
          >
            No entry fits these filters. Whatever changes something in this project is written here, for ever.
          </Empty>
        ) : (
          <AuditEntries entries={entries} />
        )}
        <nav className="row" aria-label="Pages of entries">
          {query.has('before') ? (
            <Link className="button" to={withBefore(null)}>
              Newest
            </Link>
          ) : null}
          {older === null ? null : (
            <Link className="button aside" to={withBefore(older)} rel="next">
              Older
            </Link>
          )}
        </nav>
      </Section>
    </Page>
  )
}
