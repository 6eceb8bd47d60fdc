import { index, instant, int, json, table, text } from '#db/dialect.ts'
import { projects, users } from './people.ts'

/** A search of somebody's files for the text of cases: which were found and how much, never the text. */
export const scans = table(
  'scans',
  {
    id: text().primaryKey(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    fileNames: json().$type<string[]>().notNull(),
    bytes: int().notNull(),
    findings: json().$type<unknown>().notNull(),
    scannedBy: text().references(() => users.id),
    scannedAt: instant().notNull(),
  },
  (t) => [index('scans_by_project').on(t.projectId, t.scannedAt)],
)
