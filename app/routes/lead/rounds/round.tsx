import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { now } from '#app/ambient.ts'
import { requireScope } from '#app/auth/guard.server.ts'
import { can, type Scope } from '#app/auth/permissions.ts'
import { burnUpOf } from '#app/charts/burn-up.server.ts'
import { prepareAgreement } from '#app/evaluation/agreement/prepare.server.ts'
import { type HandedOver, handOverPlaces } from '#app/evaluation/bridges/hand-over.ts'
import { plural, whole } from '#app/evaluation/figure.ts'
import { renderMarkdown } from '#app/evaluation/markdown.server.ts'
import { listFlags, resolveFlag } from '#app/evaluation/rounds/flags.ts'
import { endAtPace, goingInWords, silentInWords } from '#app/evaluation/rounds/pace.ts'
import { roundProgress } from '#app/evaluation/rounds/progress.ts'
import { addRaters, raterCandidates } from '#app/evaluation/rounds/raters.ts'
import type { RoundProgress } from '#app/evaluation/rounds/shown.ts'
import { changeRound, closeRound, openRound } from '#app/evaluation/rounds/state.ts'
import { demandNoFaults } from '#app/evaluation/rounds/values.ts'
import { textOf } from '#app/http/entered.ts'
import { errorsOf, receiveForm } from '#app/http/form.ts'
import { answering } from '#app/http/responses.ts'
import { store } from '#app/store.server.ts'
import { Page } from '#app/ui/page.tsx'
import { BridgeLine } from './bridge-line.tsx'
import { changeOf } from './entry.server.ts'
import { Flags } from './flags.tsx'
import { Change, Going, StateButtons } from './matters.tsx'
import { ItemsLeft, RatersTable } from './progress.tsx'
import { RoundState } from './round-state.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.progress.round.name ?? 'Round'} · Assay` },
]

export async function loader({ request, params }: LoaderFunctionArgs) {
  const scope = await requireScope(request, params, 'rounds.read')
  void prepareAgreement(store(), scope)
  return answering(async () => {
    const progress = await roundProgress(store().read, scope, params.round ?? '')
    const { round, days, raters } = progress
    const going = { ...round, days }
    const inRound = new Set(raters.map(({ id }) => id))
    const candidates = await raterCandidates(store().read, scope)
    return {
      progress,
      words: [goingInWords(going, now()), round.state === 'open' ? silentInWords(raters) : null].filter(
        (said) => said !== null,
      ),
      endAtPace: endAtPace(going, now()),
      chart: burnUpOf({
        days: days.map(({ day, ratings }) => ({ day, count: ratings })),
        startsAt: round.startsAt ?? round.createdAt,
        endsAt: round.endsAt,
        now: now(),
        needed: round.needed,
      }),
      instructions: round.instructions === '' ? null : renderMarkdown(round.instructions),
      flags: await listFlags(store().read, scope, { roundId: round.id, all: true }),
      others: candidates.filter(({ id }) => !inRound.has(id)),
      mayWrite: can(scope.roles, 'rounds.write'),
      mayExport: can(scope.roles, 'ratings.read'),
    }
  })
}

/** Does what one of the page's forms asks; returns what to say then. */
async function act(scope: Scope, roundId: string, form: FormData): Promise<string> {
  switch (textOf(form, 'intent')) {
    case 'open':
      return (await openRound(store(), scope, roundId)) > 1
        ? 'Both rounds are open: their raters find them in their queue.'
        : 'The round is open: its raters find it in their queue.'
    case 'close':
      await closeRound(store(), scope, roundId)
      return 'The round is closed. What was submitted stands.'
    case 'add-raters': {
      const ids = form.getAll('raterIds').filter((value): value is string => typeof value === 'string')
      const { added } = await addRaters(store(), scope, roundId, ids)
      return added === 1 ? 'One rater was added.' : `${added} raters were added.`
    }
    case 'hand-over':
      return handedOverInWords(await handOverPlaces(store(), scope, roundId, textOf(form, 'rater')))
    case 'resolve-flag':
      await resolveFlag(store(), scope, textOf(form, 'flag'))
      return 'The flag is marked as dealt with.'
    case 'change': {
      const { change, faults } = changeOf(form)
      demandNoFaults(faults)
      await changeRound(store(), scope, roundId, change)
      return 'The round was changed.'
    }
    default:
      return 'This page is older than the server. Load it again, then try again.'
  }
}

function handedOverInWords({ moved, left }: HandedOver): string {
  if (moved === 0 && left === 0) return 'Nothing was kept for this rater that is not begun.'
  const kept =
    left === 0
      ? ''
      : ` ${plural(left, 'response')} stayed: nobody else of this round may rate ${left === 1 ? 'it' : 'them'}. Add a rater, then try again.`
  if (moved === 0) return `Nothing was handed over.${kept}`
  return `${plural(moved, 'response')} went to the other raters.${kept}`
}

export async function action({ request, params }: ActionFunctionArgs) {
  const scope = await requireScope(request, params, 'rounds.write')
  const form = await answering(() => receiveForm(request))
  try {
    return data({ said: await act(scope, params.round ?? '', form), faults: undefined, entered: undefined })
  } catch (error) {
    const faults = errorsOf(error)
    return data({ said: null, faults, entered: Object.fromEntries(form) }, { status: faults.status })
  }
}

/** ", 8 of them anchors" */
function anchorsIn({ reasons }: RoundProgress): string {
  const anchors = reasons.find(({ reason }) => reason === 'anchor')?.items ?? 0
  return anchors === 0 ? '' : `, ${whole(anchors)} of them ${anchors === 1 ? 'an anchor' : 'anchors'}`
}

export default function Round() {
  const loaded = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { progress, words, mayWrite, mayExport } = loaded
  const { round } = progress
  return (
    <Page
      title={round.name}
      note={
        <>
          <RoundState state={round.state} />
          {round.simulated === null ? null : <span className="chip">Simulated</span>}
        </>
      }
      actions={
        <>
          <Link className="button" to={`../agreement?round=${round.id}`}>
            Agreement
          </Link>
          <Link className="button" to="../rounds">
            All rounds
          </Link>
        </>
      }
    >
      {done?.faults ? (
        <p className="banner" data-tone="bad" role="alert">
          {done.faults.message}
        </p>
      ) : null}
      {done?.said ? (
        <p className="banner" role="status">
          {done.said}
        </p>
      ) : null}
      {round.simulated === null ? null : <p className="banner">{round.simulated}</p>}
      <div className="section">
        <p className="finding">{words.join(' ')}</p>
        <p className="soft">
          {whole(progress.items.all)} items{anchorsIn(progress)}, {round.overlap}{' '}
          {round.overlap === 1 ? 'rater' : 'raters'} each ·{' '}
          <Link to={`../rubrics/${round.rubricVersionId}`}>
            {round.rubric.name}, version {round.rubric.version}
          </Link>{' '}
          · references{' '}
          {{ never: 'never shown', after: 'shown after scoring', always: 'always shown' }[round.referencesShown]}
          {round.createdBy ? ` · made by ${round.createdBy}` : ''}
        </p>
        {round.bridge ? <BridgeLine bridge={round.bridge} /> : null}
        {mayWrite ? <StateButtons round={round} left={round.needed - round.ratings} /> : null}
      </div>
      {progress.days.length > 0 ? <Going loaded={loaded} description={words.join(' ')} /> : null}
      <RatersTable
        raters={progress.raters}
        others={loaded.others}
        mayAdd={mayWrite && round.state !== 'closed'}
        mayExport={mayExport}
        mayHandOver={mayWrite && round.state !== 'closed' && round.bridge !== null}
        roundId={round.id}
      />
      <ItemsLeft progress={progress} />
      <Flags flags={loaded.flags} mayResolve={mayWrite} />
      <Change
        round={round}
        instructions={loaded.instructions}
        mayWrite={mayWrite && round.state !== 'closed' && round.simulated === null}
        fields={done?.faults?.fields ?? {}}
        entered={done?.entered}
      />
    </Page>
  )
}
