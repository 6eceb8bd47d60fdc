/** Telling from its first bytes what a file is, whatever it is called. */
import { Unreadable } from './unreadable.ts'

type Signature = { starts: readonly number[]; is: string; instead: string }

const asCsv = 'Save the sheet as “CSV UTF-8” and import that.'
const asUtf8 = 'Save it as UTF-8 and import that.'

const SIGNATURES: readonly Signature[] = [
  { starts: [0x50, 0x4b, 0x03, 0x04], is: 'a zip file or an Excel workbook (.xlsx)', instead: asCsv },
  { starts: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Excel workbook (.xls)', instead: asCsv },
  { starts: [0x1f, 0x8b], is: 'compressed with gzip', instead: 'Unpack it first: gunzip FILE.' },
  { starts: [0x28, 0xb5, 0x2f, 0xfd], is: 'compressed with zstd', instead: 'Unpack it first: unzstd FILE.' },
  { starts: [0x25, 0x50, 0x44, 0x46], is: 'a PDF', instead: 'Import JSONL or CSV.' },
  { starts: [0x50, 0x41, 0x52, 0x31], is: 'a Parquet file', instead: 'Convert it to JSONL or CSV first.' },
  {
    starts: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20],
    is: 'an SQLite database',
    instead: 'Export the table as CSV first.',
  },
  { starts: [0xff, 0xfe], is: 'in UTF-16', instead: asUtf8 },
  { starts: [0xfe, 0xff], is: 'in UTF-16', instead: asUtf8 },
]

const BOM = [0xef, 0xbb, 0xbf]

const startsWith = (bytes: Uint8Array, starts: readonly number[]) => starts.every((byte, i) => bytes[i] === byte)

/** How many bytes of a byte order mark the file begins with (3 or 0). */
export const markLength = (first: Uint8Array): number => (startsWith(first, BOM) ? BOM.length : 0)

/** Throws Unreadable where the first bytes are those of a file that is no text in UTF-8. */
export function refuseOtherTypes(first: Uint8Array): void {
  const found = SIGNATURES.find(({ starts }) => startsWith(first, starts))
  if (found) throw new Unreadable(`The file is ${found.is}, not JSONL or CSV. ${found.instead}`)
}

/** Whether text is JSON Lines or CSV, by its first letter that is not blank: `{` opens a record. */
export function textFormat(first: string): 'jsonl' | 'csv' {
  const letter = first.trimStart()[0]
  if (letter === '[') {
    throw new Unreadable(
      'The file is one JSON array. A JSONL file holds one object a line, with no brackets and commas around them. To convert it: jq -c ".[]" FILE.json > FILE.jsonl',
      1,
    )
  }
  return letter === '{' || letter === undefined ? 'jsonl' : 'csv'
}
