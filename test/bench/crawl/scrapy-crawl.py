"""The same crawl with Scrapy: equal extraction, and a psycopg2 pipeline that stores page by page.

Started with the site's origin, the address of an empty database and the number of connections.
"""

import json
import os
import resource
import sys

import psycopg2
import psycopg2.extras
import scrapy
from scrapy.crawler import CrawlerProcess

ORIGIN, DATABASE, CONNECTIONS = sys.argv[1], sys.argv[2], int(sys.argv[3])

TABLES = """
create table articles (
  id bigint generated always as identity primary key,
  url text not null unique,
  title text,
  body_text text not null,
  published_at timestamptz,
  author text,
  seen_at timestamptz not null default now()
);
create table comments (
  article_id bigint not null references articles,
  native_id text not null,
  parent_native_id text,
  author_name text,
  published_at timestamptz,
  body_text text not null,
  seen_at timestamptz not null default now(),
  unique (article_id, native_id)
);
"""

UPSERT_ARTICLE = """
insert into articles (url, title, body_text, published_at, author) values (%s, %s, %s, %s, %s)
on conflict (url) do update set title = excluded.title, body_text = excluded.body_text,
  published_at = excluded.published_at, author = excluded.author, seen_at = now()
returning id
"""

UPSERT_COMMENTS = """
insert into comments (article_id, native_id, parent_native_id, author_name, published_at, body_text) values %s
on conflict (article_id, native_id) do update set parent_native_id = excluded.parent_native_id,
  author_name = excluded.author_name, published_at = excluded.published_at,
  body_text = excluded.body_text, seen_at = now()
"""


def text_of(selector):
    return " ".join("".join(selector.xpath(".//text()").getall()).split())


class NewsSpider(scrapy.Spider):
    name = "news"
    start_urls = [ORIGIN + "/sitemap.xml"]

    def parse(self, response):
        response.selector.remove_namespaces()
        for url in response.xpath("//loc/text()").getall():
            yield scrapy.Request(url, callback=self.parse_article)

    def parse_article(self, response):
        paragraphs = [text_of(p) for p in response.css(".entry-content p")]
        yield {
            "url": response.url,
            "title": text_of(response.css("h1.entry-title")),
            "body_text": "\n\n".join(paragraphs),
            "published_at": response.css("time.entry-date::attr(datetime)").get(),
            "author": text_of(response.css(".byline .author")),
            "comments": [self.parse_comment(item) for item in response.css("li.comment")],
        }

    def parse_comment(self, item):
        box = item.xpath("./article")
        parent = item.xpath("ancestor::li[contains(@class, 'comment')][1]/@id").get()
        return (
            item.attrib["id"][len("comment-") :],
            None if parent is None else parent[len("comment-") :],
            text_of(box.css("b.fn")),
            box.css("time::attr(datetime)").get(),
            "\n\n".join(text_of(p) for p in box.css(".comment-content p")),
        )


class PostgresPipeline:
    def open_spider(self, spider):
        self.connection = psycopg2.connect(DATABASE)
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(TABLES)

    def process_item(self, item, spider):
        article = (item["url"], item["title"], item["body_text"], item["published_at"], item["author"])
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(UPSERT_ARTICLE, article)
            (article_id,) = cursor.fetchone()
            rows = [(article_id, *comment) for comment in item["comments"]]
            psycopg2.extras.execute_values(cursor, UPSERT_COMMENTS, rows, page_size=1000)
        return item

    def close_spider(self, spider):
        self.connection.close()


process = CrawlerProcess(
    {
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS": CONNECTIONS,
        "CONCURRENT_REQUESTS_PER_DOMAIN": CONNECTIONS,
        "COOKIES_ENABLED": False,
        "DOWNLOAD_DELAY": 0,
        "ITEM_PIPELINES": {PostgresPipeline: 100},
        "LOG_ENABLED": False,
        "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "commentariat-bench",
        "TELNETCONSOLE_ENABLED": False,
    }
)
crawler = process.create_crawler(NewsSpider)
process.crawl(crawler)
process.start()
pages = crawler.stats.get_value("item_scraped_count", 0)
used = resource.getrusage(resource.RUSAGE_SELF)
with open(os.environ["BENCH_USAGE"], "w") as report:
    json.dump({"cpuSeconds": used.ru_utime + used.ru_stime, "peakMegabytes": used.ru_maxrss / 1024}, report)
print(json.dumps({"pages": pages, "errors": crawler.stats.get_value("log_count/ERROR", 0)}))
