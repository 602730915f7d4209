/** A page of a forum's topic. */
export interface Board {
  readonly name: string
  readonly platform: string
  readonly page: string
  readonly expected: readonly string[]
  readonly quotes?: readonly (readonly [string | null, string, string | null])[]
}

export const xenforo2 = (id: string, name: string, time: string, words: string): string =>
  `<article class="message message--post js-post" data-author="${name}" data-content="post-${id}" id="js-post-${id}">
    <h4 class="message-name"><a class="username"><span itemprop="name">${name}</span></a> <em>New</em></h4>
    <header class="message-attribution"><time class="u-dt" datetime="${time}">May 3</time></header>
    <article class="message-body"><div class="bbWrapper">${words}</div></article>
    <div class="message-lastEdit">Last edited: <time datetime="2024-05-09T09:00:00+0000">May 9</time></div>
    <aside class="message-signature"><div class="bbWrapper">Ship ahoy</div></aside></article>`

/** One post or two of each engine, by Ann Lee at 8 o'clock of 3 May 2024, in its own markup. */
export const boards: readonly Board[] = [
  {
    name: 'XenForo 2',
    platform: 'xenforo',
    page: `<div id="XF">${xenforo2('11', 'Ann Lee', '2024-05-03T10:00:00+0200', 'One crane.<br>And a ship.')}
      ${xenforo2(
        '12',
        'Bob',
        '2024-05-03T11:00:00+0200',
        '<blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="Ann Lee" data-source="post: 11"><div class="bbCodeBlock-title"><a href="/goto/post?id=11">Ann Lee said:</a></div>One crane.<div class="bbCodeBlock-expandLink">Click to expand...</div></blockquote>Two cranes.',
      )}</div>`,
    expected: [
      '11 | - | Ann Lee | 2024-05-03T08:00 | One crane.\nAnd a ship.',
      '12 | - | Bob | 2024-05-03T09:00 | Two cranes.',
    ],
    quotes: [['Ann Lee', 'One crane.', '11']],
  },
  {
    name: 'XenForo 1',
    platform: 'xenforo',
    page: `<ol id="messageList"><li id="post-21" class="message" data-author="Ann Lee"><div class="messageUserInfo"><h3 class="userText"><a class="username">Ann Lee</a></h3></div>
      <blockquote class="messageText"><div class="bbCodeBlock bbCodeQuote"><aside><div class="attribution type">Bob said: <a href="goto/post?id=20#post-20">↑</a></div><blockquote class="quoteContainer"><div class="quote">Old words.</div></blockquote></aside></div>New words.<div class="messageTextEndMarker"> </div></blockquote>
      <div class="messageMeta"><a class="author">Ann Lee</a>, <span class="DateTime" title="May 3, 2024 at 8:00 AM">May 3, 2024</span></div></li></ol>`,
    expected: ['21 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
    quotes: [['Bob', 'Old words.', '20']],
  },
  {
    name: 'phpBB 3',
    platform: 'phpbb',
    page: `<div id="phpbb"><div id="p31" class="post bg2"><dl class="postprofile"><dt><a class="username" href="memberlist.php?mode=viewprofile">Ann Lee</a></dt></dl>
      <div class="postbody"><h3 class="first"><a href="#p31">Re: Harbour</a></h3><p class="author">by <strong><a class="username">Ann Lee</a></strong> » Fri May 03, 2024 8:00 am</p>
      <div class="content"><blockquote><div><cite>Bob wrote: <a href="./viewtopic.php?p=30#p30">↑</a> Thu May 02, 2024 8:00 am</cite>Old words.</div></blockquote>New words.
      <div class="codebox"><p>Code: <a>Select all</a></p><pre><code>x = 1</code></pre></div></div><div class="notice">Last edited by Ann</div></div></div></div>`,
    expected: ['31 | - | Ann Lee | 2024-05-03T08:00 | New words. / x = 1'],
    quotes: [['Bob', 'Old words.', '30']],
  },
  {
    name: 'vBulletin 3',
    platform: 'vbulletin',
    page: `<table id="post41"><tr><td class="thead"><a name="post41"><img alt="Old"></a> 05-03-2024, 08:00 AM</td></tr><tr><td><div id="postmenu_41"><a class="bigusername">Ann Lee</a></div></td>
      <td id="td_post_41"><div id="post_message_41"><div style="margin:20px; margin-top:5px;"><div class="smallfont">Quote:</div><table><tr><td class="alt2"><div>Originally Posted by <strong>Bob</strong> <a href="showthread.php?p=40#post40"></a></div><div style="font-style:italic">Old words.</div></td></tr></table></div>New words.</div></td></tr></table>`,
    expected: ['41 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
    quotes: [['Bob', 'Old words.', '40']],
  },
  {
    name: 'vBulletin 4',
    platform: 'vbulletin',
    page: `<ol id="posts"><li class="postbitlegacy" id="post_51"><span class="postdate"><span class="date">3rd May 2024, <span class="time">08:00</span></span></span><div class="userinfo"><a class="username"><strong>Ann Lee</strong></a></div>
      <div id="post_message_51"><blockquote class="postcontent restore"><div class="bbcode_container"><div class="bbcode_quote"><div class="quote_container"><div class="bbcode_postedby">Originally Posted by <strong>Bob</strong> <a href="showthread.php?p=50#post50"></a></div><div class="message">Old words.</div></div></div></div>New words.</blockquote></div></li></ol>`,
    expected: ['51 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
    quotes: [['Bob', 'Old words.', '50']],
  },
  {
    name: 'vBulletin 5',
    platform: 'vbulletin',
    page: `<ul><li class="b-post js-post" data-node-id="61"><div class="author"><a>Ann Lee</a></div><time itemprop="dateCreated" datetime="2024-05-03T08:00:00">03 May</time><a class="b-post__count" href="/t/harbour?p=61#post61">#1</a><div class="js-post__content-text"><div itemprop="text">New words.</div></div></li></ul>`,
    expected: ['61 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
  },
  {
    name: 'Invision 4',
    platform: 'invision',
    page: `<div class="ipsApp"><article id="elComment_71" class="cPost ipsComment"><h3 class="cAuthorPane_author"><a href="/profile/1" class="ipsType_break">Ann Lee</a> <span class="ipsRepBadge">22</span></h3>
      <div id="comment-71_wrap"><div class="ipsComment_meta">Posted <time datetime="2024-05-03T08:00:00Z">May 3</time></div><div class="cPost_contentWrap"><div data-role="commentContent" class="ipsType_richText"><blockquote class="ipsQuote" data-ipsquote-username="Bob" data-ipsquote-contentcommentid="70"><div class="ipsQuote_citation">On 5/2/2024 at 7:02 PM, Bob said:</div><div><p>Old words.</p></div></blockquote><p>New words.</p><span class="ipsType_light" data-excludequote=""><strong>Edited <time datetime="2024-05-04T08:00:00Z">May 4</time> by Ann</strong></span></div></div></div></article></div>`,
    expected: ['71 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
    quotes: [['Bob', 'Old words.', '70']],
  },
  {
    name: 'Invision 5',
    platform: 'invision',
    page: `<div class="ipsLayout"><article id="elComment_81" class="ipsEntry js-ipsEntry"><h3 class="ipsEntry__username"><a>Ann Lee</a></h3><div class="ipsEntry__post"><span class="ipsEntry__date"><time datetime="2024-05-03T08:00:00Z">May 3</time></span><div class="ipsRichText"><p>New words.</p></div></div></article></div>`,
    expected: ['81 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
  },
  {
    name: 'Discourse for crawlers',
    platform: 'discourse-page',
    page: `<div id="main-outlet"><div id="post_1" class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator"><a><span itemprop="name">annlee</span></a> (Ann Lee)</span><time itemprop="datePublished" datetime="2024-05-03T08:00:00Z">May 3</time></div>
      <div class="post" itemprop="text"><aside class="quote" data-username="bob"><div class="title">bob:</div><blockquote><p>Old words.</p></blockquote></aside><p>New words.</p></div></div></div>`,
    expected: ['1 | - | annlee | 2024-05-03T08:00 | New words.'],
    quotes: [['bob', 'Old words.', null]],
  },
  {
    name: 'FluxBB',
    platform: 'fluxbb',
    page: `<div id="p91" class="blockpost"><h2><span class="conr">#1</span> <a href="viewtopic.php?pid=91#p91">2024-05-03 08:00:00</a></h2><div class="postleft"><dl><dt><strong>Ann Lee</strong></dt><dd>Member</dd></dl></div><div class="postright"><div class="postmsg"><div class="quotebox"><cite>Bob wrote:</cite><blockquote><div><p>Old words.</p></div></blockquote></div><p>New words.</p><p class="postedit"><em>Last edited</em></p></div></div></div>`,
    expected: ['91 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
    quotes: [['Bob', 'Old words.', null]],
  },
  {
    name: 'SMF 2',
    platform: 'smf',
    page: `<div class="post_wrapper"><div class="poster"><h4><a>Ann Lee</a></h4></div><div class="postarea"><div class="keyinfo"><div id="subject_101"></div><div class="postinfo"><a class="smalltext">May 03, 2024, 08:00:00 AM</a></div></div><div class="post"><div class="inner" id="msg_101">New words.</div></div></div></div>`,
    expected: ['101 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
  },
  {
    name: 'MyBB',
    platform: 'mybb',
    page: `<div class="post" id="post_111"><div class="author_information"><strong><span class="largetext"><a>Ann Lee</a></span></strong></div><span class="post_date">2024-05-03, 08:00 AM</span><div class="post_body" id="pid_111"><blockquote class="mycode_quote"><cite>Bob Wrote:</cite>Old words.</blockquote>New words.</div></div>`,
    expected: ['111 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
    quotes: [['Bob', 'Old words.', null]],
  },
  {
    name: 'Vanilla',
    platform: 'vanilla',
    page: `<ul><li class="Item ItemComment" id="Comment_121"><span class="Author"><a class="PhotoWrap"></a><a class="Username">Ann Lee</a></span><span class="DateCreated"><time datetime="2024-05-03T08:00:00+00:00">May 2024</time></span><div class="Message">New words.</div></li></ul>`,
    expected: ['121 | - | Ann Lee | 2024-05-03T08:00 | New words.'],
  },
]
