/** Every address of the product: the table of contents. */
import { index, type RouteConfig, route } from '@remix-run/route-config'

export default [
  index('routes/home.ts'),
  route('health/live', 'routes/health/live.ts'),
  route('health/ready', 'routes/health/ready.ts'),

  // Accounts
  route('sign-in', 'routes/account/sign-in.tsx'),
  route('sign-out', 'routes/account/sign-out.ts'),
  route('set-up', 'routes/account/set-up.tsx'),
  route('invitation/:token', 'routes/account/invitation.tsx'),
  route('account', 'routes/account/account.tsx'),
  route('projects/new', 'routes/admin/project-new.tsx'),

  route('p/:project', 'routes/project.tsx', [
    index('routes/project-home.ts'),

    // Rate
    route('queue', 'routes/rate/queue.tsx'),
    route('my-calibration', 'routes/rate/calibration.tsx'),
    route('history', 'routes/rate/history.tsx'),
    route('history/last', 'routes/rate/last-ten.ts'),
    route('history/:assignment', 'routes/rate/own-rating.tsx'),
    route('rate/preferences', 'routes/rate/preferences.ts'),
    route('rate/:round', 'routes/rate/page.tsx'),
    route('rate/:round/next', 'routes/rate/next.ts'),
    route('rate/:round/submit', 'routes/rate/submit.ts'),
    route('rate/:round/draft', 'routes/rate/draft.ts'),
    route('rate/:round/reveal', 'routes/rate/reveal.ts'),
    route('rate/:round/skip', 'routes/rate/skip.ts'),
    route('rate/:round/take-up', 'routes/rate/take-up.ts'),
    route('rate/:round/flag', 'routes/rate/flag.ts'),
    route('rate/:round/undo', 'routes/rate/undo.ts'),
    route('rate/:round/correct', 'routes/rate/correct.ts'),
    route('rate/:round/lease', 'routes/rate/lease.ts'),
    route('rate/:round/item', 'routes/rate/item.ts'),

    // Own
    route('cases', 'routes/own/cases/page.tsx'),
    route('cases/segments.csv', 'routes/own/cases/segments-csv.ts'),
    route('cases/:case', 'routes/own/case/page.tsx'),
    route('cases/:case/references', 'routes/own/case/write-reference.tsx'),
    route('traces', 'routes/own/traces/page.tsx'),
    route('traces/new', 'routes/own/traces/new.tsx'),
    route('traces/new/:job', 'routes/own/traces/preview.tsx'),
    route('traces/rules', 'routes/own/traces/rules.tsx'),
    route('traces/duplicates', 'routes/own/traces/duplicates.tsx'),
    route('traces/:trace', 'routes/own/traces/trace.tsx'),
    route('systems', 'routes/own/systems.tsx'),
    route('imports', 'routes/own/imports/page.tsx'),
    route('imports/new', 'routes/own/imports/new.tsx'),
    route('imports/examples/:file', 'routes/own/imports/example.ts'),
    route('imports/:job', 'routes/own/imports/import.tsx'),
    route('rubrics', 'routes/own/rubric/list.tsx'),
    route('rubrics/new', 'routes/own/rubric/new.tsx'),
    route('rubrics/compare', 'routes/own/rubric/compare.tsx'),
    route('rubrics/:version', 'routes/own/rubric/version.tsx'),
    route('rubrics/:version/edit', 'routes/own/rubric/edit.tsx'),
    route('rubrics/:version/preview', 'routes/own/rubric/preview.tsx'),
    route('rubrics/:version/publish', 'routes/own/rubric/publish.tsx'),
    route('rubrics/:rubric/changelog', 'routes/own/rubric/changelog.tsx'),

    // Lead
    route('rounds', 'routes/lead/rounds/list.tsx'),
    route('rounds/new', 'routes/lead/rounds/new.tsx'),
    route('rounds/bridge', 'routes/lead/rounds/bridge.tsx'),
    route('rounds/:round', 'routes/lead/rounds/round.tsx'),
    route('rounds/:round/ratings.csv', 'routes/lead/rounds/ratings.ts', { id: 'ratings-as-csv' }),
    route('rounds/:round/ratings.jsonl', 'routes/lead/rounds/ratings.ts', { id: 'ratings-as-jsonl' }),
    route('anchors', 'routes/lead/anchors/page.tsx'),
    route('anchors/pick', 'routes/lead/anchors/pick.tsx'),
    route('anchors/draw', 'routes/lead/anchors/draw.tsx'),
    route('agreement', 'routes/lead/agreement/page.tsx'),
    route('agreement.csv', 'routes/lead/agreement/csv.ts'),
    route('agreement/ratings', 'routes/lead/agreement/ratings.tsx'),
    route('drift', 'routes/lead/drift/page.tsx'),
    route('drift.csv', 'routes/lead/drift/csv.ts'),
    route('calibration', 'routes/lead/calibration/page.tsx'),
    route('calibration.csv', 'routes/lead/calibration/csv.ts'),
    route('agreement/compare', 'routes/lead/agreement/compare.tsx'),
    route('agreement/plan', 'routes/lead/agreement/plan.tsx'),

    // Admin
    route('people', 'routes/admin/people.tsx'),
    route('people/invite', 'routes/admin/invite.tsx'),
    route('people/:person', 'routes/admin/person.tsx'),
    route('permissions', 'routes/admin/permissions.tsx'),
    route('audit', 'routes/admin/audit.tsx'),
    route('audit.jsonl', 'routes/admin/audit-export.ts'),
    route('settings', 'routes/admin/settings.tsx'),

    route('*', 'routes/admin/missing.tsx'),
  ]),

  route('*', 'routes/account/missing.tsx'),
] satisfies RouteConfig
