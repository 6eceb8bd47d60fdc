/** The command line: `npm run -s assay -- COMMAND ...`. Each command is loaded when asked for. */
import './dotenv.ts'

export type Output = { stdout: (text: string) => void; stderr: (text: string) => void }
type Command = { what: string; run: () => Promise<(argv: string[], io: Output) => Promise<number>> }

const COMMANDS: Record<string, Command> = {
  agreement: {
    what: 'agreement figures of a file of ratings: agreement FILE [--json]',
    run: async () => (await import('./assay/agreement.ts')).runAgreement,
  },
  calibrate: {
    what: 'severity of raters and fair scores of items from a file of ratings: calibrate FILE [--json]',
    run: async () => (await import('./assay/calibrate.ts')).runCalibrate,
  },
  drift: {
    what: 'what changed between periods, and why, from a file of ratings: drift FILE [--json]',
    run: async () => (await import('./assay/drift.ts')).runDrift,
  },
  plan: {
    what: 'how many ratings a wanted certainty takes: plan agreement [PILOT], plan drift [PILOT]',
    run: async () => (await import('./assay/plan.ts')).runPlan,
  },
  import: {
    what: 'bring in cases, responses, references, ratings, traces or a folder: import cases FILE --project SLUG',
    run: async () => (await import('./assay/import.ts')).runImport,
  },
  export: {
    what: 'write ratings with all provenance: export ratings --project SLUG --format csv',
    run: async () => (await import('./assay/export.ts')).runExport,
  },
  scan: {
    what: 'look for cases in prompts and training files: scan FILE... --project SLUG',
    run: async () => (await import('./assay/scan.ts')).runScan,
  },
  sample: {
    what: 'draw traces into the eval set, or say what that would do: sample --project SLUG --size N [--do]',
    run: async () => (await import('./assay/sample.ts')).runSample,
  },
  rotate: {
    what: 'turn the pools, or say what that would do: rotate --project SLUG [--do]',
    run: async () => (await import('./assay/rotate.ts')).runRotate,
  },
  rubric: {
    what: 'rubrics as YAML files for Git: rubric pull DIR --project SLUG, rubric push DIR --project SLUG',
    run: async () => (await import('./assay/rubric.ts')).runRubric,
  },
  seal: {
    what: 'the key of sealed cases: seal status, seal rotate-key',
    run: async () => (await import('./assay/seal.ts')).runSeal,
  },
  cases: {
    what: 'cases as YAML files for Git: cases pull DIR --project SLUG, cases push DIR --project SLUG',
    run: async () => (await import('./assay/cases.ts')).runCases,
  },
  closeness: {
    what: 'how close responses come to references: closeness --project SLUG [--json]',
    run: async () => (await import('./assay/closeness.ts')).runCloseness,
  },
  audit: {
    what: 'check the chain of the audit log: audit verify',
    run: async () => (await import('./assay/audit.ts')).runAudit,
  },
  people: {
    what: 'list, invite or disable people, or give a new password: people list --project SLUG',
    run: async () => (await import('./assay/people.ts')).runPeople,
  },
}

/** EX_CONFIG of sysexits.h, as the server ends where its settings cannot be used. */
const MISCONFIGURED = 78

const help = (): string =>
  [
    'usage: npm run -s assay -- COMMAND [...]',
    '',
    ...Object.entries(COMMANDS).map(([name, { what }]) => `  ${name.padEnd(12)}${what}`),
    '',
    'Each command explains itself with --help. The database is the one of DATABASE_URL (or .env).',
    '',
  ].join('\n')

async function main(): Promise<number> {
  const [name = '--help', ...rest] = process.argv.slice(2)
  const io: Output = { stdout: (text) => process.stdout.write(text), stderr: (text) => process.stderr.write(text) }
  if (name === '--help' || name === 'help') {
    io.stdout(help())
    return 0
  }
  const command = COMMANDS[name]
  if (!command) {
    io.stderr(`assay has no command "${name}".\n\n${help()}`)
    return 2
  }
  try {
    return await (await command.run())(rest, io)
  } catch (error) {
    // by its name: a command over plain files loads no settings
    if (!(error instanceof Error) || error.name !== 'SettingsError') throw error
    io.stderr(`${error.message}\n`)
    return MISCONFIGURED
  }
}

process.exitCode = await main()
