/** A further page of a thread, whole as a site sends it. */
export function pageOf(body: string): { readonly body: string } {
  return {
    body: `<!DOCTYPE html><html lang="en"><head><title>The harbour</title></head><body>${body}</body></html>`,
  }
}
