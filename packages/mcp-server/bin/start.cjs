'use strict';

// Apart from cloche-mcp-server.cjs, since an old Node.js cannot read `import()`. What fails in there ends the process by itself.
void import('../dist/bin.js');
