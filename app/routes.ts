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

  route('p/:project', 'routes/project.tsx', [
    index('routes/project-home.ts'),

    // Rate

    // Own
    route('rubrics', 'routes/own/rubrics.tsx'),
    route('rubrics/:version', 'routes/own/rubric.tsx'),

    // Lead

    // Admin
  ]),

  route('*', 'routes/account/missing.tsx'),
] satisfies RouteConfig
