import { escapeHtml, scriptJson } from '../../../src/demo/markup.ts'
import { slugOf } from '../../../src/demo/lexicon.ts'
import { printParagraphs, printText } from '../../../src/demo/wordpress-typography.ts'
import { type BenchArticle, type BenchComment, COMMENTS_PER_ARTICLE } from './compose-site.ts'

/**
 * An article page of a WordPress news site with everything that such pages carry besides the article: style sheets
 * and settings in the page, a large menu, cards of other articles, forms, widgets. All comments are on the page.
 */
export function renderArticle(
  origin: string,
  article: BenchArticle,
  others: readonly BenchArticle[],
): string {
  const url = origin + article.path
  const head = renderHead(origin, url, article)
  const main = renderMain(origin, url, article)
  const end = renderEnd(origin, article)
  const room = article.pageSize - head.length - main.length - end.length
  return head + main + renderCards(origin, article, others, room) + end
}

function renderHead(origin: string, url: string, article: BenchArticle): string {
  const title = printText(article.title)
  const published = article.publishedAt.toISOString().replace('.000Z', '+00:00')
  const description = escapeHtml(article.paragraphs[0] ?? '')
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="UTF-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title} &#8211; The Harbour Post</title>
<meta name="description" content="${description}" />
<link rel="canonical" href="${url}" />
<link rel="shortlink" href="${origin}/?p=${article.id}" />
<meta property="og:type" content="article" />
<meta property="og:title" content="${title}" />
<meta property="og:description" content="${description}" />
<meta property="og:url" content="${url}" />
<meta property="og:site_name" content="The Harbour Post" />
<meta property="og:image" content="${origin}/wp-content/uploads/${article.id}-1200x675.jpg" />
<meta property="article:published_time" content="${published}" />
<script type="application/ld+json">${scriptJson(structuredData(origin, url, published, article))}</script>
<link rel="alternate" type="application/rss+xml" title="The Harbour Post &raquo; Feed" href="${origin}/feed/" />
<link rel="alternate" type="application/rss+xml" title="The Harbour Post &raquo; ${title} Comments Feed" href="${url}feed/" />
<meta name="generator" content="WordPress 6.8" />
<style id="global-styles-inline-css">${globalStyles()}</style>
<link rel="stylesheet" id="harbour-style-css" href="${origin}/wp-content/themes/harbour/style.css?ver=1.4" media="all" />
<script>window.harbourSettings = ${scriptJson(themeSettings(origin))}</script>
</head>
<body class="wp-singular post-template-default single single-post postid-${article.id} single-format-standard">
<a class="skip-link screen-reader-text" href="#main">Skip to content</a>
<header class="site-header"><p class="site-title"><a href="${origin}/" rel="home">The Harbour Post</a></p>${renderMenu(origin)}</header>
`
}

function structuredData(origin: string, url: string, published: string, article: BenchArticle): unknown {
  return {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'NewsArticle',
        '@id': `${url}#article`,
        headline: article.title,
        datePublished: published,
        dateModified: published,
        author: { '@type': 'Person', name: article.author },
        publisher: { '@id': `${origin}/#organization` },
        mainEntityOfPage: url,
        articleSection: article.section,
        keywords: article.tags,
      },
      {
        '@type': 'Organization',
        '@id': `${origin}/#organization`,
        name: 'The Harbour Post',
        url: `${origin}/`,
      },
    ],
  }
}

const colours = [
  'black',
  'white',
  'pale-pink',
  'vivid-red',
  'amber',
  'light-green',
  'pale-cyan',
  'vivid-purple',
]
const sizes = ['small', 'medium', 'large', 'x-large', 'xx-large', 'gigantic']

/** About 9,000 characters of the rules that WordPress prints into every page. */
function globalStyles(): string {
  const presets = colours.flatMap((name, index) => [
    `--wp--preset--color--${name}: #${((index + 1) * 1_398_101).toString(16).padStart(6, '0')};`,
    ...colours.map(
      (other) =>
        `--wp--preset--gradient--${name}-to-${other}: linear-gradient(135deg,var(--wp--preset--color--${name}) 0%,var(--wp--preset--color--${other}) 100%);`,
    ),
  ])
  const classes = [...colours, ...sizes].map(
    (name) =>
      `.has-${name}-color{color: var(--wp--preset--color--${name}) !important;}.has-${name}-font-size{font-size: var(--wp--preset--font-size--${name}) !important;}`,
  )
  return `:root{${presets.join('')}}${classes.join('')}:where(.is-layout-flex){gap: 0.5em;}`
}

function themeSettings(origin: string): unknown {
  return {
    ajax: `${origin}/wp-admin/admin-ajax.php`,
    consent: {
      vendors: Array.from({ length: 60 }, (_, index) => ({ id: index + 1, purposes: [1, 3, 4, 7, 9] })),
    },
    slots: Array.from({ length: 12 }, (_, index) => ({
      name: `/2204/harbour/article-${index}`,
      sizes: ['300x250', '300x600', '728x90', '970x250'],
      element: `slot-${index}`,
      lazy: index > 2,
    })),
  }
}

const departments = [
  'News',
  'Transport',
  'Environment',
  'Business',
  'Culture',
  'Sport',
  'Opinion',
  'Services',
]
const corners = ['Latest', 'Harbour', 'Old town', 'Islands', 'Region', 'Video', 'Pictures', 'Newsletter']

function renderMenu(origin: string): string {
  const items = departments.map((department, index) => {
    const below = corners.map(
      (corner) =>
        `<li class="menu-item menu-item-type-taxonomy menu-item-object-category"><a href="${origin}/category/${slugOf(department)}/${slugOf(corner)}/">${corner}</a></li>`,
    )
    return `<li id="menu-item-${index + 70}" class="menu-item menu-item-has-children"><a href="${origin}/category/${slugOf(department)}/">${department}</a><ul class="sub-menu">${below.join('')}</ul></li>`
  })
  return `<nav id="site-navigation" class="main-navigation" aria-label="Primary"><ul id="primary-menu" class="menu">${items.join('\n')}</ul></nav>`
}

function renderMain(origin: string, url: string, article: BenchArticle): string {
  const { id, section } = article
  const moment = article.publishedAt.toISOString().replace('.000Z', '+00:00')
  const tags = article.tags.map(
    (tag) => `<a href="${origin}/tag/${slugOf(tag)}/" rel="tag">${printText(tag)}</a>`,
  )
  const comments = article.comments.map((comment) => renderComment(origin, url, id, comment, 1))
  return `<main id="main" class="site-main">
<article id="post-${id}" class="post-${id} post type-post status-publish format-standard hentry category-${section}">
<header class="entry-header"><h1 class="entry-title">${printText(article.title)}</h1>
<div class="entry-meta"><time class="entry-date published" datetime="${moment}">${article.publishedAt.toUTCString()}</time>
<span class="byline">by <span class="author vcard"><a class="url fn n" href="${origin}/author/${slugOf(article.author)}/">${escapeHtml(article.author)}</a></span></span></div></header>
<div class="entry-content">
${printParagraphs(article.paragraphs)}
</div>
<footer class="entry-footer"><span class="cat-links"><a href="${origin}/category/${section}/" rel="category tag">${section}</a></span> <span class="tags-links">${tags.join(', ')}</span></footer>
</article>
<div id="comments" class="comments-area">
<h2 class="comments-title">${COMMENTS_PER_ARTICLE} thoughts on &ldquo;${printText(article.title)}&rdquo;</h2>
<ol class="comment-list">
${comments.join('\n')}
</ol>
<div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Leave a Reply</h3>
<form action="${origin}/wp-comments-post.php" method="post" id="commentform" class="comment-form"><p class="comment-notes">Your email address will not be published.</p>
<p class="comment-form-comment"><textarea id="comment" name="comment" cols="45" rows="8"></textarea></p>
<p class="form-submit"><input name="submit" type="submit" value="Post Comment" /><input type="hidden" name="comment_post_ID" value="${id}" /></p></form></div>
</div>
`
}

function renderComment(
  origin: string,
  url: string,
  postId: number,
  comment: BenchComment,
  level: number,
): string {
  const { id } = comment
  const name = escapeHtml(comment.author)
  const replies = comment.replies.map((reply) => renderComment(origin, url, postId, reply, level + 1))
  const children =
    replies.length === 0 ? '' : `\n<ol class="children">\n${replies.join('\n')}\n</ol><!-- .children -->`
  const moment = comment.publishedAt.toISOString().replace('.000Z', '+00:00')
  return `<li id="comment-${id}" class="comment ${id % 2 === 0 ? 'even' : 'odd alt'} depth-${level}${replies.length === 0 ? '' : ' parent'}">
<article id="div-comment-${id}" class="comment-body">
<footer class="comment-meta">
<div class="comment-author vcard"><img alt="" src="${origin}/wp-content/uploads/avatars/${id % 50}.png" srcset="${origin}/wp-content/uploads/avatars/${id % 50}-64.png 2x" class="avatar avatar-32 photo" height="32" width="32" loading="lazy" decoding="async" /><b class="fn">${name}</b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="${url}#comment-${id}"><time datetime="${moment}">${comment.publishedAt.toUTCString()}</time></a></div>
</footer>
<div class="comment-content">
${printParagraphs(comment.paragraphs)}
</div>
<div class="reply"><a rel="nofollow" class="comment-reply-link" href="#comment-${id}" data-commentid="${id}" data-postid="${postId}" data-belowelement="div-comment-${id}" data-respondelement="respond" aria-label="Reply to ${name}">Reply</a></div>
</article>${children}
</li><!-- #comment-## -->`
}

/** Cards of other articles until the page has its size. */
function renderCards(
  origin: string,
  { random }: BenchArticle,
  others: readonly BenchArticle[],
  room: number,
): string {
  const cards: string[] = []
  for (let left = room; left > 0;) {
    const card = renderCard(origin, random.pick(others))
    cards.push(card)
    left -= card.length
  }
  return `</main>\n<aside id="more" class="widget-area" aria-label="More from the newsroom">\n${cards.join('\n')}\n</aside>\n`
}

function renderCard(origin: string, other: BenchArticle): string {
  const picture = `${origin}/wp-content/uploads/${other.id}`
  const srcset = [320, 480, 640, 960, 1280].map((width) => `${picture}-${width}.jpg ${width}w`).join(', ')
  return `<section class="widget card-widget"><div class="card card--${other.section}" data-post="${other.id}">
<a class="card__picture" href="${origin}${other.path}" tabindex="-1" aria-hidden="true"><img width="640" height="360" src="${picture}-640.jpg" class="attachment-card size-card wp-post-image" alt="" loading="lazy" decoding="async" srcset="${srcset}" sizes="(max-width: 640px) 100vw, 320px" /></a>
<h3 class="card__title"><a href="${origin}${other.path}">${printText(other.title)}</a></h3>
<span class="card__time">${other.publishedAt.toUTCString()}</span> <span class="card__count"><span class="icon icon--bubble" aria-hidden="true"></span></span></div></section>`
}

function renderEnd(origin: string, article: BenchArticle): string {
  const links = departments.flatMap((department) =>
    corners
      .slice(0, 4)
      .map(
        (corner) =>
          `<li><a href="${origin}/about/${slugOf(department)}-${slugOf(corner)}/">${department}: ${corner}</a></li>`,
      ),
  )
  const modules = Array.from({ length: 24 }, (_, index) => ({
    id: `module-${index}`,
    source: `${origin}/wp-content/plugins/harbour-blocks/build/block-${index}/view.js?ver=${article.id}`,
    state: {
      isOpen: index % 3 === 0,
      labels: { open: 'Show more', close: 'Show less', share: 'Share this article' },
    },
  }))
  return `<footer class="site-footer"><ul class="footer-links">${links.join('\n')}</ul><p>Proudly powered by <a href="https://wordpress.org/">WordPress</a></p></footer>
<script id="wp-interactivity-data">window.harbourModules = ${scriptJson(modules)};(function(){var modules=window.harbourModules;for(var i=0;i<modules.length;i++){var element=document.getElementById(modules[i].id);if(element&&modules[i].state.isOpen){element.classList.add('is-open')}}})();</script>
</body>
</html>
`
}
