import { type ReadYaml, readYaml } from './read-yaml.ts'
import { type RubricVersionFile, rubricVersionFile } from './rubric-version.ts'
import type { FileError } from './unreadable.ts'

/** A file that was read, and a way to say on which line something in it stands. */
export type ReadVersion = ReadYaml<RubricVersionFile>

/** A rubric version as read from a file's bytes, or everything that is wrong with it. */
export const readRubricVersion = (bytes: Uint8Array): ReadVersion | { errors: FileError[] } =>
  readYaml(bytes, rubricVersionFile, Object.keys(rubricVersionFile.shape))
