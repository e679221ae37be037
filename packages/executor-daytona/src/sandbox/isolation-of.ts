import type { Isolation } from '@cloche/core/executor';

/**
 * What the service says of a sandbox's class. Its guide speaks of a kernel for each sandbox, its architecture page of
 * namespaces; the weaker of the two is taken for every class that is not named a virtual machine.
 */
export function isolationOf(sandboxClass: string | null): Isolation {
  return sandboxClass === 'linux-vm' ? 'microvm' : 'container';
}
