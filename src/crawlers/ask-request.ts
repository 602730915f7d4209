import type { Ask } from '../extractors/comments/platform.ts'
import type { DoorRequest } from './fetch/request.ts'

/** What a platform's ask is at the door, but for how the site wants to be asked. */
export function requestOf(ask: Ask): DoorRequest {
  return {
    url: ask.url,
    method: ask.method ?? 'GET',
    purpose: 'comments',
    ...sentWith(ask),
    ...(ask.accept === undefined ? {} : { accept: acceptTypes[ask.accept] }),
  }
}

const acceptTypes = {
  html: 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5',
  json: 'application/json, */*;q=0.5',
  xml: 'application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5',
} as const

function sentWith({ json, form, headers }: Ask): { body?: string; headers?: Record<string, string> } {
  if (json !== undefined) {
    return { body: JSON.stringify(json), headers: { 'content-type': 'application/json', ...headers } }
  }
  if (form !== undefined) {
    const type = 'application/x-www-form-urlencoded'
    return { body: new URLSearchParams(form).toString(), headers: { 'content-type': type, ...headers } }
  }
  return headers === undefined ? {} : { headers: { ...headers } }
}
