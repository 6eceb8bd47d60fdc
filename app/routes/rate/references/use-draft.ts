import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import type { action } from './task.tsx'

const PAUSE_MS = 700

/** Keeps what is typed on the server, a moment after each change; without the program the form has a button for it. */
export function useDraft(taskId: string) {
  const fetcher = useFetcher<typeof action>({ key: `draft-${taskId}` })
  const pause = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => () => clearTimeout(pause.current), [])
  const keep = (text: string) => {
    clearTimeout(pause.current)
    pause.current = setTimeout(() => fetcher.submit({ intent: 'draft', text }, { method: 'post' }), PAUSE_MS)
  }
  const { data } = fetcher
  const state: 'idle' | 'saving' | 'saved' | 'failed' =
    fetcher.state !== 'idle' ? 'saving' : !data ? 'idle' : data.faults ? 'failed' : 'saved'
  return { keep, stop: () => clearTimeout(pause.current), state, html: data?.html ?? null }
}

export const DRAFT_SAID = {
  idle: 'Saved as you write.',
  saving: 'Saving…',
  saved: 'Saved.',
  failed: 'Not saved: what you wrote is only on this page.',
} as const
