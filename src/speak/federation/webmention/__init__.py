"""Links between pages, told from site to site: W3C Webmention, https://www.w3.org/TR/webmention/.

Nothing that arrives this way is seen by anybody but its recipient until they show it.
"""
