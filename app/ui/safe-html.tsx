import { forwardRef, type HTMLAttributes } from 'react'

/**
 * Long text that the server has rendered from Markdown and sanitised. The one place where HTML is put into a page as it
 * is: nothing but what `renderMarkdown` made may come here.
 */
export const SafeHtml = forwardRef<HTMLDivElement, { html: string } & Omit<HTMLAttributes<HTMLDivElement>, 'children'>>(
  function SafeHtml({ html, ...attributes }, ref) {
    return <div {...attributes} ref={ref} dangerouslySetInnerHTML={{ __html: html }} />
  },
)
