import type { Scope } from '#app/auth/permissions.ts'
import type { AuditEvent } from '#app/evaluation/audit/record.ts'

/** What the audit log keeps of something done to a version of a rubric. */
export const versionEvent = (
  scope: Scope,
  action: string,
  versionId: string,
  detail: Record<string, unknown>,
): AuditEvent => ({
  projectId: scope.project.id,
  actor: scope.user,
  action,
  subject: 'rubric version',
  subjectId: versionId,
  detail,
})
