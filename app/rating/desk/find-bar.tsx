import type { Find } from './use-find.ts'

/** Find in the response and the documents. */
export function FindBar({ find }: { find: Find }) {
  const { query, hits, at } = find
  const count = query.trim() === '' ? '' : hits.length === 0 ? 'none' : `${at + 1} of ${hits.length}`
  return (
    <search className="find">
      <input
        id="find"
        type="search"
        value={query}
        aria-label="Find in the response and the context"
        placeholder="Find"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => find.search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          find.go(event.shiftKey ? -1 : 1)
        }}
      />
      <output htmlFor="find">{count || <kbd>/</kbd>}</output>
      <button type="button" aria-label="Previous match" onClick={() => find.go(-1)} disabled={hits.length < 2}>
        ↑
      </button>
      <button type="button" aria-label="Next match" onClick={() => find.go(1)} disabled={hits.length < 2}>
        ↓
      </button>
    </search>
  )
}
