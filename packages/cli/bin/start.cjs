'use strict';

// Apart from cloche.cjs, since an old Node.js cannot read `import()`.
import('../dist/bin.js');
