/** In a clone of the repository, before anything was built. */
export const PLACEHOLDER_PAGE: Buffer = Buffer.from(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Cloche playground</title>
  </head>
  <body>
    <p>The page has not been built yet. Build it, then reload: <code>npm run build</code></p>
    <p lang="zh">页面尚未构建。请先构建，然后刷新：<code>npm run build</code></p>
  </body>
</html>
`);
