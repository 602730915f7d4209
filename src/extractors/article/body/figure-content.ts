const contentTags = new Set(['table', 'blockquote', 'pre'])

/** True for what makes a `figure` a part of the text and no picture: WordPress wraps every table into one. */
export const isFigureContent = (name: string): boolean => contentTags.has(name)
