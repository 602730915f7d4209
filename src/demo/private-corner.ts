/** Linked from every front page, disallowed by every robots.txt: a crawler that asks for it is at fault. */
export const privatePath = '/private/notes-for-the-newsroom.html'

export const privatePage = `<!DOCTYPE html><html lang="en"><head><title>Notes for the newsroom</title></head>
<body><article><h1>Notes for the newsroom</h1><p>This page is named in robots.txt. Nobody but us should read it.</p>
</article></body></html>`
