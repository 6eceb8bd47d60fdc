type Coded = { code?: unknown; cause?: unknown }

const codeOf = (error: unknown): string | undefined => {
  const { code, cause } = (error ?? {}) as Coded
  if (typeof code === 'string') return code
  return cause === undefined ? undefined : codeOf(cause)
}

/** True where the database refused a second row with the same key, on either engine. */
export const isUniqueViolation = (error: unknown): boolean =>
  ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error) ?? '')

/** True where another process holds the database and waiting longer may help. */
export const isBusy = (error: unknown): boolean =>
  /^(SQLITE_BUSY|SQLITE_LOCKED|55P03|40001|40P01)/.test(codeOf(error) ?? '')

/** True where the disk took no more. */
export const isFull = (error: unknown): boolean => ['SQLITE_FULL', '53100', 'ENOSPC'].includes(codeOf(error) ?? '')
