import { parseArgs } from 'node:util'
import { nameFrom } from '#app/auth/account.server.ts'
import { normalEmail, problemWithEmail } from '#app/auth/email.ts'
import { env } from '#app/env.server.ts'
import { disable } from '#app/evaluation/people/account-state.ts'
import { accountByEmail } from '#app/evaluation/people/by-email.ts'
import { INVITATION_DAYS, PASSWORD_LINK_DAYS } from '#app/evaluation/people/invitation-state.ts'
import { insertInvitation } from '#app/evaluation/people/invite.ts'
import { listPeople } from '#app/evaluation/people/list-people.ts'
import { insertPasswordLink } from '#app/evaluation/people/password-link.ts'
import { Problem } from '#app/evaluation/problem.ts'
import { ROLES, type Role } from '#db/schema/roles.ts'
import type { Store } from '#db/store.server.ts'
import type { Output } from '../assay.ts'
import { commandLineScope } from './command-line-scope.ts'
import { withDatabase } from './database.ts'

const USAGE = `usage: npm run -s assay -- people list --project SLUG
       npm run -s assay -- people invite --project SLUG --email A@B --name "Ada Moreau" --roles rater,lead
       npm run -s assay -- people password --email A@B
       npm run -s assay -- people disable --email A@B

invite and password print a link to send on: it works once. Roles: ${ROLES.join(', ')}.
`

const ACTOR = { id: null, name: 'command line' }
const EVERYBODY = { search: '', role: null, page: 1, size: 1_000_000 } as const

export type PeopleOptions = {
  project?: string | undefined
  email?: string | undefined
  name?: string | undefined
  roles?: string | undefined
}

type Command = (store: Store, options: PeopleOptions, io: Output) => Promise<void>

function needed(options: PeopleOptions, name: keyof PeopleOptions): string {
  const value = options[name]?.trim()
  if (!value) throw new Problem('invalid', `--${name} is missing.`)
  return value
}

function emailFrom(options: PeopleOptions): string {
  const email = normalEmail(needed(options, 'email'))
  const problem = problemWithEmail(email)
  if (problem) throw new Problem('invalid', `--email: ${problem}`)
  return email
}

function rolesFrom(options: PeopleOptions): Role[] {
  const named = needed(options, 'roles')
    .split(',')
    .map((role) => role.trim())
  const unknown = named.find((role) => !ROLES.some((one) => one === role))
  if (unknown !== undefined) {
    throw new Problem('invalid', `--roles: "${unknown}" is no role. There are: ${ROLES.join(', ')}.`)
  }
  return ROLES.filter((role) => named.includes(role))
}

const linkOf = (token: string): string => `${env().appUrl}/invitation/${token}`

const list: Command = async (store, options, io) => {
  const scope = await commandLineScope(store, needed(options, 'project'))
  const { people } = await listPeople(store, scope, EVERYBODY)
  for (const { name, email, roles, disabledAt } of people) {
    io.stdout(`${[name, email ?? '', roles.join(','), disabledAt === null ? '' : 'disabled'].join('\t')}\n`)
  }
}

const invite: Command = async (store, options, io) => {
  const scope = await commandLineScope(store, needed(options, 'project'))
  const invitee = { email: emailFrom(options), name: nameFrom(needed(options, 'name')), roles: rolesFrom(options) }
  const token = await store.write((tx) => insertInvitation(tx, { projectId: scope.project.id, actor: ACTOR }, invitee))
  io.stderr(`For ${invitee.name}, as ${invitee.roles.join(', ')}, once, within ${INVITATION_DAYS} days:\n`)
  io.stdout(`${linkOf(token)}\n`)
}

const password: Command = async (store, options, io) => {
  const email = emailFrom(options)
  const { name, token } = await store.write(async (tx) => {
    const account = await accountByEmail(tx, email)
    const [projectId] = account.projectIds
    if (account.disabledAt !== null) throw new Problem('conflict', 'The account is disabled. An admin can enable it.')
    if (projectId === undefined) throw new Problem('conflict', `${account.name} belongs to no project.`)
    return { name: account.name, token: await insertPasswordLink(tx, { actor: ACTOR, projectId }, account) }
  })
  io.stderr(`For ${name}, to set a new password, once, within ${PASSWORD_LINK_DAYS} days:\n`)
  io.stdout(`${linkOf(token)}\n`)
}

const disableAccount: Command = async (store, options, io) => {
  const email = emailFrom(options)
  const account = await store.write(async (tx) => {
    const found = await accountByEmail(tx, email)
    if (found.disabledAt === null) await disable(tx, { actor: ACTOR, projectId: found.projectIds[0] ?? null }, found)
    return found
  })
  io.stdout(`The account of ${account.name} is disabled and signed out everywhere.\n`)
}

const COMMANDS: Readonly<Record<string, Command>> = { list, invite, password, disable: disableAccount }

/** Runs one command of `assay people` in a database; returns the exit status, 2 where it was asked wrongly. */
export async function peopleIn(store: Store, name: string, options: PeopleOptions, io: Output): Promise<number> {
  const command = COMMANDS[name]
  if (!command) {
    io.stderr(`people has no command "${name}".\n\n${USAGE}`)
    return 2
  }
  try {
    await command(store, options, io)
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    io.stderr(`${[error.message, ...Object.values(error.fields)].join(' ')}\n`)
    return 2
  }
}

type Asked = { command: string; options: PeopleOptions }

function asked(argv: string[]): Asked | 'help' | TypeError {
  const text = { type: 'string' } as const
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { project: text, email: text, name: text, roles: text, help: { type: 'boolean', short: 'h' } },
    })
    const [command] = positionals
    return values.help || command === undefined ? 'help' : { command, options: values }
  } catch (error) {
    if (error instanceof TypeError) return error
    throw error
  }
}

/** `assay people`: who works in a project, and links that let them in. Returns the exit status. */
export async function runPeople(argv: string[], io: Output): Promise<number> {
  const request = asked(argv)
  if (request === 'help') {
    io.stdout(USAGE)
    return 0
  }
  if (request instanceof TypeError) {
    io.stderr(`${request.message}\n\n${USAGE}`)
    return 2
  }
  return withDatabase(io, (store) => peopleIn(store, request.command, request.options, io))
}
