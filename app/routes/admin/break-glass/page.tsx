import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { now } from '#app/ambient.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { can } from '#app/auth/permissions.ts'
import { renderMarkdown } from '#app/evaluation/markdown.server.ts'
import { isBarred } from '#app/evaluation/seal/barred.ts'
import {
  answerToBreak,
  askToBreak,
  breakingRoles,
  listBreakings,
  mayAnswer,
  withdrawBreaking,
} from '#app/evaluation/seal/break-glass.ts'
import { factsOfSealed } from '#app/evaluation/seal/facts.ts'
import { readBroken } from '#app/evaluation/seal/read-broken.ts'
import { amongst, textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { FormFaults } from '#app/ui/faults.tsx'
import { Page } from '#app/ui/page.tsx'
import { SealFacts } from '../../own/case/sealed.tsx'
import { Ask, Asked } from './asked.tsx'
import { BrokenCase } from './broken-case.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: loaded ? `Break the seal of ${loaded.facts.key} · Assay` : 'Break a seal · Assay' },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'seals.break')
  const id = params.case ?? ''
  return answering(async () => {
    const facts = await factsOfSealed(store(), scope, id)
    const breakings = await listBreakings(store(), scope, id)
    return {
      facts,
      asked: breakings.map(({ askedBy, answeredById, ...one }) => ({
        ...one,
        askedBy: askedBy.name,
        mine: askedBy.id === scope.user.id,
        mayAnswer: mayAnswer(scope, { ...one, askedBy, answeredById }),
        mayRead:
          one.answer === 'agreed' &&
          (one.opensUntil ?? 0) > now() &&
          [askedBy.id, answeredById].includes(scope.user.id) &&
          !isBarred(scope.roles),
      })),
      roles: isBarred(scope.roles) ? [] : breakingRoles(scope),
      mayReadCases: can(scope.roles, 'cases.read'),
    }
  })
}

const INTENTS = ['ask', 'agree', 'refuse', 'withdraw', 'open'] as const

/** Asks, answers, takes back; and opens the case, which is an opening each time and so never done by following a link. */
export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'seals.break')
  const caseId = params.case ?? ''
  const form = await answering(() => receiveForm(request))
  const [intent] = amongst(form, 'intent', INTENTS)
  const [as = 'lead'] = amongst(form, 'as', ['lead', 'admin'] as const)
  const id = textOf(form, 'request')
  const reason = textOf(form, 'reason')
  try {
    if (intent === 'ask') await askToBreak(store(), scope, { caseId, reason, as })
    if (intent === 'agree' || intent === 'refuse') {
      await answerToBreak(store(), scope, { caseId, id, agreed: intent === 'agree' })
    }
    if (intent === 'withdraw') await withdrawBreaking(store(), scope, { caseId, id })
    const broken = intent === 'open' ? await readBroken(store(), scope, id) : null
    return data({ faults: undefined, reason: '', broken: broken && rendered(broken) })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ faults, reason, broken: null }, { status: faults.status })
  }
}

function rendered({ input, metadata, documents, responses, references }: Awaited<ReturnType<typeof readBroken>>) {
  return {
    input: renderMarkdown(input, { breaks: true }),
    metadata,
    documents: documents.map(({ title, text }, i) => ({
      id: String(i),
      title,
      html: renderMarkdown(text),
      words: text.match(/\S+/g)?.length ?? 0,
    })),
    responses: responses.map(({ system, text }) => ({ system, html: renderMarkdown(text) })),
    references: references.map(({ quality, text }) => ({ quality, html: renderMarkdown(text) })),
  }
}

export default function BreakGlass() {
  const { facts, asked, roles, mayReadCases } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const underWay = asked.some(({ answer, mayRead }) => answer === null || mayRead)
  return (
    <Page
      title={`Break the seal of ${facts.key}`}
      note={facts.burntAt === null ? null : <span className="chip">Burnt</span>}
      actions={
        <Link className="button" to={mayReadCases ? `../cases/${facts.id}` : '../exposures'}>
          {mayReadCases ? 'Back to the case' : 'Back to the exposures'}
        </Link>
      }
    >
      <SealFacts facts={facts} />
      <FormFaults faults={done?.faults} />
      {done?.broken ? <BrokenCase broken={done.broken} canary={facts.seal?.canary ?? null} /> : null}
      {facts.sealed ? null : <p className="banner">This case is not sealed any more: it can be read as it is.</p>}
      {asked.map((one) => (
        <Asked key={one.id} asked={one} open={done?.broken != null} />
      ))}
      {facts.sealed && !underWay ? (
        <Ask roles={roles} reason={done?.reason ?? ''} error={done?.faults?.fields.reason} again={asked.length > 0} />
      ) : null}
    </Page>
  )
}
