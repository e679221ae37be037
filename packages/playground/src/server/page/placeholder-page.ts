/** In a clone of the repository, before anything was built. */
export const PLACEHOLDER_PAGE: Buffer = Buffer.from(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Cloche playground</title>
  </head>
  <body>
    <p>The page has not been built yet. Build it, then reload: <code>pnpm --filter @cloche/playground build</code></p>
    <p lang="zh">页面尚未构建。请先构建，然后刷新：<code>pnpm --filter @cloche/playground build</code></p>
  </body>
</html>
`);
