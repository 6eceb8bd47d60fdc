import { count, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { cases } from '#db/schema/cases.ts'
import { memberships, projects } from '#db/schema/people.ts'
import { ratings } from '#db/schema/ratings.ts'
import { auditEntries } from '#db/schema/work.ts'
import { addPerson, addProject } from '#db/seed/rows.ts'
import type { Store } from '#db/store.server.ts'
import { importInto } from '#scripts/assay/import.ts'
import { BadUsage, importRequest } from '#scripts/assay/import-options.ts'
import { ownFolder } from '#tests/support/files.ts'
import { freshStore } from '#tests/support/store.ts'

const files = ownFolder()

let store: Store
beforeEach(async () => {
  store = await freshStore()
  await store.write(async (tx) => {
    const project = await addProject(tx, { slug: 'heart' })
    await addPerson(tx, project, ['admin'], { email: 'admin@example.org', name: 'Ada Admin' })
    await addPerson(tx, project, ['owner'], { email: 'owner@example.org', name: 'Olu Owner' })
  })
})

async function run(...argv: string[]) {
  let [stdout, stderr] = ['', '']
  const request = importRequest(argv)
  if (request === null) throw new Error('help')
  const status = await importInto(store, request, {
    stdout: (text) => {
      stdout += text
    },
    stderr: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr }
}

const CASES = 'key,input,category,user_segment\na,One?,reasoning,novice\nb,Two?,reasoning,novice\n'

describe('assay import', () => {
  it('imports a file as the command line, and says what it did', async () => {
    const path = files.write('cases.csv', CASES)
    expect(await run('cases', path, '--project', 'heart')).toEqual({
      status: 0,
      stdout: 'cases: 2 added, 0 unchanged of 2\n',
      stderr: '',
    })
    const [entry] = await store.read.select().from(auditEntries)
    expect(entry).toMatchObject({ actorId: null, actorName: 'command line', action: 'cases.imported' })
    expect((await run('cases', path, '--project', 'heart')).stdout).toBe('cases: 0 added, 2 unchanged of 2\n')
  })

  it('takes all it needs from the command line', async () => {
    await run('cases', files.write('cases.csv', CASES), '--project', 'heart')
    await run('responses', files.write('r.csv', 'case,text\na,A\nb,B\n'), '--project', 'heart', '--system', 'v1')
    const path = files.write('old.csv', 'case,rater,dimension,score\na,w1,tone,1\nb,w1,tone,2\n')
    const { status, stdout } = await run(
      ...['ratings', path, '--project', 'heart', '--system', 'v1'],
      ...['--rubric-from-data', 'tone', '--levels', '0..5', '--round', 'Spring'],
    )
    expect(stdout).toContain('Made the rubric tone version 1')
    expect(stdout).toContain('2 ratings of 2 responses by 1 rater are in the closed round “Spring”')
    expect(status).toBe(0)
  })

  it('ends with status 2 and every error where the file is wrong', async () => {
    const path = files.write('bad.csv', 'key,input,category,user_segment\na,One?,reasoning,novice\nb,,magic,novice\n')
    const { status, stdout, stderr } = await run('cases', path, '--project', 'heart')
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toBe(
      'Nothing was stored: bad.csv has an error. Mend the file and import it again.\n  line 3, input: is missing\n',
    )
    const [row] = await store.read.select({ n: count() }).from(cases)
    expect(row?.n).toBe(0)
  })

  it('names the projects there are', async () => {
    const { status, stderr } = await run('cases', files.write('cases.csv', CASES), '--project', 'hart')
    expect(status).toBe(2)
    expect(stderr).toBe('There is no project "hart". There are: heart.\n')
  })

  it('makes a project for an owner, or for the first admin', async () => {
    files.write('ratings.csv', 'item,rater,dimension,score\n17,r1,k1,0\n17,r2,k1,3\n')
    const folder = files.path('')
    const mine = ['--new-project', 'Essays, 2009', '--owner', 'Owner@example.org']
    const { status, stdout, stderr } = await run('folder', folder, ...mine)
    expect(stderr).toBe('')
    expect(stdout).toContain('Made the project "Essays, 2009" at /p/essays-2009, owned by Olu Owner.')
    expect(status).toBe(0)
    const [row] = await store.read.select({ n: count() }).from(ratings)
    expect(row?.n).toBe(2)
    const roles = await store.read
      .select({ role: memberships.role })
      .from(memberships)
      .innerJoin(projects, eq(projects.id, memberships.projectId))
      .where(eq(projects.slug, 'essays-2009'))
    const [made] = await store.read.select().from(projects).where(eq(projects.slug, 'essays-2009'))
    expect(made).toMatchObject({ categories: ['generation'], userSegments: ['general'] })
    expect(roles.map(({ role }) => role)).toEqual(expect.arrayContaining(['owner', 'lead', 'admin', 'rater']))
    expect((await run('folder', folder, ...mine)).status).toBe(2)
    expect((await run('folder', folder, '--new-project', 'Other')).stdout).toContain('owned by Ada Admin')
  })

  it('imports a rubric', async () => {
    const rubric = {
      key: 'tone',
      name: 'Tone',
      dimensions: [{ key: 'warm', name: 'Warm', levels: [1, 2].map((value) => ({ value, anchor: `L${value}` })) }],
    }
    const path = files.write('rubric.json', JSON.stringify(rubric))
    expect((await run('rubric', path, '--project', 'heart')).stdout).toBe('rubric tone: version 1 published\n')
    expect((await run('rubric', path, '--project', 'heart')).stdout).toBe('rubric tone: version 1 is there already\n')
  })
})

describe('its command line', () => {
  it.each([
    [['apples', 'f', '--project', 'p'], 'WHAT is cases, responses'],
    [['cases'], 'give the file'],
    [['cases', 'f'], '--project SLUG'],
    [['cases', 'f', 'g', '--project', 'p'], 'one at a time'],
    [['cases', 'f', '--project', 'p', '--colour'], '--colour'],
    [['ratings', 'f', '--project', 'p', '--levels', 'low'], 'FROM..TO'],
    [['ratings', 'f', '--project', 'p', '--rubric', '@2'], 'KEY@NUMBER'],
  ])('says what is wrong with %j', (argv, message) => {
    expect(() => importRequest(argv)).toThrow(BadUsage)
    expect(() => importRequest(argv)).toThrow(message)
  })

  it('is explained when asked for', () => {
    expect(importRequest(['--help'])).toBeNull()
    expect(importRequest([])).toBeNull()
  })

  it('reads versions and scales', () => {
    expect(importRequest(['ratings', 'f', '--project', 'p', '--rubric', 'qa@2', '--levels=-1..1'])).toMatchObject({
      options: { rubric: { key: 'qa', version: 2 }, levels: { from: -1, to: 1 } },
    })
  })
})
